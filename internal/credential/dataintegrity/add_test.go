package dataintegrity

import (
	"crypto/ed25519"
	"errors"
	"testing"
	"time"

	"ramure/internal/did"
)

// chain makes a document with two proofs of two keys, the second upon the first.
func chain(t *testing.T) (doc map[string]any, proofs []any, keys []ed25519.PrivateKey) {
	t.Helper()
	doc, _ = read(t, samples[0])
	delete(doc, "proof")
	for i, further := range []Further{
		{ID: "urn:uuid:1", Expires: time.Date(2030, 1, 2, 3, 4, 5, 6, time.UTC)},
		{ID: "urn:uuid:2", Previous: []string{"urn:uuid:1"}, Domains: []string{"a.example", "b.example"}},
	} {
		key := ed25519.NewKeyFromSeed(append(make([]byte, 31), byte(i)))
		id, err := did.Key(key.Public())
		if err != nil {
			t.Fatal(err)
		}
		options := Options{VerificationMethod: id + "#" + id[len("did:key:"):], Created: time.Unix(0, 0)}
		proof, err := Add(t.Context(), doc, options, further, key)
		if err != nil {
			t.Fatal(err)
		}
		proofs, keys = append(proofs, proof.Map()), append(keys, key)
		doc["proof"] = proofs
	}
	return doc, proofs, keys
}

func TestAddMakesAChain(t *testing.T) {
	t.Parallel()
	doc, proofs, keys := chain(t)
	for i, proof := range proofs {
		if _, err := Verify(t.Context(), doc, proof.(map[string]any), keys[i].Public()); err != nil {
			t.Errorf("proof %d: %v", i, err)
		}
	}
	first, second := proofs[0].(map[string]any), proofs[1].(map[string]any)
	if first["expires"] != "2030-01-02T03:04:05Z" || len(second["domain"].([]any)) != 2 {
		t.Errorf("%v, %v", first, second)
	}
	if _, err := Verify(t.Context(), doc, second, keys[0].Public()); !errors.Is(err, ErrSignature) {
		t.Errorf("the other key: %v", err)
	}
}

// The later proof signs the earlier one: it does not stand without it, nor with a
// changed one.
func TestChainDependsOnTheEarlierProof(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(first map[string]any) []any
		want  error
	}{
		"gone":     {func(map[string]any) []any { return nil }, ErrProof},
		"twice":    {func(first map[string]any) []any { return []any{first, first} }, ErrProof},
		"changed":  {func(first map[string]any) []any { return []any{with(first, "created", "1970-01-01T00:00:01Z")} }, ErrSignature},
		"other id": {func(first map[string]any) []any { return []any{with(first, "id", "urn:uuid:3")} }, ErrProof},
	} {
		doc, proofs, keys := chain(t)
		second := proofs[1].(map[string]any)
		doc["proof"] = append(c.spoil(proofs[0].(map[string]any)), second)
		if _, err := Verify(t.Context(), doc, second, keys[1].Public()); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// A date-time without zone is one in UTC.
func TestParseDate(t *testing.T) {
	t.Parallel()
	want := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	for _, text := range []string{"2026-11-22T10:00:00Z", "2026-11-22T10:00:00", "2026-11-22T11:00:00+01:00", "2026-11-22T10:00:00.000Z"} {
		if at, err := ParseDate(text); err != nil || !at.Equal(want) {
			t.Errorf("%s: %v, %v", text, at, err)
		}
	}
	for _, text := range []string{"", "2026-11-22", "2026-11-22T10:00Z", "2026-02-30T10:00:00", "2026-11-22T25:00:00Z", "2026-11-22 10:00:00Z", "invalidDate"} {
		if _, err := ParseDate(text); !errors.Is(err, ErrProof) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
