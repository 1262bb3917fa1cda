package vcjwt_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"

	jose "github.com/go-jose/go-jose/v4"

	"ramure/internal/credential/vcjwt"
)

const (
	issuer  = "did:web:badges.example.fr:issuers:eric"
	kid     = "https://badges.example.fr/keys/1"
	payload = `{"iss":"` + issuer + `","issuer":{"id":"` + issuer + `"},"name":"Organiser sa veille"}`
)

// signer gives the issuer's key for an algorithm; each is made once.
func signer(t testing.TB, alg string) crypto.Signer {
	t.Helper()
	key, err := signers()[alg]()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

var signers = sync.OnceValue(func() map[string]func() (crypto.Signer, error) {
	rsaKey := sync.OnceValues(func() (crypto.Signer, error) { return rsa.GenerateKey(rand.Reader, 2048) })
	return map[string]func() (crypto.Signer, error){
		"RS256": rsaKey,
		"PS256": rsaKey,
		"ES256": sync.OnceValues(func() (crypto.Signer, error) { return ecdsa.GenerateKey(elliptic.P256(), rand.Reader) }),
		"ES384": sync.OnceValues(func() (crypto.Signer, error) { return ecdsa.GenerateKey(elliptic.P384(), rand.Reader) }),
		"EdDSA": func() (crypto.Signer, error) { return ed25519.NewKeyFromSeed(make([]byte, 32)), nil },
	}
})

func sign(t testing.TB, alg string) string {
	t.Helper()
	token, err := vcjwt.Sign([]byte(payload), alg, kid, signer(t, alg))
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestSignAndVerify(t *testing.T) {
	t.Parallel()
	for _, alg := range []string{"RS256", "ES256", "ES384", "EdDSA"} {
		token := sign(t, alg)
		parsed, err := vcjwt.Parse(token)
		if err != nil {
			t.Fatalf("%s: %v", alg, err)
		}
		if got := parsed.Header(); got != (vcjwt.Header{Alg: alg, Kid: kid, Typ: "JWT"}) {
			t.Errorf("%s: header %+v", alg, got)
		}
		if parsed.Issuer() != issuer {
			t.Errorf("%s: issuer %s", alg, parsed.Issuer())
		}
		if got, err := parsed.Verify(signer(t, alg).Public()); err != nil || string(got) != payload {
			t.Errorf("%s: %s, %v", alg, got, err)
		}
		if again := sign(t, alg); again != token {
			t.Errorf("%s: a second token of the same content differs", alg)
		}
	}
}

// The header is exactly what Open Badges 3.0 §8.2.1 allows, in this order.
func TestSignHeader(t *testing.T) {
	t.Parallel()
	first, _, _ := strings.Cut(sign(t, "ES256"), ".")
	header, _ := base64.RawURLEncoding.DecodeString(first)
	if want := `{"alg":"ES256","kid":"` + kid + `","typ":"JWT"}`; string(header) != want {
		t.Errorf("%s", header)
	}
}

func TestSignWithTyp(t *testing.T) {
	t.Parallel()
	token, err := vcjwt.SignWith([]byte(payload), vcjwt.Options{Alg: "EdDSA", Kid: kid, Typ: "vc+jwt"}, signer(t, "EdDSA"))
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := vcjwt.Parse(token)
	if err != nil || parsed.Header().Typ != "vc+jwt" {
		t.Errorf("%+v, %v", parsed.Header(), err)
	}
}

// Another implementation reads our tokens, and we read its own, PS256 included.
// A presentation's token is read where one is asked for, and never as a
// credential's.
func TestPresentationType(t *testing.T) {
	t.Parallel()
	token, err := vcjwt.SignWith([]byte(payload), vcjwt.Options{Alg: "EdDSA", Kid: kid, Typ: "vp+jwt", Cty: "vp"}, signer(t, "EdDSA"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := vcjwt.Parse(token); !errors.Is(err, vcjwt.ErrRefused) {
		t.Errorf("read as a credential: %v", err)
	}
	parsed, err := vcjwt.ParseAs(token, "vp+jwt")
	if want := (vcjwt.Header{Alg: "EdDSA", Kid: kid, Typ: "vp+jwt", Cty: "vp"}); err != nil || parsed.Header() != want {
		t.Errorf("%+v, %v", parsed.Header(), err)
	}
	if _, err := vcjwt.ParseAs(sign(t, "EdDSA"), "vp+jwt"); !errors.Is(err, vcjwt.ErrRefused) {
		t.Errorf("a credential read as a presentation: %v", err)
	}
}

func TestAgainstGoJose(t *testing.T) {
	t.Parallel()
	for _, alg := range []string{"RS256", "PS256", "ES256", "ES384", "EdDSA"} {
		key := signer(t, alg)
		options := (&jose.SignerOptions{}).WithType("vc+jwt").WithHeader("kid", kid)
		foreign, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.SignatureAlgorithm(alg), Key: key}, options)
		if err != nil {
			t.Fatal(err)
		}
		signed, _ := foreign.Sign([]byte(payload))
		token, _ := signed.CompactSerialize()
		parsed, err := vcjwt.Parse(token)
		if err != nil {
			t.Fatalf("%s: %v", alg, err)
		}
		if got, err := parsed.Verify(key.Public()); err != nil || string(got) != payload {
			t.Errorf("%s: %v", alg, err)
		}
		if alg == "PS256" {
			continue // read, never made
		}
		ours, err := jose.ParseSignedCompact(sign(t, alg), []jose.SignatureAlgorithm{jose.SignatureAlgorithm(alg)})
		if err != nil {
			t.Fatalf("%s: %v", alg, err)
		}
		if _, err := ours.Verify(key.Public()); err != nil {
			t.Errorf("%s: go-jose refuses ours: %v", alg, err)
		}
	}
}

func TestSignRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		options vcjwt.Options
		key     string
		payload string
	}{
		"other key kind":    {vcjwt.Options{Alg: "RS256", Kid: kid, Typ: "JWT"}, "ES256", payload},
		"other curve":       {vcjwt.Options{Alg: "ES256", Kid: kid, Typ: "JWT"}, "ES384", payload},
		"PS256":             {vcjwt.Options{Alg: "PS256", Kid: kid, Typ: "JWT"}, "PS256", payload},
		"HS256":             {vcjwt.Options{Alg: "HS256", Kid: kid, Typ: "JWT"}, "ES256", payload},
		"none":              {vcjwt.Options{Alg: "none", Kid: kid, Typ: "JWT"}, "ES256", payload},
		"no kid":            {vcjwt.Options{Alg: "ES256", Typ: "JWT"}, "ES256", payload},
		"kid with a blank":  {vcjwt.Options{Alg: "ES256", Kid: "a b", Typ: "JWT"}, "ES256", payload},
		"typ of OAuth":      {vcjwt.Options{Alg: "ES256", Kid: kid, Typ: "at+jwt"}, "ES256", payload},
		"no payload":        {vcjwt.Options{Alg: "ES256", Kid: kid, Typ: "JWT"}, "ES256", ""},
		"payload too large": {vcjwt.Options{Alg: "ES256", Kid: kid, Typ: "JWT"}, "ES256", strings.Repeat("a", 400<<10)},
	} {
		if token, err := vcjwt.SignWith([]byte(c.payload), c.options, signer(t, c.key)); err == nil || token != "" {
			t.Errorf("%s: %d bytes, %v", name, len(token), err)
		}
	}
}

// faulty signs something else than it is asked to, as a failing device might.
type faulty struct{ crypto.Signer }

func (f faulty) Sign(r io.Reader, digest []byte, o crypto.SignerOpts) ([]byte, error) {
	digest[0] ^= 1
	return f.Signer.Sign(r, digest, o)
}

func TestFaultySignatureDoesNotLeave(t *testing.T) {
	t.Parallel()
	for _, alg := range []string{"RS256", "ES256", "EdDSA"} {
		token, err := vcjwt.Sign([]byte(payload), alg, kid, faulty{signer(t, alg)})
		if !errors.Is(err, vcjwt.ErrSignature) || token != "" {
			t.Errorf("%s: %q, %v", alg, token, err)
		}
	}
}

func TestIssuer(t *testing.T) {
	t.Parallel()
	for content, want := range map[string]string{
		`{"iss":"a","issuer":"b"}`:      "a",
		`{"issuer":"b"}`:                "b",
		`{"issuer":{"id":"c"}}`:         "c",
		`{"issuer":{"name":"d"}}`:       "",
		`{"iss":7,"issuer":"b"}`:        "b",
		`{"ISS":"a"}`:                   "",
		`{"iss":"a","iss":"b"}`:         "",
		`{"iss":"a","\u0069ss":"b"}`:    "",
		`not JSON`:                      "",
		`["iss"]`:                       "",
		`{"vc":{"issuer":"inside it"}}`: "",
	} {
		token, err := vcjwt.Sign([]byte(content), "EdDSA", kid, signer(t, "EdDSA"))
		if err != nil {
			t.Fatal(err)
		}
		parsed, _ := vcjwt.Parse(token)
		if got := parsed.Issuer(); got != want {
			t.Errorf("%s: %q", content, got)
		}
	}
}
