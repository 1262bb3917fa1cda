package translog

import (
	"crypto/ed25519"
	"encoding/hex"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
)

// The verifier key and the signature of the signed-note specification.
func TestKeyOfTheSignedNoteSpecification(t *testing.T) {
	t.Parallel()
	const text = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
	key, err := ParseKey(text)
	if err != nil {
		t.Fatal(err)
	}
	if key.Name != "example.com/foo" || key.Type != TypeLog || key.KeyHash() != 0x530d903a || key.String() != text ||
		hex.EncodeToString(key.Public) != "e932791ae6e7a840a46164c904786426d5e7821dd8b29a00d61cae72afdd4da4" {
		t.Errorf("read as %v", key)
	}
	signed := "This is an example message.\n\n" +
		"— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
	if _, err := note.Open([]byte(signed), verifiers([]Key{key})); err != nil {
		t.Error(err)
	}
}

func TestParseKeyRefuses(t *testing.T) {
	t.Parallel()
	const good = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
	if key, err := ParseKey(strings.Replace(good, "530d903a", "530D903A", 1)); err != nil || key.String() != good {
		t.Errorf("an id in capitals: %v, %v", key, err)
	}
	for _, bad := range []string{
		"", "+", "++", "example.com/foo", "example.com/foo+530d903a", "example.com/foo+530d903a+",
		strings.Replace(good, "530d", "530e", 1), strings.Replace(good, "+53", "+ 53", 1), good + "=", good + "\n",
		strings.Replace(good, "/foo", "/ foo", 1), "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
		good[:len(good)-4], // 30 bytes
		Key{"example.com/foo", 0x02, publicOf(testKey("a"))}.String(),
		Key{"example.com/foo", 0x06, publicOf(testKey("a"))}.String(),
	} {
		if key, err := ParseKey(bad); err == nil {
			t.Errorf("%q is read as %v", bad, key)
		}
	}
	for i := range good {
		changed := []byte(good)
		changed[i] ^= 1
		if key, err := ParseKey(string(changed)); err == nil {
			t.Errorf("changed at %d, it is read as %v", i, key)
		}
	}
}

func TestCosignatureIsBoundToItsTime(t *testing.T) {
	t.Parallel()
	text := []byte(FormatCheckpoint(testOrigin, EmptyHead()))
	private := testKey("witness")
	v := verifier{Key{"witness.example", TypeWitness, publicOf(private)}}
	good := cosign(private, text, 1679315147)
	if !v.Verify(text, good) {
		t.Fatal("a good cosignature is refused")
	}
	for i := range good {
		bad := append([]byte{}, good...)
		bad[i] ^= 1
		if v.Verify(text, bad) {
			t.Errorf("changed at %d it holds", i)
		}
	}
	for name, bad := range map[string][]byte{
		"plain signature": ed25519.Sign(private, text), "empty": nil, "long": append(good, 0),
		"before the epoch": cosign(private, text, -1),
	} {
		if v.Verify(text, bad) {
			t.Errorf("%s holds", name)
		}
	}
	asLog := verifier{Key{"witness.example", TypeLog, publicOf(private)}}
	if asLog.Verify(text, good) || asLog.Verify(text, good[8:]) {
		t.Error("a cosignature holds as a log's signature")
	}
}
