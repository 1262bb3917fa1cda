package statuslist

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
)

// emptyList is the encodedList of the examples of Bitstring Status List 1.0:
// 131,072 clear bits, packed by another implementation.
const emptyList = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"

func TestDecodeKnownAnswer(t *testing.T) {
	t.Parallel()
	b, err := Decode(emptyList)
	if err != nil || b.Len() != Entries || b.Count() != 0 {
		t.Fatalf("%v, %v", b, err)
	}
}

func TestEncodeDecode(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for _, revoked := range []int{0, 1, 500, Entries} {
		b := New()
		for range revoked {
			b.Set(random.IntN(Entries), true)
		}
		encoded := Encode(b)
		if encoded != Encode(b) {
			t.Error("the same bits gave two texts")
		}
		got, err := Decode(encoded)
		if err != nil || !bytes.Equal(got.raw, b.raw) {
			t.Errorf("%d revoked: %v", revoked, err)
		}
	}
}

// pack is the reference way to an encodedList.
func pack(t testing.TB, raw []byte) string {
	t.Helper()
	return "u" + base64.RawURLEncoding.EncodeToString(zip(t, raw))
}

func zip(t testing.TB, raw []byte) []byte {
	t.Helper()
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	if _, err := writer.Write(raw); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}

// loose is a list whose last character has bits set that carry nothing: a
// second text for the same bytes.
func loose(t *testing.T) string {
	for extra := range 64 {
		noise := make([]byte, Entries/8+extra)
		for i := range extra {
			noise[i] = byte(i * 37)
		}
		s := pack(t, noise)
		if last := len(s) - 1; last%4 != 0 && s[last] != 'Z' && s[last] != 'z' && s[last] != '9' {
			return s[:last] + string(s[last]+1)
		}
	}
	t.Fatal("no list of that length")
	return ""
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	whole := zip(t, make([]byte, Entries/8))
	text := base64.RawURLEncoding.EncodeToString
	damaged := bytes.Clone(whole)
	damaged[len(damaged)-6] ^= 1 // the checksum
	for name, test := range map[string]struct {
		encoded string
		want    error
	}{
		"nothing":              {"", ErrMalformed},
		"prefix alone":         {"u", ErrMalformed},
		"no prefix":            {emptyList[1:], ErrMalformed},
		"other multibase":      {"z" + emptyList[1:], ErrMalformed},
		"padding":              {emptyList + "=", ErrMalformed},
		"line end":             {emptyList[:20] + "\n" + emptyList[20:], ErrMalformed},
		"blank":                {emptyList[:20] + " " + emptyList[20:], ErrMalformed},
		"standard base64":      {strings.Replace(emptyList, "-", "+", 1), ErrMalformed},
		"loose last bits":      {loose(t), ErrMalformed},
		"not gzip":             {"u" + text(make([]byte, Entries/8)), ErrMalformed},
		"cut gzip":             {"u" + text(whole[:len(whole)-4]), ErrMalformed},
		"wrong checksum":       {"u" + text(damaged), ErrMalformed},
		"bytes after the gzip": {"u" + text(append(bytes.Clone(whole), 0)), ErrMalformed},
		"two gzip members":     {"u" + text(append(bytes.Clone(whole), whole...)), ErrMalformed},
		"131,064 entries":      {pack(t, make([]byte, Entries/8-1)), ErrTooShort},
		"no entries":           {pack(t, nil), ErrTooShort},
		"2 MiB and a byte":     {pack(t, make([]byte, maxInflated+1)), ErrTooLarge},
		"endless text":         {"u" + strings.Repeat("A", maxEncoded), ErrTooLarge},
	} {
		if _, err := Decode(test.encoded); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
}

// TestBombIsNotUnfolded: 64 MiB in 64 kB are refused after the first 2 MiB. It
// runs alone, for it counts what the process allocates.
func TestBombIsNotUnfolded(t *testing.T) {
	bomb := pack(t, make([]byte, 64<<20))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := Decode(bomb)
	runtime.ReadMemStats(&after)
	if !errors.Is(err, ErrTooLarge) {
		t.Errorf("%v", err)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 16<<20 {
		t.Errorf("%d bytes were allocated", used)
	}
}

func TestDecodeTakesLongLists(t *testing.T) {
	t.Parallel()
	noise := make([]byte, maxInflated)
	random := rand.New(rand.NewPCG(3, 4))
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	b, err := Decode(pack(t, noise))
	if err != nil || b.Len() != maxInflated*8 {
		t.Fatalf("2 MiB of noise: %v", err)
	}
}

// FuzzDecode: whatever comes in, the answer is bounded, and what is read is
// written and read again alike.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{emptyList, "", "u", "u" + emptyList, emptyList[:30], "uH4sI", pack(f, []byte("short"))} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		b, err := Decode(s)
		if err != nil {
			if !errors.Is(err, ErrMalformed) && !errors.Is(err, ErrTooShort) && !errors.Is(err, ErrTooLarge) {
				t.Fatalf("nameless error %v", err)
			}
			return
		}
		if b.Len() < Entries || b.Len() > maxInflated*8 {
			t.Fatalf("%d bits", b.Len())
		}
		again, err := Decode(Encode(b))
		if err != nil || !bytes.Equal(again.raw, b.raw) {
			t.Fatalf("not the same again: %v", err)
		}
	})
}
