package dataintegrity

import (
	"crypto"
	"encoding/json"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"ramure/internal/jsonld"
)

// Every byte of every sample, written without blanks, is changed in each of its
// bits: nothing verifies. (Of P-384, which takes ten times as long, every eighth
// byte.) All 255 changes of each byte are tried when RAMURE_TEST_EXHAUSTIVE is set
// (minutes).
func TestEveryByteChangeIsRefused(t *testing.T) {
	t.Parallel()
	total := int64(0)
	for _, name := range samples {
		doc, proofs := read(t, name)
		text, err := jsonld.JCS(doc)
		if err != nil {
			t.Fatal(err)
		}
		key := resolve(t, doc)
		if _, err := Verify(t.Context(), doc, proofs[0].(map[string]any), key); err != nil {
			t.Fatal(err)
		}
		tried := refuseChanges(t, name, text, key)
		t.Logf("%s: %d bytes, %d changes, 0 accepted", name, len(text), tried)
		total += tried
	}
	t.Logf("%d changes in all", total)
	if total < 100_000 {
		t.Errorf("only %d changes", total)
	}
}

// refuseChanges works on two cores.
func refuseChanges(t *testing.T, name string, text []byte, key crypto.PublicKey) int64 {
	t.Helper()
	step := 1
	if strings.Contains(name, "p384") && os.Getenv("RAMURE_TEST_EXHAUSTIVE") == "" {
		step = 8
	}
	var tried atomic.Int64
	var group sync.WaitGroup
	for half := range 2 {
		group.Go(func() {
			for place := half * step; place < len(text); place += 2 * step {
				for _, b := range instead(text[place]) {
					tried.Add(1)
					if acceptedWith(t, text, place, b, key) {
						t.Errorf("%s: byte %d is %q instead of %q", name, place, b, text[place])
					}
				}
			}
		})
	}
	group.Wait()
	return tried.Load()
}

func acceptedWith(t *testing.T, text []byte, place int, b byte, key crypto.PublicKey) bool {
	changed := append(append(append(make([]byte, 0, len(text)), text[:place]...), b), text[place+1:]...)
	doc, err := jsonld.DecodeObject(changed)
	if err != nil {
		return false
	}
	proof, _ := doc["proof"].(map[string]any)
	_, err = Verify(t.Context(), doc, proof, key)
	return err == nil
}

// instead gives what a byte is changed into.
func instead(b byte) []byte {
	var list []byte
	if os.Getenv("RAMURE_TEST_EXHAUSTIVE") != "" {
		for other := range 256 {
			list = append(list, byte(other))
		}
	} else {
		for bit := range 8 {
			list = append(list, b^1<<bit)
		}
	}
	kept := list[:0]
	for _, other := range list {
		if other != b {
			kept = append(kept, other)
		}
	}
	return kept
}

// FuzzProofs gives Verify anything as the proof of a document signed by each suite:
// only the proof that was made verifies.
func FuzzProofs(f *testing.F) {
	type signedDocument struct {
		doc, proof map[string]any
		key        crypto.PublicKey
	}
	var all []signedDocument
	for i, name := range samples {
		doc, proofs := read(f, name)
		all = append(all, signedDocument{doc, proofs[0].(map[string]any), resolve(f, doc)})
		text, err := json.Marshal(proofs[0])
		if err != nil {
			f.Fatal(err)
		}
		f.Add(byte(i), text)
	}
	f.Add(byte(3), []byte(`{"type":"DataIntegrityProof","cryptosuite":"eddsa-jcs-2022","@context":[],"proofValue":"z1"}`))
	f.Add(byte(6), []byte(`{"type":"Ed25519Signature2020","previousProof":["a"],"domain":"b"}`))
	f.Fuzz(func(t *testing.T, which byte, data []byte) {
		members, err := jsonld.DecodeObject(data)
		if err != nil {
			return
		}
		s := all[int(which)%len(all)]
		if _, err := Verify(t.Context(), s.doc, members, s.key); err == nil && !equalJSON(members, s.proof) {
			t.Fatalf("%s verifies", data)
		}
		proof, err := ParseProof(members)
		if err != nil {
			return
		}
		if Suite(members) == "" {
			t.Fatalf("%s is read, but of no suite", data)
		}
		again, err := ParseProof(proof.Map())
		if err != nil || !equalJSON(again, proof) {
			t.Fatalf("%+v is read back as %+v, %v", proof, again, err)
		}
	})
}
