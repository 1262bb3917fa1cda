package translog

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"ramure/internal/problem"
)

func textKey(t testing.TB, name string) (Key, ed25519.PrivateKey) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := NewKey(name, TypeLog, public)
	if err != nil {
		t.Fatal(err)
	}
	return key, private
}

// A signed text is its text; with any bit of it changed it is nothing.
func TestSignedText(t *testing.T) {
	t.Parallel()
	key, private := textKey(t, "example.org/receipts")
	const text = "premier\n\nsecond — avec un tiret\n"
	signed, err := SignText(key.Name, text, private)
	if err != nil {
		t.Fatal(err)
	}
	if opened, err := OpenText(signed, key); opened != text || err != nil {
		t.Fatalf("%q, %v", opened, err)
	}
	changes := 0
	for i := range signed {
		for bit := range 8 {
			spoilt := bytes.Clone(signed)
			spoilt[i] ^= 1 << bit
			if _, err := OpenText(spoilt, key); err == nil {
				t.Errorf("byte %d, bit %d: accepted", i, bit)
			}
			changes++
		}
	}
	t.Logf("%d changes, none accepted", changes)
}

func TestSignedTextRefuses(t *testing.T) {
	t.Parallel()
	key, private := textKey(t, "example.org/receipts")
	other, _ := textKey(t, "example.org/receipts")
	namesake, err := NewKey("example.com/receipts", TypeLog, key.Public)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := SignText(key.Name, "texte\n", private)
	if err != nil {
		t.Fatal(err)
	}
	stranger, theirs := textKey(t, "example.net/receipts")
	both, err := note.Sign(&note.Note{Text: "texte\n"}, logKey{key, private}, logKey{stranger, theirs})
	if err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		signed []byte
		key    Key
		kind   problem.Kind
	}{
		"another key":            {signed, other, problem.Invalid},
		"another name":           {signed, namesake, problem.Invalid},
		"a second signature":     {both, key, problem.Invalid},
		"a line after it":        {append(bytes.Clone(signed), "x\n"...), key, problem.Malformed},
		"its last newline away":  {bytes.TrimSuffix(signed, []byte("\n")), key, problem.Malformed},
		"its text alone":         {[]byte("texte\n"), key, problem.Malformed},
		"nothing":                {nil, key, problem.Malformed},
		"line ends of two bytes": {bytes.ReplaceAll(signed, []byte("\n"), []byte("\r\n")), key, problem.Malformed},
		"too long":               {append(bytes.Repeat([]byte("a"), maxText), signed...), key, problem.Malformed},
	} {
		if _, err := OpenText(c.signed, c.key); problem.KindOf(err) != c.kind {
			t.Errorf("%s: %v, want %s", what, err, c.kind)
		}
	}
	for _, text := range []string{"", "sans fin de ligne", "\x00\n", "\xff\n"} {
		if _, err := SignText(key.Name, text, private); err == nil {
			t.Errorf("%q: signed", text)
		}
	}
	if _, err := SignText("a name", "texte\n", private); err == nil {
		t.Error("a key name with a blank: signed")
	}
}

func FuzzOpenText(f *testing.F) {
	key, private := textKey(f, "example.org/receipts")
	signed, err := SignText(key.Name, "texte\n", private)
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{string(signed), "", "\n\n— a b\n", strings.Repeat("\n", 100)} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		text, err := OpenText(data, key)
		var failure *problem.Error
		if err != nil && !errors.As(err, &failure) || err == nil && (text != "texte\n" || !bytes.Equal(data, signed)) {
			t.Fatalf("%q, %v", text, err)
		}
	})
}
