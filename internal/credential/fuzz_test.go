package credential_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"ramure/internal/credential"
	"ramure/internal/did"
)

// FuzzVerify gives Verify anything at all. It answers a whole report, and finds a
// credential of our issuer proven only if it is the one that was signed.
func FuzzVerify(f *testing.F) {
	i := sameIssuer(f)
	signed := i.sign(f, i.badge())
	f.Add(signed.Document)
	f.Add([]byte(i.envelope(f, signed.Document)))
	samples, err := filepath.Glob("testdata/samples/*")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range samples {
		sample, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(sample)
	}
	f.Add([]byte(`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":[],"proof":[{}]}`))
	f.Add([]byte("eyJhbGciOiJub25lIn0.e30."))
	f.Fuzz(func(t *testing.T, input []byte) {
		src := i.sources(&facts{})
		src.Keys = did.Static{i.id: i.document}
		r := credential.Verify(t.Context(), input, src)
		if len(r.Checks) != len(credential.Order()) || r.Verdict == "" {
			t.Fatalf("half a report: %+v", r)
		}
		if r.Check(credential.CheckProof).Status == credential.OK && r.DocHash != hex.EncodeToString(signed.DocHash[:]) {
			t.Fatalf("proven, though nobody signed it: %s", input)
		}
	})
}

// sameIssuer has the same keys in every process: fuzzing runs in several, and
// keeps what it found.
func sameIssuer(f *testing.F) *issuer {
	f.Helper()
	i := newIssuer(f, "atelier")
	seed := bytes.Repeat([]byte{7}, 32)
	jwt, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), seed)
	if err != nil {
		f.Fatal(err)
	}
	i.proof, i.jwt = ed25519.NewKeyFromSeed(seed), jwt
	i.publish(f, did.PublishedKey{Public: i.proof.Public()}, did.PublishedKey{Public: jwt.Public()})
	return i
}
