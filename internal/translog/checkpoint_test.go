package translog

import (
	"os"
	"strings"
	"testing"
	"time"

	"ramure/internal/problem"
)

// testdata/arche.checkpoint is a checkpoint of a public Certificate Transparency
// log with the cosignatures of four public witnesses: none of it is of our
// making. It also carries a signature of a type that we do not read.
func TestPublicCheckpointVerifies(t *testing.T) {
	t.Parallel()
	signed, policy := readPublic(t)
	v, err := policy.Verify(signed)
	if err != nil {
		t.Fatal(err)
	}
	if v.Size != 1432088532 || v.Origin != "arche2025h1.staging.ct.transparency.dev" || len(v.Cosignatures) != 4 {
		t.Errorf("read as %+v", v)
	}
	for _, c := range v.Cosignatures {
		if want := time.Unix(0x6a122120, 0); !c.At.Equal(want) {
			t.Errorf("%s signed at %s, want %s", c.Witness, c.At, want)
		}
	}
}

func readPublic(t testing.TB) ([]byte, Policy) {
	t.Helper()
	signed, err := os.ReadFile("testdata/arche.checkpoint")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("testdata/arche.policy")
	if err != nil {
		t.Fatal(err)
	}
	policy, err := ParsePolicy(text)
	if err != nil {
		t.Fatal(err)
	}
	return signed, policy
}

// Every single-byte change of the text or of a signature that counts is refused;
// one that turns a signature into somebody else's leaves too few.
func TestChangedPublicCheckpointIsRefused(t *testing.T) {
	t.Parallel()
	signed, policy := readPublic(t)
	ignored := strings.Index(string(signed), "— arche")
	counted := strings.Index(string(signed), "— arche2025h1.staging.ct.transparency.dev ui8GwC")
	for i := range signed {
		for _, mask := range []byte{1, 2, 4, 32, 128} {
			changed := append([]byte{}, signed...)
			changed[i] ^= mask
			_, err := policy.Verify(changed)
			if (i < ignored || i >= counted) && err == nil {
				t.Errorf("byte %d changed by %d still verifies", i, mask)
			}
		}
	}
}

func TestCheckpointIsReadBack(t *testing.T) {
	t.Parallel()
	head := Head{Size: 20852163, Root: LeafHash([]byte("root"))}
	made, err := testSigner(t, testOrigin, "log", "old").Checkpoint(head, testStart)
	if err != nil {
		t.Fatal(err)
	}
	read, err := ParseCheckpoint(made.Note)
	if err != nil || read.Origin != testOrigin || read.Head != head || !read.At.IsZero() {
		t.Errorf("read back as %+v, %v", read, err)
	}
	if want := "badges.example/log\n20852163\n" + head.Root.String() + "\n"; !strings.HasPrefix(string(made.Note), want+"\n— ") {
		t.Errorf("note is\n%s", made.Note)
	}
	if strings.Count(string(made.Note), "— "+testOrigin+" ") != 2 {
		t.Errorf("not two signatures:\n%s", made.Note)
	}
}

func TestCheckpointRefuses(t *testing.T) {
	t.Parallel()
	root := LeafHash(nil).String()
	signature := "\n— a AAAAAAAA\n"
	if _, err := ParseCheckpoint([]byte("o\n1\n" + root + "\nextension\n" + signature)); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"empty":                 "",
		"no signature":          "o\n1\n" + root + "\n",
		"no signature line":     "o\n1\n" + root + "\n\n",
		"two lines":             "o\n1\n" + signature,
		"empty origin":          "\n1\n" + root + "\n" + signature,
		"leading zero":          "o\n01\n" + root + "\n" + signature,
		"plus":                  "o\n+1\n" + root + "\n" + signature,
		"negative":              "o\n-1\n" + root + "\n" + signature,
		"too great":             "o\n281474976710657\n" + root + "\n" + signature,
		"hexadecimal":           "o\n0x1\n" + root + "\n" + signature,
		"short root":            "o\n1\n" + root[:40] + "\n" + signature,
		"loose root":            "o\n1\n" + root[:42] + nextLetter(root[42]) + "=\n" + signature,
		"root of nothing":       "o\n0\n" + root + "\n" + signature,
		"empty extension":       "o\n1\n" + root + "\n\nextension\n" + signature,
		"control character":     "o\t\n1\n" + root + "\n" + signature,
		"not UTF-8":             "o\xff\n1\n" + root + "\n" + signature,
		"loose signature":       "o\n1\n" + root + "\n\n— a AAAAAAB=\n",
		"signature of no key":   "o\n1\n" + root + "\n\n— a AAAA\n",
		"name with a plus":      "o\n1\n" + root + "\n\n— a+b AAAAAAAA\n",
		"hyphen for a dash":     "o\n1\n" + root + "\n\n- a AAAAAAAA\n",
		"unfinished":            "o\n1\n" + root + "\n\n— a AAAAAAAA",
		"too long":              "o\n1\n" + root + "\n" + strings.Repeat("x\n", maxNote) + signature,
		"hundreds of signature": "o\n1\n" + root + "\n\n" + strings.Repeat("— a AAAAAAAA\n", 101),
	} {
		if cp, err := ParseCheckpoint([]byte(text)); !problem.Is(err, problem.Malformed) {
			t.Errorf("%s: %+v, %v", name, cp, err)
		}
	}
}

// nextLetter changes the unused bits at the end of a hash's base64.
func nextLetter(c byte) string { return string(rune(c + 1)) }

func TestSignerRefuses(t *testing.T) {
	t.Parallel()
	if _, err := NewSigner(testOrigin); !problem.Is(err, problem.Internal) {
		t.Errorf("no key: %v", err)
	}
	for _, origin := range []string{"", "two words", "a+b", "new\nline", "\xff"} {
		if _, err := NewSigner(origin, testKey("log")); !problem.Is(err, problem.Internal) {
			t.Errorf("origin %q: %v", origin, err)
		}
	}
}

func TestOrigin(t *testing.T) {
	t.Parallel()
	for base, want := range map[string]string{
		"https://badges.example": "badges.example/log", "http://localhost:8080": "localhost:8080/log",
		"": "", "badges.example": "", "https://": "", "://": "",
	} {
		origin, err := Origin(base)
		if origin != want || (want == "") != problem.Is(err, problem.Internal) {
			t.Errorf("%q: %q, %v", base, origin, err)
		}
	}
}
