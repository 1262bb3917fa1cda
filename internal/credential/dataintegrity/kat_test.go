package dataintegrity

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"encoding/hex"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"ramure/internal/did"
	"ramure/internal/jsonld"
)

func read(t testing.TB, name string) (doc map[string]any, proofs []any) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if doc, err = jsonld.DecodeObject(data); err != nil {
		t.Fatal(err)
	}
	if list, ok := doc["proof"].([]any); ok {
		return doc, list
	}
	return doc, []any{doc["proof"]}
}

// keyOf reads the key from the fragment of a proof's method, as the vectors have it.
func keyOf(t testing.TB, proof any) crypto.PublicKey {
	t.Helper()
	method := proof.(map[string]any)["verificationMethod"].(string)
	key, err := did.DecodeMultikey(method[strings.Index(method, "#")+1:])
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// The hashes of the specifications' test vectors: options, then document. The
// ECDSA vectors of JCS have no context in the proof, as an earlier text had it; the
// options of the EdDSA one follow from its signature.
var w3cHashes = map[string][2]string{
	"Ed25519Signature2020.json": {
		"5e41905a6915396ff4eb426ce26c322d0e1d870b3d75cef95612cc94e4f8bad7",
		w3cDocHash,
	},
	"eddsa-jcs-2022.json": {
		"ac75a9fbdb9b5606c064a88bb59ab355900074f6def99d16a82dd071a7a67066",
		w3cJCSHash,
	},
	"ecdsa-jcs-2019-p256.json": {
		"9c4b552d65fcb106b6b27ec2436d8ae81b319afc7aeaab7964b2938cd120cec3",
		w3cJCSHash,
	},
	"ecdsa-jcs-2019-p384.json": {
		"bb8fd231f3f5441c089210bb991ca21910ecb2c62e82111f9d4de1ac0db3e6f2fc5dbe33cffc3a08ec1165b7b3a8bedd",
		"3e0be671cc1881035d463158c80921973dab3534d4f8dfacf4ff2725a4115eb718e49d66de0e90e7365cd6062abf2259",
	},
	"eddsa-rdfc-2022.json": {
		"4c4d3890a157f8d611b13c265c2c22f39aa0a567c7c7dd9ba3e45cd579784eeb",
		w3cDocHash,
	},
	"ecdsa-rdfc-2019-p256.json": {
		"3a8a522f689025727fb9d1f0fa99a618da023e8494ac74f51015d009d35abc2e",
		w3cDocHash,
	},
	"ecdsa-rdfc-2019-p384.json": {
		"e32805a26492eac777aa7a138f6d8da3c74e0c7be7b296dcaccf97420c3b92eaad7be6449ca565e165031567f5c7cbc1",
		"8bf6e01df72c5b62f91b685231915ac4b8c58ea95f002c6b8f6bfafa1b251df476b56b8e01518e317dab099d3ecbff96",
	},
}

// The hashes of the vectors' document, as N-Quads and as JSON.
const (
	w3cDocHash = "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017"
	w3cJCSHash = "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19"
)

func TestW3CVectors(t *testing.T) {
	t.Parallel()
	for name, want := range w3cHashes {
		doc, proofs := read(t, "w3c/"+name)
		proof := proofs[0].(map[string]any)
		key := keyOf(t, proof)
		docHash, err := Verify(t.Context(), doc, proof, key, jsonld.WithExamples())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		wantHash := w3cDocHash
		if formOf(Suite(proof)) == jcs {
			wantHash = w3cJCSHash
		}
		if got := hex.EncodeToString(docHash[:]); got != wantHash {
			t.Errorf("%s: document hash %s", name, got)
		}
		s, _ := suiteOf(Suite(proof), key)
		signed, _, err := s.signedBytes(t.Context(), doc, proof, nil, []jsonld.Option{jsonld.WithExamples()})
		if got := hex.EncodeToString(signed); err != nil || got != want[0]+want[1] {
			t.Errorf("%s: %s, %v", name, got, err)
		}
	}
}

// The signatures themselves, made again with the secret keys of the appendices;
// the ECDSA one is deterministic (RFC 6979, whose own P-256 key it is).
func TestW3CSignatures(t *testing.T) {
	t.Parallel()
	secret, err := did.DecodeMultibase("z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq")
	if err != nil || len(secret) != 34 {
		t.Fatal(err)
	}
	scalar, _ := hex.DecodeString("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721")
	p256, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), scalar)
	if err != nil {
		t.Fatal(err)
	}
	edwards := ed25519.NewKeyFromSeed(secret[2:])
	for name, key := range map[string]crypto.Signer{
		"eddsa-rdfc-2022.json":      edwards,
		"eddsa-jcs-2022.json":       edwards,
		"Ed25519Signature2020.json": edwards,
		"ecdsa-rdfc-2019-p256.json": p256,
	} {
		doc, proofs := read(t, "w3c/"+name)
		want, err := ParseProof(proofs[0].(map[string]any))
		if err != nil {
			t.Fatal(err)
		}
		created, _ := time.Parse(time.RFC3339, want.Created)
		o := Options{Suite: Suite(want.Map()), VerificationMethod: want.VerificationMethod, Created: created}
		got, _, err := Sign(t.Context(), without(doc, "proof"), o, key, jsonld.WithExamples())
		if err != nil || got.ProofValue != want.ProofValue {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// The options of an ECDSA proof of JCS as the present text has them, with the
// contexts of the document.
func TestW3COptionsWithContexts(t *testing.T) {
	t.Parallel()
	doc, proofs := read(t, "w3c/ecdsa-jcs-2019-p384.json")
	proof := with(proofs[0].(map[string]any), "@context", doc["@context"])
	key := keyOf(t, proof)
	multikey, err := did.EncodeMultikey(key)
	if err != nil {
		t.Fatal(err)
	}
	proof["verificationMethod"] = "https://vc.example/issuers/5678#" + multikey
	s, _ := suiteOf(ECDSAJCS, key)
	signed, _, err := s.signedBytes(t.Context(), doc, proof, nil, nil)
	const want = "9c51c298a3d8710f862724236ebc4a541f4a8b06ceffb151b149ac1078ca4ee43bb7940bc111e546b8922aff12a04fe6"
	if got := hex.EncodeToString(signed); err != nil || got != want+w3cHashes["ecdsa-jcs-2019-p384.json"][1] {
		t.Errorf("%s, %v", got, err)
	}
}

// The canonical options of the EdDSA example, by the direct way.
func TestW3CProofConfig(t *testing.T) {
	t.Parallel()
	_, proofs := read(t, "w3c/eddsa-rdfc-2022.json")
	proof, _ := ParseProof(proofs[0].(map[string]any))
	s, _ := suiteOf("", keyOf(t, proofs[0]))
	lines, err := s.plainConfig(proof, []string{contextVC2})
	if got := hex.EncodeToString(s.digest(lines)); err != nil || got != w3cHashes["eddsa-rdfc-2022.json"][0] {
		t.Errorf("%s, %v\n%s", got, err, lines)
	}
}

// A chain of four proofs: the third signs the first two, the fourth the third.
func TestW3CChain(t *testing.T) {
	t.Parallel()
	doc, proofs := read(t, "w3c/chain.json")
	for i, proof := range proofs {
		if _, err := Verify(t.Context(), doc, proof.(map[string]any), keyOf(t, proof), jsonld.WithExamples()); err != nil {
			t.Errorf("proof %d: %v", i+1, err)
		}
	}
	spoilt, _ := read(t, "w3c/chain.json")
	spoilt["proof"].([]any)[1].(map[string]any)["created"] = "2023-02-24T23:36:39Z"
	if _, err := Verify(t.Context(), spoilt, proofs[2].(map[string]any), keyOf(t, proofs[2]), jsonld.WithExamples()); err == nil {
		t.Error("the third proof stands although the second, which it signs, was changed")
	}
	for name, chain := range map[string][]any{"missing": {proofs[0], proofs[2]}, "twice": {proofs[0], proofs[1], proofs[1], proofs[2]}} {
		doc["proof"] = chain
		if _, err := Verify(t.Context(), doc, proofs[2].(map[string]any), keyOf(t, proofs[2]), jsonld.WithExamples()); !errors.Is(err, ErrProof) {
			t.Errorf("an earlier proof is %s: %v", name, err)
		}
	}
}
