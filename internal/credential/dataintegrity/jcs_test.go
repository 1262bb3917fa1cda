package dataintegrity

import (
	"crypto/elliptic"
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"ramure/internal/jsonld"
)

// Every suite signs and verifies, and only by its own name.
func TestEverySuiteSigns(t *testing.T) {
	t.Parallel()
	tried := 0
	for _, curve := range []elliptic.Curve{nil, elliptic.P256(), elliptic.P384()} {
		key := signerOn(t, curve)
		for _, name := range Suites() {
			doc := unsigned(t)
			if name == Ed25519Signature2020 {
				doc["@context"] = append(slices.Clone(doc["@context"].([]any)), "https://w3id.org/security/suites/ed25519-2020/v1")
			}
			if _, err := suiteOf(name, key.Public()); err != nil {
				continue
			}
			tried++
			proof, docHash, err := Sign(t.Context(), doc, Options{Suite: name, VerificationMethod: method, Created: created}, key)
			if err != nil || Suite(proof.Map()) != name {
				t.Fatalf("%s: %+v, %v", name, proof, err)
			}
			doc["proof"] = proof.Map()
			if got, err := Verify(t.Context(), doc, proof.Map(), key.Public()); err != nil || got != docHash {
				t.Errorf("%s: %x, %v", name, got, err)
			}
			for _, other := range Suites() {
				if changed := with(proof.Map(), "cryptosuite", other); other != name {
					if _, err := Verify(t.Context(), doc, changed, key.Public()); err == nil {
						t.Errorf("%s verifies as %s", name, other)
					}
				}
			}
		}
	}
	if tried != 7 {
		t.Errorf("%d suites with keys", tried)
	}
}

// jcsSigned is a document of ours with a proof of JCS.
func jcsSigned(t testing.TB) (doc, proof map[string]any, verify func(doc, proof map[string]any) error) {
	t.Helper()
	key := signerOn(t, nil)
	doc = unsigned(t)
	made, _, err := Sign(t.Context(), doc, Options{Suite: EdDSAJCS, VerificationMethod: method, Created: created}, key)
	if err != nil {
		t.Fatal(err)
	}
	return doc, made.Map(), func(doc, proof map[string]any) error {
		_, err := Verify(t.Context(), doc, proof, key.Public())
		return err
	}
}

// The contexts of a proof must be those that the document begins with; whatever
// stands behind them is not signed, and not part of what was secured.
func TestContextsOfAProof(t *testing.T) {
	t.Parallel()
	doc, proof, verify := jcsSigned(t)
	contexts := doc["@context"].([]any)
	longer := append(slices.Clone(contexts), "https://w3id.org/security/multikey/v1")
	reversed := []any{contexts[1], contexts[0]}
	for name, c := range map[string]struct {
		doc, proof any
		want       error
	}{
		"the same":                   {contexts, contexts, nil},
		"one more behind":            {longer, contexts, nil},
		"one more in front":          {append([]any{"https://w3id.org/security/multikey/v1"}, contexts...), contexts, ErrProof},
		"reversed":                   {reversed, contexts, ErrProof},
		"reversed in both":           {reversed, reversed, ErrSignature},
		"one less":                   {contexts[:1], contexts, ErrProof},
		"one less in the proof":      {contexts, contexts[:1], ErrSignature},
		"one less in both":           {contexts[:1], contexts[:1], ErrSignature},
		"one more in both":           {longer, longer, ErrSignature},
		"none in the document":       {nil, contexts, ErrProof},
		"none in the proof":          {contexts, nil, ErrProof},
		"an empty list in the proof": {contexts, []any{}, ErrProof},
		"a text in the proof":        {contexts, contexts[0], ErrSignature},
		"an object in the proof":     {contexts, map[string]any{"@vocab": "urn:x"}, ErrProof},
		"an object in both":          {append(slices.Clone(contexts), map[string]any{"a": "b"}), append(slices.Clone(contexts), map[string]any{"a": "b"}), ErrSignature},
		"another object":             {append(slices.Clone(contexts), map[string]any{"a": "b"}), append(slices.Clone(contexts), map[string]any{"a": "c"}), ErrProof},
		"a list in a list":           {[]any{contexts}, contexts, ErrProof},
	} {
		if err := verify(with(doc, "@context", c.doc), with(proof, "@context", c.proof)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if err := verify(doc, without(proof, "@context")); !errors.Is(err, ErrSignature) {
		t.Errorf("taken out of the proof: %v", err)
	}
	secured, err := Secured(with(with(doc, "@context", longer), "proof", proof), proof)
	if err != nil || !equalJSON(secured, doc) {
		t.Errorf("secured: %v, %v", secured, err)
	}
}

// A suite of JCS signs what JSON-LD would not take: Secured is for asking it.
func TestSecuredIsForJSONLD(t *testing.T) {
	t.Parallel()
	key := signerOn(t, nil)
	doc := with(unsigned(t), "level", "expert")
	made, _, err := Sign(t.Context(), doc, Options{Suite: EdDSAJCS, VerificationMethod: method, Created: created}, key)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Verify(t.Context(), doc, made.Map(), key.Public()); err != nil {
		t.Fatal(err)
	}
	secured, err := Secured(doc, made.Map())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := jsonld.Quads(t.Context(), secured); !errors.Is(err, jsonld.ErrLoss) {
		t.Errorf("an undefined term: %v", err)
	}
	for name, proof := range map[string]map[string]any{"rdfc with a context": with(with(made.Map(), "cryptosuite", EdDSARDFC), "@context", doc["@context"]),
		"nothing": {}, "no text": {"type": json.Number("1")}, "contexts of another": with(made.Map(), "@context", []any{"urn:x"})} {
		if _, err := Secured(doc, proof); !errors.Is(err, ErrProof) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, proof := range map[string]map[string]any{"rdfc with a context": with(with(made.Map(), "cryptosuite", EdDSARDFC), "@context", doc["@context"]), "a context that is null": with(made.Map(), "@context", nil)} {
		if _, err := ParseProof(proof); !errors.Is(err, ErrProof) { // before a key is looked for
			t.Errorf("%s is read: %v", name, err)
		}
	}
	if _, err := Secured(doc, map[string]any{"type": "RsaSignature2018"}); !errors.Is(err, ErrSuite) {
		t.Errorf("another suite: %v", err)
	}
}

// What stands in the options is signed, whatever it is.
func TestOptionsOfJCSAreSigned(t *testing.T) {
	t.Parallel()
	doc, proof, verify := jcsSigned(t)
	if err := verify(doc, proof); err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]any{"level": "expert", "jws": "e30..AA", "id": "urn:uuid:1", "expires": "2099-01-01T00:00:00Z",
		"nonce": "n", "domain": "d", "created": "2026-11-22T10:00:01Z", "verificationMethod": method + "2", "empty": nil, "Type": "x"} {
		if err := verify(doc, with(proof, name, value)); !errors.Is(err, ErrSignature) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"created", "@context"} {
		if err := verify(doc, without(proof, name)); !errors.Is(err, ErrSignature) {
			t.Errorf("without %s: %v", name, err)
		}
	}
	if err := verify(with(doc, "x", 1.5), proof); !errors.Is(err, jsonld.ErrJSON) {
		t.Errorf("a value that is no JSON of ours: %v", err)
	}
}

// A chain may be of different suites.
func TestChainOfSuites(t *testing.T) {
	t.Parallel()
	first, second := signerOn(t, elliptic.P384()), signerOn(t, nil)
	doc := unsigned(t)
	o := Options{Suite: ECDSAJCS, VerificationMethod: method, Created: created}
	one, err := Add(t.Context(), doc, o, Further{ID: "urn:uuid:1"}, first)
	if err != nil {
		t.Fatal(err)
	}
	doc["proof"] = []any{one.Map()}
	o.Suite = EdDSAJCS
	two, err := Add(t.Context(), doc, o, Further{Previous: []string{"urn:uuid:1"}}, second)
	if err != nil {
		t.Fatal(err)
	}
	doc["proof"] = []any{one.Map(), two.Map()}
	hashOne, err := Verify(t.Context(), doc, one.Map(), first.Public())
	if err != nil {
		t.Fatal(err)
	}
	hashTwo, err := Verify(t.Context(), doc, two.Map(), second.Public())
	if err != nil || hashOne != hashTwo {
		t.Errorf("%x, %x, %v", hashOne, hashTwo, err)
	}
	doc["proof"] = []any{with(one.Map(), "created", "2026-11-22T10:00:01Z"), two.Map()}
	if _, err := Verify(t.Context(), doc, two.Map(), second.Public()); !errors.Is(err, ErrSignature) {
		t.Errorf("an earlier proof was changed: %v", err)
	}
}

// The older suite names itself in the type, and its words come from a context of
// its own: a document without it does not define them.
func TestOlderSuiteNeedsItsContext(t *testing.T) {
	t.Parallel()
	doc, proofs := read(t, "samples/Ed25519Signature2020-did-key.json")
	proof, key := proofs[0].(map[string]any), resolve(t, doc)
	contexts := doc["@context"].([]any)
	if _, err := Verify(t.Context(), with(doc, "@context", contexts[:2]), proof, key); !errors.Is(err, jsonld.ErrLoss) {
		t.Errorf("without its context: %v", err)
	}
	if _, err := Verify(t.Context(), doc, with(proof, "cryptosuite", EdDSARDFC), key); !errors.Is(err, ErrProof) {
		t.Errorf("two suites in one: %v", err)
	}
	if _, err := Verify(t.Context(), doc, with(with(proof, "type", proofType), "cryptosuite", EdDSARDFC), key); !errors.Is(err, ErrSignature) {
		t.Errorf("as another suite: %v", err)
	}
}

// A proof of another kind is unknown, not bad: nobody read it.
func TestUnknownSuites(t *testing.T) {
	t.Parallel()
	_, good, verify := jcsSigned(t)
	unknown := []map[string]any{
		{"type": "RsaSignature2018"}, {"type": "Ed25519Signature2018", "jws": "e30..AA"}, {"type": "JsonWebSignature2020", "proofValue": map[string]any{}},
		{"type": "BbsBlsSignature2020"}, {"type": "ed25519Signature2020"}, {"type": "DataIntegrityProof2"}, {"type": "MerkleProof2019"},
		with(good, "cryptosuite", "ecdsa-sd-2023"), with(good, "cryptosuite", "bbs-2023"), with(good, "cryptosuite", "mldsa44-jcs-2024"), with(good, "cryptosuite", "eddsa-jcs-2022 "),
	}
	for _, proof := range unknown {
		if _, err := ParseProof(proof); !errors.Is(err, ErrSuite) || errors.Is(err, ErrProof) || Suite(proof) != "" {
			t.Errorf("%v: %v", proof, err)
		}
		if err := verify(unsigned(t), proof); !errors.Is(err, ErrSuite) {
			t.Errorf("%v: %v", proof, err)
		}
	}
	for _, name := range Suites() {
		proof := with(good, "cryptosuite", name)
		if name == Ed25519Signature2020 {
			proof = map[string]any{"type": name}
		}
		if Suite(proof) != name {
			t.Errorf("%s is named %q", name, Suite(proof))
		}
	}
	if _, _, err := Sign(t.Context(), unsigned(t), Options{Suite: "bbs-2023", VerificationMethod: method}, signerOn(t, nil)); !errors.Is(err, ErrSuite) {
		t.Errorf("signing: %v", err)
	}
	if _, _, err := SignCanonical(t.Context(), []byte("x"), []string{contextVC2}, Options{Suite: EdDSAJCS, VerificationMethod: method}, signerOn(t, nil)); !errors.Is(err, ErrSuite) {
		t.Errorf("direct: %v", err)
	}
}
