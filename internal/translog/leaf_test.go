package translog

import (
	"crypto/sha256"
	"strings"
	"testing"

	"ramure/internal/problem"
)

const (
	someDay    = "2026-11-22"
	someIssuer = "did:web:localhost%3A8080:issuers:atelier-du-port"
	someThumb  = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
	someValue  = "+DcMGeOcS+Z4TeUhv0T4FHN3gIJBZ/XJMS6n5S0ts0M="
)

func TestIssueLeafBytes(t *testing.T) {
	t.Parallel()
	var salt, docHash [32]byte
	for i := range salt {
		salt[i], docHash[i] = byte(i), byte(32+i)
	}
	data, err := IssueLeaf(someDay, someIssuer, someThumb, Commit(salt, docHash)).Marshal()
	if err != nil {
		t.Fatal(err)
	}
	// The commitment was computed with Python's hashlib.
	want := "ramure/leaf/v1\nissue\n2026-11-22\n" + someIssuer + "\n" + someThumb + "\nAds1FaY/S57BRAeO5oOPOeakip2f0yZ5rNnLH0cDU6s=\n"
	if string(data) != want {
		t.Errorf("leaf is\n%swant\n%s", data, want)
	}
}

func TestLeavesOfEachKindAreReadBack(t *testing.T) {
	t.Parallel()
	issue := IssueLeaf(someDay, someIssuer, someThumb, sha256.Sum256([]byte("commitment")))
	leaves := []Leaf{
		issue,
		RevokeLeaf(someDay, someIssuer, someThumb, LeafHash([]byte("issue leaf"))),
		KeyLeaf(someDay, "did:web:example.org", someThumb, KeyAdded, 0),
		KeyLeaf(someDay, someIssuer, someThumb, KeyRetired, 17),
		KeyLeaf(someDay, someIssuer, someThumb, KeyCompromised, MaxSize),
	}
	for _, kind := range []Kind{KindStatus, KindAchievement, KindIssuer, KindWitness, KindRelease} {
		leaf, err := HashLeaf(kind, someDay, someIssuer, someThumb, []byte("meant"))
		if err != nil {
			t.Fatal(kind, err)
		}
		if leaf.Value != "b2kGAij/NC6JtCGUjOkZe1UDTsguPFpBXmjf2bZoz9g=" {
			t.Errorf("%s: value %s", kind, leaf.Value)
		}
		leaves = append(leaves, leaf)
	}
	for _, leaf := range leaves {
		data, err := leaf.Marshal()
		if err != nil {
			t.Fatal(leaf, err)
		}
		again, err := ParseLeaf(data)
		if err != nil || again != leaf {
			t.Errorf("read back %v as %v, %v", leaf, again, err)
		}
	}
	for _, kind := range []Kind{KindIssue, KindRevoke, KindKey, "", "other"} {
		if leaf, err := HashLeaf(kind, someDay, someIssuer, someThumb, nil); !problem.Is(err, problem.Malformed) {
			t.Errorf("a hash leaf of kind %q: %v, %v", kind, leaf, err)
		}
	}
}

// The log keeps what it is given for ever: whatever is not in the grammar, a
// name, an address, a time of day, is refused in every line.
func TestLeafRefuses(t *testing.T) {
	t.Parallel()
	good := []string{"ramure/leaf/v1", "issue", someDay, someIssuer, someThumb, someValue, ""}
	if _, err := ParseLeaf([]byte(strings.Join(good, "\n"))); err != nil {
		t.Fatal(err)
	}
	lines := map[int][]string{
		0: {"", "ramure/leaf/v2", "ramure/leaf/v1 ", "Ramure/leaf/v1"},
		1: {"", "Issue", "issue ", "award", "Amina Benali"},
		2: {"", "2026-02-30", "2026-1-2", "2026-11-22T10:00:00Z", "22/11/2026", "2026-11-22 ", "amina@example.org"},
		3: {"", "Amina Benali", "https://example.org", "did:key:z6Mk", "did:web:", "did:web:Example.org:issuers:a",
			"did:web:example.org:issuers:", "did:web:example.org:issuers:Amina", "did:web:example.org:issuers:a--b",
			"did:web:example.org:users:amina", "did:web:example.org:issuers:a:b", "did:web:example.org:issuers:a#amina",
			"did:web:example.org:issuers:a?x=1", "did:web:example.org%3a80:issuers:a", "did:web:example.org%3A:issuers:a",
			"did:web:é.org:issuers:a", "did:web:-a.org:issuers:a", "did:web:" + strings.Repeat("a", 600)},
		4: {"", someThumb[:42], someThumb + "=", strings.Replace(someThumb, "_", "/", 1), someThumb[:42] + "l", "Amina"},
		5: {"", "Amina", someValue[:43], strings.TrimRight(someValue, "="), strings.ReplaceAll(someValue, "+", "-"),
			someValue[:42] + "N=", "add 1", someValue + " ", strings.Repeat("A", 64)},
		6: {"\n", "x", "2026"},
	}
	for at, values := range lines {
		for _, value := range values {
			bad := append([]string{}, good...)
			bad[at] = value
			if leaf, err := ParseLeaf([]byte(strings.Join(bad, "\n"))); !problem.Is(err, problem.Malformed) {
				t.Errorf("line %d %q: %v, %v", at+1, value, leaf, err)
			}
		}
	}
	for _, value := range []string{"", "add", "add ", "add -1", "add 01", "add +1", "add 1 ", "add  1", "Add 1", "lose 1",
		"add 281474976710657", "add 99999999999999999999", someValue} {
		leaf := Leaf{KindKey, someDay, someIssuer, someThumb, value}
		if data, err := leaf.Marshal(); !problem.Is(err, problem.Malformed) {
			t.Errorf("key value %q: %q, %v", value, data, err)
		}
	}
}

func TestLeafLineEndings(t *testing.T) {
	t.Parallel()
	data, err := Leaf{KindIssue, someDay, someIssuer, someThumb, someValue}.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for name, bad := range map[string]string{
		"no last newline": strings.TrimSuffix(text, "\n"), "CRLF": strings.ReplaceAll(text, "\n", "\r\n"),
		"empty": "", "too long": text + strings.Repeat("a", maxLeaf), "BOM": "\ufeff" + text,
	} {
		if _, err := ParseLeaf([]byte(bad)); !problem.Is(err, problem.Malformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLongestLeaf(t *testing.T) {
	t.Parallel()
	issuer := "did:web:" + strings.Repeat("a", 504)
	leaf, err := HashLeaf(KindAchievement, someDay, issuer, someThumb, nil)
	if err != nil {
		t.Fatal(err)
	}
	data, err := leaf.Marshal()
	if err != nil || len(data) > maxLeaf {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	if _, err := KeyLeaf(someDay, issuer+"a", someThumb, KeyCompromised, MaxSize).Marshal(); err == nil {
		t.Error("a longer issuer was accepted")
	}
}

func TestFailuresDoNotRepeatWhatTheyRefuse(t *testing.T) {
	t.Parallel()
	leaf := Leaf{KindIssue, someDay, "did:web:Amina", someThumb, someValue}
	if _, err := leaf.Marshal(); err == nil || strings.Contains(err.Error(), "Amina") {
		t.Errorf("error is %v", err)
	}
}
