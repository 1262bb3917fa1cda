package lookalike

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxName is how much of a name is looked at, in bytes: no name that a person
// reads is longer.
const maxName = 1000

// Skeleton is what is left of a name for the eye. Two names with the same skeleton
// may be taken for each other; the skeleton itself is for comparing, never for
// reading. It is empty for a name of blanks and punctuation alone.
func (t *Table) Skeleton(name string) string {
	if len(name) > maxName {
		name = strings.ToValidUTF8(name[:maxName], "")
	}
	text := t.apply(norm.NFKD.String(name))
	// Lower case only now: prototypes of capitals are not those of small letters.
	text = strings.ToLower(norm.NFKD.String(text))
	text = strings.ToLower(norm.NFKD.String(t.apply(text)))
	return bare(pairs.Replace(text))
}

// Alike reports whether two names may be taken for each other.
func (t *Table) Alike(one, other string) bool {
	skeleton := t.Skeleton(one)
	return skeleton != "" && skeleton == t.Skeleton(other)
}

// bare leaves letters and digits: no marks, no blanks, nothing of no width, among
// which there are letters too.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		shown := unicode.IsLetter(r) || unicode.IsNumber(r)
		if shown && !unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) {
			return r
		}
		return -1
	}, text)
}

// pairs are ours, over small letters: small capitals, which are the prototypes of
// Cyrillic letters; i and l, alike as capital and small letter; letters that
// together look like one; digits and signs that are read as letters.
var pairs = strings.NewReplacer(
	"ᴀ", "a", "ʙ", "b", "ᴄ", "c", "ᴅ", "cl", "ᴇ", "e", "ꜰ", "f", "ɢ", "g", "ʜ", "h", "ɪ", "l", "ᴊ", "j",
	"ᴋ", "k", "ĸ", "k", "ʟ", "l", "ᴍ", "rn", "ɴ", "n", "ᴏ", "o", "ᴘ", "p", "ʀ", "r", "ꜱ", "s", "ᴛ", "t",
	"ᴜ", "u", "ᴠ", "v", "ᴡ", "vv", "ʏ", "y", "ᴢ", "z",
	"ʍ", "rn", "ꮖ", "l",
	"i", "l", "m", "rn", "w", "vv", "d", "cl", "ß", "b",
	"0", "o", "1", "l", "3", "e", "4", "a", "5", "s", "7", "t", "8", "b",
	"!", "l", "|", "l", "$", "s", "€", "e", "@", "a",
)
