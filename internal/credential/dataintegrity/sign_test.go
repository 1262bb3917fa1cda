package dataintegrity

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"strings"
	"testing"
	"time"

	"ramure/internal/jsonld"
)

const method = "did:web:badges.example.fr:issuers:eric#k"

var created = time.Date(2026, 11, 22, 11, 0, 0, 999, time.FixedZone("", 3600))

func unsigned(t testing.TB) map[string]any {
	t.Helper()
	doc, _ := read(t, samples[0])
	return without(doc, "proof")
}

func signerOn(t testing.TB, curve elliptic.Curve) crypto.Signer {
	t.Helper()
	if curve == nil {
		return ed25519.NewKeyFromSeed(make([]byte, 32))
	}
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestSignAndVerify(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		curve elliptic.Curve
		suite string
	}{{nil, "eddsa-rdfc-2022"}, {elliptic.P256(), "ecdsa-rdfc-2019"}, {elliptic.P384(), "ecdsa-rdfc-2019"}} {
		key, doc := signerOn(t, c.curve), unsigned(t)
		proof, docHash, err := Sign(t.Context(), doc, Options{VerificationMethod: method, Created: created}, key)
		if err != nil {
			t.Fatal(err)
		}
		if proof.Cryptosuite != c.suite || proof.Created != "2026-11-22T10:00:00Z" || proof.ProofPurpose != AssertionMethod || proof.ID != "" {
			t.Errorf("%+v", proof)
		}
		doc["proof"] = []any{proof.Map()}
		if got, err := Verify(t.Context(), doc, proof.Map(), key.Public()); err != nil || got != docHash {
			t.Errorf("%s: %v", c.suite, err)
		}
		again, _, _ := Sign(t.Context(), unsigned(t), Options{VerificationMethod: method, Created: created}, key)
		if again.ProofValue != proof.ProofValue {
			t.Errorf("%s: a second proof of the same content differs", c.suite)
		}
	}
}

// The members of the written proof, and nothing else.
func TestProofForm(t *testing.T) {
	t.Parallel()
	proof, _, err := Sign(t.Context(), unsigned(t), Options{VerificationMethod: method, Created: created}, signerOn(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	text, _ := json.Marshal(proof)
	want := `{"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022","created":"2026-11-22T10:00:00Z","verificationMethod":"` +
		method + `","proofPurpose":"assertionMethod","proofValue":"` + proof.ProofValue + `"}`
	if string(text) != want {
		t.Errorf("%s", text)
	}
	back, err := jsonld.DecodeObject(text)
	if err != nil || !equalJSON(back, proof.Map()) {
		t.Errorf("%v, %v", back, proof.Map())
	}
}

func TestPresentation(t *testing.T) {
	t.Parallel()
	key := signerOn(t, nil)
	doc := map[string]any{
		"@context": []any{contextVC2}, "type": []any{"VerifiablePresentation"}, "holder": "did:example:holder",
	}
	proof, _, err := Sign(t.Context(), doc, Options{VerificationMethod: method, Created: created, Purpose: Authentication, Challenge: "c-1", Domain: "badges.example.fr"}, key)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := VerifyFor(t.Context(), doc, proof.Map(), Authentication, key.Public()); err != nil {
		t.Error(err)
	}
	if _, err := Verify(t.Context(), doc, proof.Map(), key.Public()); !errors.Is(err, ErrProof) {
		t.Errorf("an authentication passes for an assertion: %v", err)
	}
	for _, member := range []string{"challenge", "domain"} {
		if _, err := VerifyFor(t.Context(), doc, with(proof.Map(), member, "other"), Authentication, key.Public()); !errors.Is(err, ErrSignature) {
			t.Errorf("another %s: %v", member, err)
		}
		if _, err := VerifyFor(t.Context(), doc, without(proof.Map(), member), Authentication, key.Public()); !errors.Is(err, ErrSignature) {
			t.Errorf("no %s: %v", member, err)
		}
	}
}

// The direct way and the way through JSON-LD give the same options, whatever the
// method, date, suite and contexts of our credentials.
func TestDirectOptionsEqualJSONLD(t *testing.T) {
	t.Parallel()
	random := mathrand.New(mathrand.NewPCG(1, 2))
	keys := []crypto.Signer{signerOn(t, nil), signerOn(t, elliptic.P256())}
	for range 500 {
		contexts := anyContexts(random)
		o := Options{VerificationMethod: anyMethod(random), Created: time.Unix(random.Int64N(1<<33), random.Int64N(1e9))}
		s, proof, err := newProof(o, keys[random.IntN(2)].Public(), nil)
		if err != nil {
			t.Fatal(err)
		}
		direct, err := s.plainConfig(proof, contexts)
		if err != nil {
			t.Fatal(err)
		}
		doc := map[string]any{"@context": anyList(contexts)}
		config := without(proof.Map(), "proofValue")
		config["@context"] = doc["@context"]
		through, err := jsonld.Canonical(t.Context(), config)
		if err != nil || string(through) != string(direct) {
			t.Fatalf("%v: %v\n%s\n%s", o, err, direct, through)
		}
	}
}

func anyContexts(random *mathrand.Rand) []string {
	all := []string{
		"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
		"https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
		"https://w3id.org/security/data-integrity/v2",
	}
	contexts := []string{contextVC2}
	for _, c := range all {
		if random.IntN(2) == 1 {
			contexts = append(contexts, c)
		}
	}
	return contexts
}

func anyMethod(random *mathrand.Rand) string {
	const letters = "abcXYZ012-._~:/?#[]@!$&'()*+,;=%41"
	var text strings.Builder
	for range 1 + random.IntN(60) {
		text.WriteByte(letters[random.IntN(len(letters))])
	}
	schemes := []string{"did:web:h%3A8080:issuers:", "did:key:z6Mk", "https://h.example/keys/", "urn:x:"}
	return schemes[random.IntN(4)] + strings.NewReplacer("[", "", "]", "", "#", "", "%", "").Replace(text.String()) + "#k"
}

// SignCanonical gives the proof that Sign gives.
func TestSignCanonicalEqualsSign(t *testing.T) {
	t.Parallel()
	for _, curve := range []elliptic.Curve{nil, elliptic.P256()} {
		key, doc := signerOn(t, curve), unsigned(t)
		o := Options{VerificationMethod: method, Created: created}
		want, wantHash, err := Sign(t.Context(), doc, o, key)
		if err != nil {
			t.Fatal(err)
		}
		canonical, err := jsonld.Canonical(t.Context(), doc)
		if err != nil {
			t.Fatal(err)
		}
		got, gotHash, err := SignCanonical(t.Context(), canonical, []string{contextVC2, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"}, o, key)
		if err != nil || !equalJSON(got, want) || gotHash != wantHash || gotHash != sha256.Sum256(canonical) {
			t.Errorf("%+v\n%+v\n%v", got, want, err)
		}
	}
}

func TestSignRefuses(t *testing.T) {
	t.Parallel()
	ed, o := signerOn(t, nil), Options{VerificationMethod: method, Created: created}
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	sign := func(doc map[string]any, o Options, key crypto.Signer) error {
		proof, _, err := Sign(t.Context(), doc, o, key)
		if err != nil && proof.ProofValue != "" {
			t.Error("a refused proof has a value")
		}
		return err
	}
	canonical := func(contexts []string, o Options, key crypto.Signer) error {
		_, _, err := SignCanonical(t.Context(), []byte("x"), contexts, o, key)
		return err
	}
	v2 := []string{contextVC2}
	for name, c := range map[string]struct{ got, want error }{
		"a document with a proof":   {sign(with(unsigned(t), "proof", map[string]any{}), o, ed), ErrProof},
		"an RSA key":                {sign(unsigned(t), o, rsaKey), ErrKey},
		"no method":                 {sign(unsigned(t), Options{Created: created}, ed), ErrProof},
		"a relative method":         {sign(unsigned(t), Options{VerificationMethod: "#k"}, ed), ErrProof},
		"a method that breaks out":  {sign(unsigned(t), Options{VerificationMethod: "did:web:a> .\n<x:y"}, ed), ErrProof},
		"an undefined term":         {sign(with(unsigned(t), "level", "expert"), o, ed), jsonld.ErrLoss},
		"a context of nobody":       {sign(with(unsigned(t), "@context", []any{"https://evil.example"}), o, ed), jsonld.ErrContext},
		"direct: an RSA key":        {canonical(v2, o, rsaKey), ErrKey},
		"direct: P-384":             {canonical(v2, o, signerOn(t, elliptic.P384())), ErrKey},
		"direct: no context":        {canonical(nil, o, ed), ErrProof},
		"direct: VC 1.1":            {canonical([]string{"https://www.w3.org/2018/credentials/v1"}, o, ed), ErrProof},
		"direct: v2 second":         {canonical([]string{"https://w3id.org/security/data-integrity/v2", contextVC2}, o, ed), ErrProof},
		"direct: authentication":    {canonical(v2, Options{VerificationMethod: method, Purpose: Authentication}, ed), ErrProof},
		"direct: with a challenge":  {canonical(v2, Options{VerificationMethod: method, Challenge: "c"}, ed), ErrProof},
		"direct: with a domain":     {canonical(v2, Options{VerificationMethod: method, Domain: "d"}, ed), ErrProof},
		"direct: breaking out":      {canonical(v2, Options{VerificationMethod: "did:web:a> .\n<x:y"}, ed), ErrProof},
		"a signer that goes wrong":  {sign(unsigned(t), o, faulty{ed}), ErrSignature},
		"direct: the same":          {canonical(v2, o, faulty{ed}), ErrSignature},
		"ECDSA that goes wrong":     {sign(unsigned(t), o, faulty{signerOn(t, elliptic.P256())}), ErrSignature},
		"a signer that cannot sign": {sign(unsigned(t), o, broken{ed}), errBroken},
	} {
		if !errors.Is(c.got, c.want) {
			t.Errorf("%s: %v", name, c.got)
		}
	}
}

// faulty signs something else than it is asked to, as a failing device might.
type faulty struct{ crypto.Signer }

func (f faulty) Sign(r io.Reader, message []byte, o crypto.SignerOpts) ([]byte, error) {
	return f.Signer.Sign(r, append(message[:len(message)-1:len(message)-1], message[len(message)-1]^1), o)
}

var errBroken = errors.New("the device is away")

type broken struct{ crypto.Signer }

func (broken) Sign(io.Reader, []byte, crypto.SignerOpts) ([]byte, error) { return nil, errBroken }

func BenchmarkSignCanonical(b *testing.B) {
	key := signerOn(b, nil)
	canonical, err := jsonld.Canonical(b.Context(), unsigned(b))
	if err != nil {
		b.Fatal(err)
	}
	o := Options{VerificationMethod: method, Created: created}
	for b.Loop() {
		if _, _, err := SignCanonical(b.Context(), canonical, []string{contextVC2}, o, key); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerify(b *testing.B) {
	for _, name := range samples {
		doc, proofs := read(b, name)
		key := resolve(b, doc)
		b.Run(fmt.Sprint(name), func(b *testing.B) {
			for b.Loop() {
				if _, err := Verify(b.Context(), doc, proofs[0].(map[string]any), key); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
