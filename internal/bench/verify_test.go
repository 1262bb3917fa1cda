package bench

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"
	"time"

	"ramure/internal/credential"
	"ramure/internal/credential/dataintegrity"
	"ramure/internal/credential/vcjwt"
	"ramure/internal/did"
	"ramure/internal/jsonld"
)

// doc0 is the standard document of the measurements: 95 quads, 10 blank nodes.
const doc0 = "../jsonld/testdata/canonical/doc0.json"

// BenchmarkVerify is workload d: the processor time of verifying a foreign badge
// that names its own key, from the bytes of the upload to the report, against
// json-gold's canonicalisation and one Ed25519 verification; and of opening the
// envelope of a VC-JWT, against its bare signature and a strict reading.
func BenchmarkVerify(b *testing.B) {
	document, issuer, key := foreign(b)
	b.Run("embedded", func(b *testing.B) {
		upload := signedJSON(b, document, issuer, key)
		duelOf(b, "d verify a foreign doc0, processor time", atLeastFaster(8), verifying(b, upload), goldVerifying(b, upload))
	})
	for _, alg := range []string{"RS256", "ES256", "EdDSA"} {
		b.Run(alg, func(b *testing.B) {
			signer := tokenKey(b, alg, key)
			token := signedToken(b, document, alg, signer)
			duelOf(b, "d VC-JWT of doc0, envelope and strict reading, "+alg, atMostSlower(1.5), opening(token, signer.Public()), bareOpening(token, signer.Public()))
		})
	}
	b.Run("token", func(b *testing.B) {
		duelOf(b, "d verify a foreign doc0 as VC-JWT, EdDSA, the whole report", nil,
			verifying(b, []byte(signedToken(b, document, "EdDSA", key))), bareOpening(signedToken(b, document, "EdDSA", key), key.Public()))
	})
}

// duelOf runs product and floor in turn and tells the line.
func duelOf(b *testing.B, workload string, wish func(duel) []goal, product, floor func(context.Context) error) {
	b.Helper()
	var d duel
	for range signRounds {
		d.product = append(d.product, spent(b, product))
		d.floor = append(d.floor, spent(b, floor))
	}
	l := line{workload: workload, product: medians(d.product), floor: medians(d.floor)}
	if wish != nil {
		l.goals = wish(d)
	}
	tell(b, l, d)
}

func atLeastFaster(times float64) func(duel) []goal {
	return func(d duel) []goal { return []goal{atLeast(times, d.speed())} }
}

func atMostSlower(times float64) func(duel) []goal {
	return func(d duel) []goal { return []goal{atMost(times, 1/d.speed())} }
}

// foreign is doc0 as an issuer of its own makes it, without proof.
func foreign(b *testing.B) (document map[string]any, issuer string, key ed25519.PrivateKey) {
	b.Helper()
	data, err := os.ReadFile(doc0)
	if err != nil {
		b.Fatal(err)
	}
	if document, err = jsonld.DecodeObject(data); err != nil {
		b.Fatal(err)
	}
	_, key, err = ed25519.GenerateKey(rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	if issuer, err = did.Key(key.Public()); err != nil {
		b.Fatal(err)
	}
	document["issuer"].(map[string]any)["id"] = issuer
	document["credentialSubject"].(map[string]any)["id"] = "urn:uuid:6d2d9a60-1111-4222-8333-944445555666"
	return document, issuer, key
}

func signedJSON(b *testing.B, document map[string]any, issuer string, key ed25519.PrivateKey) []byte {
	b.Helper()
	o := dataintegrity.Options{VerificationMethod: issuer + "#" + strings.TrimPrefix(issuer, "did:key:"), Created: time.Now()}
	proof, _, err := dataintegrity.Sign(b.Context(), document, o, key)
	if err != nil {
		b.Fatal(err)
	}
	signed := maps.Clone(document)
	signed["proof"] = []any{proof.Map()}
	return marshal(b, signed)
}

// verifying examines an upload as the product does, without the network: status,
// log and standing are not asked.
func verifying(b *testing.B, upload []byte) func(context.Context) error {
	sources := credential.Sources{Keys: did.Self{}, Now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
	b.Logf("%d bytes", len(upload))
	return func(ctx context.Context) error {
		report := credential.Verify(ctx, upload, sources)
		if check := report.Check(credential.CheckProof); check.Status != credential.OK {
			return fmt.Errorf("the proof is %s: %s; %+v", check.Status, check.Reason, report)
		}
		return nil
	}
}

// tokenKey is a key for an algorithm; that of the issuer for EdDSA.
func tokenKey(b *testing.B, alg string, own ed25519.PrivateKey) crypto.Signer {
	b.Helper()
	var key crypto.Signer = own
	var err error
	switch alg {
	case "RS256":
		key, err = rsa.GenerateKey(rand.Reader, 3072)
	case "ES256":
		key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	}
	if err != nil {
		b.Fatal(err)
	}
	return key
}

// signedToken is the document as a VC-JWT, with the claims of Open Badges 3.0.
func signedToken(b *testing.B, document map[string]any, alg string, key crypto.Signer) string {
	b.Helper()
	claims := maps.Clone(document)
	issuer := document["issuer"].(map[string]any)["id"].(string)
	from, err := time.Parse(time.RFC3339, document["validFrom"].(string))
	if err != nil {
		b.Fatal(err)
	}
	until, err := time.Parse(time.RFC3339, document["validUntil"].(string))
	if err != nil {
		b.Fatal(err)
	}
	maps.Copy(claims, map[string]any{"iss": issuer, "jti": document["id"], "nbf": from.Unix(), "exp": until.Unix(),
		"sub": document["credentialSubject"].(map[string]any)["id"]})
	token, err := vcjwt.Sign(marshal(b, claims), alg, issuer+"#"+strings.TrimPrefix(issuer, "did:key:"), key)
	if err != nil {
		b.Fatal(err)
	}
	return token
}

func marshal(b *testing.B, document map[string]any) []byte {
	b.Helper()
	data, err := json.Marshal(document)
	if err != nil {
		b.Fatal(err)
	}
	return data
}

// opening verifies the envelope and reads what was in it.
func opening(token string, public crypto.PublicKey) func(context.Context) error {
	return func(context.Context) error {
		parsed, err := vcjwt.Parse(token)
		if err != nil {
			return err
		}
		payload, err := parsed.Verify(public)
		if err != nil {
			return err
		}
		_, err = jsonld.DecodeObject(payload)
		return err
	}
}
