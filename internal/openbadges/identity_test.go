package openbadges

import (
	"strings"
	"testing"
)

// kosher is the test value of Open Badges 3.0 §B.2, IdentityHash.
const kosher = "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"

func TestIdentityHashKnownAnswer(t *testing.T) {
	t.Parallel()
	if got := IdentityHash("a@example.com", "Kosher"); got != kosher {
		t.Errorf("got %s", got)
	}
}

func TestMatchIdentity(t *testing.T) {
	t.Parallel()
	upper := "sha256$" + strings.ToUpper(strings.TrimPrefix(kosher, "sha256$"))
	const md5Kosher = "md5$b00cc3ebd0c7bcefd9aecee0c1f0ad6f"
	for _, test := range []struct {
		hash, salt string
		candidates []string
		want       bool
	}{
		{kosher, "Kosher", []string{"a@example.com"}, true},
		{upper, "Kosher", []string{"a@example.com"}, true},
		{kosher, "Kosher", []string{"b@example.com", "a@example.com"}, true},
		{kosher, "Kosher", []string{"a@example.com", "a@example.com"}, true},
		{kosher, "Kosher", []string{"A@example.com"}, false},
		{kosher, "kosher", []string{"a@example.com"}, false},
		{kosher, "", []string{"a@example.comKosher"}, true}, // salt and text are one string
		{kosher, "Kosher", nil, false},
		{kosher[:len(kosher)-2], "Kosher", []string{"a@example.com"}, false},
		{strings.Replace(kosher, "sha256", "sha512", 1), "Kosher", []string{"a@example.com"}, false},
		{strings.Replace(kosher, "$", "", 1), "Kosher", []string{"a@example.com"}, false},
		{"", "", []string{""}, false},
		{"sha256$", "", []string{""}, false},
		{md5Kosher, "Kosher", []string{"nobody"}, false},
		{"md5$d41d8cd98f00b204e9800998ecf8427e", "", []string{""}, true}, // RFC 1321 §A.5
		{"md5$900150983cd24fb0d6963f7d28e17f72", "c", []string{"ab"}, true},
	} {
		if got := MatchIdentity(test.hash, test.salt, test.candidates...); got != test.want {
			t.Errorf("%s %q %q: %v", test.hash, test.salt, test.candidates, got)
		}
	}
}

func TestIdentityObjectMatches(t *testing.T) {
	t.Parallel()
	hashed := IdentityObject{Hashed: true, IdentityHash: kosher, Salt: "Kosher"}
	plain := IdentityObject{IdentityHash: "a@example.com"}
	for _, object := range []IdentityObject{hashed, plain} {
		for text, want := range map[string]bool{
			"a@example.com": true, " a@example.com\n": true, "A@Example.COM ": true, "b@example.com": false, "": false,
		} {
			if got := object.Matches(text); got != want {
				t.Errorf("hashed %v, %q: %v", object.Hashed, text, got)
			}
		}
	}
	name := func(hash, salt string, hashed bool) IdentityObject {
		return IdentityObject{Hashed: hashed, IdentityHash: hash, Salt: salt, IdentityType: IdentityName}
	}
	folded, asWritten := FoldName("Zoé", "Le Goff"), "Zoé LE GOFF"
	for what, object := range map[string]IdentityObject{
		"hashed, folded":     name(IdentityHash(folded, "s"), "s", true),
		"hashed, as written": name(IdentityHash(asWritten, "s"), "s", true),
		"plain, folded":      name(folded, "", false),
		"plain, as written":  name(asWritten, "", false),
	} {
		for text, want := range map[string]bool{
			asWritten: true, " Zoé LE GOFF ": true, "Zoe\u0301 LE GOFF": true, "Léa Le Goff": false, "-": false, " ": false, "": false,
		} {
			if got := object.Matches(text); got != want {
				t.Errorf("%s, %q: %v", what, text, got)
			}
		}
	}
	for text, want := range map[string]bool{"zoe le-goff": true, "ZOÉ LE GOFF": true} {
		if got := name(IdentityHash(folded, "s"), "s", true).Matches(text); got != want {
			t.Errorf("folded on both sides, %q: %v", text, got)
		}
	}
	for _, nobody := range []IdentityObject{name(IdentityHash("", "s"), "s", true), name("", "", false), name("-", "", false)} {
		for _, text := range []string{"", " ", "\t", "’", "Zoé"} {
			if nobody.Matches(text) {
				t.Errorf("%+v is %q", nobody, text)
			}
		}
	}
	secret := IdentityObject{Hashed: true, IdentityHash: IdentityHash(FoldName("Zoé", "Le Goff"), "secret")}
	if secret.Matches("zoe le goff") {
		t.Error("a hash with a secret salt matched without the salt")
	}
	if !MatchIdentity(secret.IdentityHash, "secret", FoldName("ZOÉ", "LE-GOFF")) {
		t.Error("the folded name did not match")
	}
}
