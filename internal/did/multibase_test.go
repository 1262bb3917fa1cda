package did_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"ramure/internal/did"
)

// Known answers: the base58 draft's three, one of the multibase table, and the
// edges that a big integer loses (no bytes, zero bytes).
func TestMultibaseKnownAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ hex, text string }{
		{hex.EncodeToString([]byte("Hello World!")), "z2NEpo7TZRRrLZSi2U"},
		{hex.EncodeToString([]byte("The quick brown fox jumps over the lazy dog.")), "zUSm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z"},
		{"0000287fb4cd", "z11233QC4"},
		{hex.EncodeToString([]byte("yes mani !")), "z7paNL19xttacUY"},
		{"", "z"},
		{"00", "z1"},
		{"000000", "z111"},
		{"39", "zz"},
		{"3a", "z21"},
	} {
		data, _ := hex.DecodeString(c.hex)
		if got := did.EncodeMultibase(data); got != c.text {
			t.Errorf("encode %s: %s, want %s", c.hex, got, c.text)
		}
		if got, err := did.DecodeMultibase(c.text); err != nil || !bytes.Equal(got, data) {
			t.Errorf("decode %s: %x %v, want %s", c.text, got, err, c.hex)
		}
	}
}

func TestMultibaseRefuses(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"empty":            "",
		"base64url":        "uAQID",
		"upper Z":          "Z2NEpo7TZRRrLZSi2U",
		"zero digit":       "z2NEpo7TZRRrLZSi20",
		"letter O":         "z2NEpo7TZRRrLZSi2O",
		"letter I":         "z2NEpo7TZRRrLZSi2I",
		"letter l":         "z2NEpo7TZRRrLZSi2l",
		"sign of a number": "z-2NEpo7TZRRrLZSi2U",
		"plus of a number": "z+2NEpo7TZRRrLZSi2U",
		"underscore":       "z2NEpo_7TZRRrLZSi2U",
		"blank":            "z2NEpo7TZRRrLZSi2U ",
		"line break":       "z2NEpo7T\nZRRrLZSi2U",
		"not ASCII":        "zé",
		"over the limit":   "z" + strings.Repeat("2", 1024),
	} {
		if data, err := did.DecodeMultibase(text); !errors.Is(err, did.ErrSyntax) {
			t.Errorf("%s: %x, %v", name, data, err)
		}
	}
}

func FuzzMultibase(f *testing.F) {
	for _, seed := range []string{"z2NEpo7TZRRrLZSi2U", "z11233QC4", "z", "z1", "u", "zO0", "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		data, err := did.DecodeMultibase(text)
		if err == nil && did.EncodeMultibase(data) != text {
			t.Fatalf("%q is a second text of %x", text, data)
		}
	})
}

func FuzzMultibaseRoundTrip(f *testing.F) {
	f.Add([]byte{0, 0, 1})
	f.Add([]byte("some bytes"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 700 {
			t.Skip("over the limit of a text")
		}
		got, err := did.DecodeMultibase(did.EncodeMultibase(data))
		if err != nil || !bytes.Equal(got, data) {
			t.Fatalf("%x came back as %x, %v", data, got, err)
		}
	})
}
