package public

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestSpoken(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Maison des usages":        "Maison des usages",
		"  deux\n\n lignes\t":      "deux lignes",
		"gauche\u202edroite":       "gauchedroite",
		"\u2066isolé\u2069":        "isolé",
		"zéro\u200blargeur":        "zérolargeur",
		"\x00\x1b[2J":              "[2J",
		"":                         "",
		" \u200f ":                 "",
		strings.Repeat("é", 200):   strings.Repeat("é", 120) + "…",
		strings.Repeat("a", 120):   strings.Repeat("a", 120),
		"<b>gras</b> « {issuer} »": "<b>gras</b> « {issuer} »",
		"invalide \xff\xfe ici":    "invalide \ufffd\ufffd ici",
	} {
		if got := spoken(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

// Whatever a stranger writes, a sentence of ours takes one bounded line of it that
// turns nothing round.
func FuzzSpoken(f *testing.F) {
	for _, seed := range []string{"", "Maison", "a\u202eb", "\xff", strings.Repeat("\u0301", 500), "שלום", " \u00a0 x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := spoken(text)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > spokenLimit+2 || strings.ContainsFunc(got, func(r rune) bool {
			return !unicode.IsGraphic(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\n'
		}) {
			t.Errorf("%q becomes %q", text, got)
		}
	})
}

func TestShellName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"badge.json": "badge.json", "https://badges.example/v/AAAA#BBBB": "https://badges.example/v/AAAA#BBBB",
		"mon badge.json": "badge.json", "a;rm -rf $HOME": "badge.json", "": "badge.json", "-rf": "badge.json", "`id`": "badge.json",
		"a\nb": "badge.json", "https://x.example/?a=1&b=$(id)": "badge.json",
	} {
		if got := shellName(name); got != want {
			t.Errorf("%q becomes %s, want %s", name, got, want)
		}
	}
}
