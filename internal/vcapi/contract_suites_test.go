package vcapi

import (
	"crypto"
	"crypto/ecdsa"
	"maps"
	"strings"
	"testing"

	"ramure/internal/did"
	"ramure/internal/jsonld"
)

// altered asks about a credential that was changed after this person signed it.
func altered(by person, change func(doc, proof map[string]any)) attempt {
	return func(t *testing.T) answer {
		doc := by.prove(t, plainCredential(t, by.did, ""), said{}, further{})
		change(doc, doc["proof"].(map[string]any))
		return askAbout(t, doc, "")
	}
}

// resized makes a signature longer or shorter.
func resized(by int) func(doc, proof map[string]any) {
	return func(_, proof map[string]any) {
		signature, err := did.DecodeMultibase(proof["proofValue"].(string))
		if err != nil {
			panic(err)
		}
		if by < 0 {
			signature = signature[:len(signature)+by]
		} else {
			signature = append(signature, make([]byte, by)...)
		}
		proof["proofValue"] = did.EncodeMultibase(signature)
	}
}

func checkMultikey(t *testing.T, method, header string, size int) {
	t.Helper()
	controller, multikey, _ := strings.Cut(method, "#")
	raw, err := did.DecodeMultibase(multikey)
	if err != nil || controller != "did:key:"+multikey || !strings.HasPrefix(multikey, header) || len(raw) != size {
		t.Errorf("%s: %d bytes, %v", method, len(raw), err)
	}
}

func checkSignature(t *testing.T, value string, size int) {
	t.Helper()
	if raw, err := did.DecodeMultibase(value); err != nil || len(raw) != size {
		t.Errorf("%s: %d bytes, %v", value, len(raw), err)
	}
}

// signedWith makes a proof as the suites do, but with the hashes that it is given.
func signedWith(t *testing.T, by person, inside, outside crypto.Hash, encode func(signature []byte) []byte) map[string]any {
	t.Helper()
	doc := by.prove(t, plainCredential(t, by.did, ""), said{}, further{})
	proof := doc["proof"].(map[string]any)
	config := maps.Clone(proof)
	delete(config, "proofValue")
	config["@context"] = doc["@context"]
	var data []byte
	for _, part := range []map[string]any{config, unsecured(doc)} {
		quads, err := jsonld.Quads(t.Context(), part)
		if err != nil {
			t.Fatal(err)
		}
		canonical, err := jsonld.Canonicalize(t.Context(), quads, jsonld.Options{})
		if err != nil {
			t.Fatal(err)
		}
		h := inside.New()
		h.Write(canonical)
		data = h.Sum(data)
	}
	signature, err := by.key.Sign(nil, hashed(data, outside), outside)
	if err != nil {
		t.Fatal(err)
	}
	proof["proofValue"] = did.EncodeMultibase(encode(signature))
	return doc
}

func hashed(data []byte, hash crypto.Hash) []byte {
	if hash == 0 {
		return data
	}
	h := hash.New()
	h.Write(data)
	return h.Sum(nil)
}

// otherHash asks about a credential that was signed over hashes of another length.
func otherHash(by person) attempt {
	return func(t *testing.T) answer {
		inside, outside := crypto.SHA384, crypto.Hash(0)
		if public, isEC := by.key.Public().(*ecdsa.PublicKey); isEC {
			if outside = crypto.SHA384; public.Params().BitSize == 384 {
				inside, outside = crypto.SHA256, crypto.SHA256
			}
		}
		return askAbout(t, signedWith(t, by, inside, outside, fixed(by)), "")
	}
}

// fixed writes signatures as the suites want them.
func fixed(by person) func([]byte) []byte {
	return func(signature []byte) []byte {
		public, isEC := by.key.Public().(*ecdsa.PublicKey)
		if !isEC {
			return signature
		}
		raw, err := did.FixedWidth(signature, public)
		if err != nil {
			panic(err)
		}
		return raw
	}
}

// inDER asks about a credential whose signature is right, and written as ASN.1.
func inDER(t *testing.T) answer {
	plain := func(signature []byte) []byte { return signature }
	return askAbout(t, signedWith(t, carol, crypto.SHA256, crypto.SHA256, plain), "")
}

// The signer of the tests of hashes is right itself: with the right hashes its
// credentials verify.
func TestSignedWithRightHashes(t *testing.T) {
	t.Parallel()
	for _, by := range []person{alice, carol} {
		outside := crypto.SHA256
		if by.did == alice.did {
			outside = 0
		}
		accepted(t, askAbout(t, signedWith(t, by, crypto.SHA256, outside, fixed(by)), ""))
	}
}
