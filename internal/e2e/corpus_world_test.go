package e2e

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"ramure/internal/credential"
	"ramure/internal/credential/dataintegrity"
	"ramure/internal/did"
	"ramure/internal/problem"
	"ramure/internal/verifier"
)

// attacker owns keys of every kind: what stops a document that one signs is the
// guard and not the signature.
type attacker struct {
	t    testing.TB
	keys map[string]crypto.Signer // by algorithm of JWTs
}

func newAttacker(t testing.TB) attacker {
	t.Helper()
	a := attacker{t, map[string]crypto.Signer{}}
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	a.must(err)
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	a.must(err)
	p384, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	a.must(err)
	large, err := rsa.GenerateKey(rand.Reader, 2048)
	a.must(err)
	a.keys = map[string]crypto.Signer{"EdDSA": ed, "ES256": p256, "ES384": p384, "RS256": large}
	return a
}

func (a attacker) must(err error) {
	a.t.Helper()
	if err != nil {
		a.t.Fatal(err)
	}
}

// didKey is the issuer of a's proofs under an algorithm's key, and the method by
// which they name it.
func (a attacker) didKey(alg string) (issuer, method string) {
	a.t.Helper()
	issuer, err := did.Key(a.keys[alg].Public())
	a.must(err)
	multikey, err := did.EncodeMultikey(a.keys[alg].Public())
	a.must(err)
	return issuer, issuer + "#" + multikey
}

// didJWK is the issuer of a's tokens.
func (a attacker) didJWK(alg string) (issuer, kid string) {
	a.t.Helper()
	jwk, err := did.JWK(a.keys[alg].Public())
	a.must(err)
	issuer = "did:jwk:" + base64.RawURLEncoding.EncodeToString(jwk)
	return issuer, issuer + "#0"
}

// prove signs a document with a suite of the algorithm's key ("" for its rdfc one).
func (a attacker) prove(doc map[string]any, alg, suite string) []byte {
	a.t.Helper()
	signed, err := a.sign(doc, alg, suite)
	a.must(err)
	return signed
}

// tryProve signs what may not be signable.
func (a attacker) tryProve(doc map[string]any) ([]byte, error) { return a.sign(doc, "EdDSA", "") }

func (a attacker) sign(doc map[string]any, alg, suite string) ([]byte, error) {
	doc = reread(a.t, doc)
	_, method := a.didKey(alg)
	proof, _, err := dataintegrity.Sign(a.t.Context(), doc, dataintegrity.Options{Suite: suite, VerificationMethod: method, Created: dawn}, a.keys[alg])
	if err != nil {
		return nil, err
	}
	doc["proof"] = proof.Map()
	return jsonText(doc)
}

// dawn is when all that these tests make was made.
var dawn = time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)

// badgeOf is a badge that says a little of everything, without a proof.
func badgeOf(issuer string) map[string]any {
	const venue = "https://usages.example/"
	return map[string]any{
		"@context": []any{"https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"},
		"id":       "urn:uuid:0f5c2b1e-0000-4000-8000-000000000001", "type": []any{"VerifiableCredential", "OpenBadgeCredential"},
		"name": "Organiser sa veille", "validFrom": "2026-01-05T09:00:00Z",
		"issuer": map[string]any{"id": issuer, "type": []any{"Profile"}, "name": "Maison des usages (lieu fictif)", "url": venue},
		"evidence": []any{
			map[string]any{"id": venue + "preuves/1", "type": []any{"Evidence"}, "name": "Carte de veille", "narrative": "Vue par le groupe."},
			map[string]any{"type": []any{"Evidence"}, "narrative": "Un entretien."}},
		"credentialSubject": map[string]any{
			"id": "urn:uuid:7b1d9a60-1111-4222-8333-944445555666", "type": []any{"AchievementSubject"},
			"achievement": map[string]any{
				"id": venue + "achievements/veille", "type": []any{"Achievement"}, "achievementType": "Competency",
				"name": "Organiser sa veille", "description": "Collecter et trier.", "tag": []any{"veille", "information"},
				"criteria": map[string]any{"narrative": "Trois sources suivies."},
				"alignment": []any{map[string]any{"type": []any{"Alignment"}, "targetName": "Mener une veille",
					"targetUrl": venue + "pix/1.1", "targetCode": "1.1"}},
				"resultDescription": []any{map[string]any{"id": venue + "degres", "type": []any{"ResultDescription"},
					"name": "Degré", "resultType": "RubricCriterionLevel", "rubricCriterionLevel": []any{
						map[string]any{"id": venue + "degres/1", "type": []any{"RubricCriterionLevel"}, "name": "Découvre", "level": "1"},
						map[string]any{"id": venue + "degres/2", "type": []any{"RubricCriterionLevel"}, "name": "Pratique", "level": "2"}}}},
			},
			"result": []any{map[string]any{"type": []any{"Result"}, "resultDescription": venue + "degres", "achievedLevel": venue + "degres/2"}},
		},
	}
}

// jsonText is JSON without escapes that nobody asked for.
func jsonText(value any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return bytes.TrimSpace(out.Bytes()), err
}

func written(t testing.TB, value any) []byte {
	t.Helper()
	text, err := jsonText(value)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// reread copies a document all the way down, as a reader would have it.
func reread(t testing.TB, doc map[string]any) (copied map[string]any) {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(written(t, doc)))
	decoder.UseNumber()
	if err := decoder.Decode(&copied); err != nil {
		t.Fatal(err)
	}
	return copied
}

// elsewhere is what addresses answer to the verifier under attack.
type elsewhere map[string][]byte

func (e elsewhere) fetch(_ context.Context, address, _ string) ([]byte, error) {
	body, found := e[address]
	if !found {
		return nil, problem.New(problem.NotFound, "error.outbound.notFound")
	}
	return body, nil
}

// verifier is the one under attack.
func (e elsewhere) verifier() verifier.Service {
	return verifier.Service{Config: verifier.Config{Fetch: e.fetch, Home: "https://badges.example",
		Now: func() time.Time { return dawn.AddDate(0, 1, 0) }}}
}

// items are the answers on one input. What nobody could finish is a fault of ours,
// whatever the input was.
func (e elsewhere) items(ctx context.Context, input []byte) []verifier.Item {
	items, err := e.verifier().Examine(ctx, []verifier.Input{{Name: "x", Data: input}}, verifier.Options{})
	notOurs(err)
	for _, item := range items {
		notOurs(item.Err)
	}
	return items
}

func (e elsewhere) examine(ctx context.Context, input []byte) (reports []credential.Report) {
	for _, item := range e.items(ctx, input) {
		reports = append(reports, item.Report)
	}
	return reports
}

func notOurs(err error) {
	if problem.Is(err, problem.Internal) {
		panic(err)
	}
}

// refused wants no credential of the input to be valid, nor its proof to hold.
func (e elsewhere) refused(ctx context.Context, input []byte) string {
	for _, r := range e.examine(ctx, input) {
		if r.Verdict == credential.Valid || r.Check(credential.CheckProof).Status == credential.OK {
			return fmt.Sprintf("%s, %v", r.Verdict, r.Checks)
		}
	}
	return ""
}

// mustHold makes sure of a control: attacks prove nothing where good input fails.
func (e elsewhere) mustHold(t testing.TB, what string, input []byte) {
	t.Helper()
	reports := e.examine(t.Context(), input)
	valid := func(r credential.Report) bool { return r.Verdict == credential.Valid }
	if len(reports) == 0 || !slices.ContainsFunc(reports, valid) {
		t.Fatalf("%s: the control is refused, so the attacks prove nothing: %+v", what, reports)
	}
}
