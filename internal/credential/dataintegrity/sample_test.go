package dataintegrity

import (
	"bytes"
	"crypto"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"ramure/internal/did"
	"ramure/internal/jsonld"
)

var samples = []string{
	"samples/eddsa-rdfc-2022-did-key.json",
	"samples/ecdsa-rdfc-2019-p256-did-key.json",
	"samples/ecdsa-rdfc-2019-p384-did-key.json",
	"samples/eddsa-jcs-2022-did-key.json",
	"samples/ecdsa-jcs-2019-p256-did-key.json",
	"samples/ecdsa-jcs-2019-p384-did-key.json",
	"samples/Ed25519Signature2020-did-key.json",
	"samples/Ed25519Signature2020-vc1.1-did-key.json",
}

// resolve finds the key of a sample as a verifier does.
func resolve(t testing.TB, doc map[string]any) crypto.PublicKey {
	t.Helper()
	issuer := doc["issuer"].(map[string]any)["id"].(string)
	key, err := did.Self{}.Resolve(t.Context(), issuer, doc["proof"].(map[string]any)["verificationMethod"].(string))
	if err != nil {
		t.Fatal(err)
	}
	return key.Public
}

func TestSamplesOfAnotherImplementation(t *testing.T) {
	t.Parallel()
	for _, name := range samples {
		doc, proofs := read(t, name)
		docHash, err := Verify(t.Context(), doc, proofs[0].(map[string]any), resolve(t, doc))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		suite := Suite(proofs[0].(map[string]any))
		if !strings.Contains(name, suite) {
			t.Errorf("%s: suite %q", name, suite)
		}
		own, err := DocHash(t.Context(), doc) // that of N-Quads, whatever the suite
		if err != nil || (own == docHash) != (formOf(suite) == rdfc) {
			t.Errorf("%s: %x, %x, %v", name, docHash, own, err)
		}
		if _, found := doc["proof"]; !found {
			t.Errorf("%s: the document was changed", name)
		}
	}
}

// Blanks and the order of members mean nothing, so they change nothing.
func TestOtherSpellingOfTheSameDocument(t *testing.T) {
	t.Parallel()
	for _, name := range samples {
		doc, _ := read(t, name)
		compact, err := json.Marshal(doc) // sorted, without blanks
		if err != nil {
			t.Fatal(err)
		}
		again, err := jsonld.DecodeObject(compact)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Verify(t.Context(), again, again["proof"].(map[string]any), resolve(t, doc)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Each value of each sample is changed, taken out, doubled, moved and joined by an
// unknown neighbour: nothing verifies.
func TestEveryChangeOfMeaningIsRefused(t *testing.T) {
	t.Parallel()
	for _, name := range samples {
		doc, _ := read(t, name)
		key, tried := resolve(t, doc), 0
		for change, spoilt := range changes(doc) {
			tried++
			proof, _ := spoilt["proof"].(map[string]any)
			if _, err := Verify(t.Context(), spoilt, proof, key); err == nil {
				t.Errorf("%s: %s is accepted", name, change)
			}
		}
		t.Logf("%s: %d changes, 0 accepted", name, tried)
		if tried < 300 {
			t.Errorf("%s: only %d changes", name, tried)
		}
	}
}

// changes gives the documents that differ from doc in one place.
func changes(doc map[string]any) map[string]map[string]any {
	out := map[string]map[string]any{}
	walk("$", doc, func(path string, replace func(any) any) {
		for name, other := range variants {
			copied := replace(other).(map[string]any)
			if !equalJSON(copied, doc) {
				out[path+" "+name] = copied
			}
		}
	})
	return out
}

// gone marks a value that is to be taken out.
type gone struct{}

// variants are what may become of a value.
var variants = map[string]func(any) any{
	"is gone":   func(any) any { return gone{} },
	"is null":   func(any) any { return nil },
	"is a list": func(v any) any { return []any{v, v} },
	"is empty":  func(any) any { return "" },
	"is true":   func(any) any { return true },
	"is an IRI": func(any) any { return "https://evil.example/x" },
	"is longer": func(v any) any { return fmt.Sprint(v) + "x" },
	"has a neighbour": func(v any) any {
		if object, ok := v.(map[string]any); ok {
			return with(object, "level", "expert")
		}
		return v
	},
	"has a type more": func(v any) any {
		if object, ok := v.(map[string]any); ok {
			return with(object, "type", []any{"Achievement", "Evidence"})
		}
		return v
	},
	"has an unknown type": func(v any) any {
		if object, ok := v.(map[string]any); ok {
			return with(object, "type", []any{"Expert"})
		}
		return v
	},
	"has another id": func(v any) any {
		if object, ok := v.(map[string]any); ok {
			return with(object, "id", "urn:uuid:00000000-0000-4000-8000-000000000000")
		}
		return v
	},
}

func with(object map[string]any, name string, value any) map[string]any {
	copied := maps.Clone(object)
	copied[name] = value
	return copied
}

// walk visits each value but the top; replace gives a copy of the whole document
// with that value put through a variant.
func walk(path string, value any, visit func(path string, replace func(any) any)) {
	walkIn(path, value, func(v any) any { return v }, visit)
}

func walkIn(path string, value any, rebuild func(any) any, visit func(string, func(any) any)) {
	descend := func(at string, child any, put func(any) any) {
		up := func(v any) any { return rebuild(put(v)) }
		visit(at, func(variant any) any { return up(variant.(func(any) any)(child)) })
		walkIn(at, child, up, visit)
	}
	switch v := value.(type) {
	case map[string]any:
		for name, child := range v {
			descend(path+"."+name, child, func(n any) any {
				copied := maps.Clone(v)
				if copied[name] = n; n == any(gone{}) {
					delete(copied, name)
				}
				return copied
			})
		}
	case []any:
		for i, child := range v {
			descend(fmt.Sprintf("%s[%d]", path, i), child, func(n any) any {
				copied := slices.Clone(v)
				if copied[i] = n; n == any(gone{}) {
					return slices.Delete(copied, i, i+1)
				}
				return copied
			})
		}
	}
}

func equalJSON(a, b any) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return bytes.Equal(x, y)
}
