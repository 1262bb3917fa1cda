package did_test

import (
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"ramure/internal/did"
)

const (
	base58Key  = "B12NYF8RrR3h41TDCTJojY59usg3mbtbjnFs7Eud1Y6u"     // publicKeyBase58 of the did:key method text
	base58Self = "z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH" // the same key as a Multikey
	p256Key    = "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP"
)

// p256JWK is the key of p256Key.
func p256JWK(t testing.TB) string {
	t.Helper()
	public, err := did.DecodeMultikey(p256Key)
	if err != nil {
		t.Fatal(err)
	}
	jwk, err := did.JWK(public)
	if err != nil {
		t.Fatal(err)
	}
	return string(jwk)
}

// inDialect is a document of one method of a type, with ids as others write them.
func inDialect(kind, key string) string {
	return `{"@context":["https://www.w3.org/ns/did/v1"],"id":"` + eric + `","controller":"` + eric + `","alsoKnownAs":["https://example.org/"],` +
		`"verificationMethod":[{"id":"#key-1","type":"` + kind + `","controller":"` + eric + `",` + key + `}],` +
		`"authentication":["#key-1"],"assertionMethod":["#key-1"],"keyAgreement":[{"id":"#x","type":"X25519KeyAgreementKey2019","controller":"` + eric + `","publicKeyBase58":"x"}]}`
}

// The types of method that documents of the world have, each with the keys that it
// may hold and with those that it may not.
func TestDialects(t *testing.T) {
	t.Parallel()
	jwk, multibase, base58 := `"publicKeyJwk":%s`, `"publicKeyMultibase":"%s"`, `"publicKeyBase58":"%s"`
	ed, p256 := fmt.Sprintf(jwk, rfc8037), fmt.Sprintf(jwk, p256JWK(t))
	cases := []struct {
		kind, key string
		want      error
	}{
		{"Multikey", fmt.Sprintf(multibase, multikey), nil},
		{"Multikey", fmt.Sprintf(multibase, p256Key), nil},
		{"JsonWebKey", ed, nil}, {"JsonWebKey", p256, nil}, {"JsonWebKey", fmt.Sprintf(jwk, rfc7638), nil},
		{"JsonWebKey2020", ed, nil}, {"JsonWebKey2020", p256, nil}, {"JsonWebKey2020", fmt.Sprintf(jwk, rfc7638), nil},
		{"Ed25519VerificationKey2020", fmt.Sprintf(multibase, multikey), nil},
		{"Ed25519VerificationKey2020", ed, nil},
		{"Ed25519VerificationKey2018", fmt.Sprintf(base58, base58Key), nil},
		{"Ed25519VerificationKey2018", ed, nil},
		{"EcdsaSecp256r1VerificationKey2019", p256, nil},
		{"EcdsaSecp256r1VerificationKey2019", fmt.Sprintf(multibase, p256Key), nil},

		{"Multikey", ed, did.ErrKey}, {"Multikey", fmt.Sprintf(base58, base58Key), did.ErrKey},
		{"JsonWebKey2020", fmt.Sprintf(multibase, multikey), did.ErrKey},
		{"JsonWebKey2020", fmt.Sprintf(jwk, `{"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}`), did.ErrKey},
		{"JsonWebKey2020", fmt.Sprintf(jwk, `{"kty":"OKP","crv":"X25519","x":"AA"}`), did.ErrKey},
		{"Ed25519VerificationKey2020", fmt.Sprintf(multibase, p256Key), did.ErrKey},
		{"Ed25519VerificationKey2020", p256, did.ErrKey},
		{"Ed25519VerificationKey2020", fmt.Sprintf(base58, base58Key), did.ErrKey},
		{"Ed25519VerificationKey2018", fmt.Sprintf(multibase, multikey), did.ErrKey},
		{"Ed25519VerificationKey2018", fmt.Sprintf(base58, base58Key[:40]), did.ErrKey},
		{"Ed25519VerificationKey2018", fmt.Sprintf(base58, base58Key+"1"), did.ErrKey},
		{"Ed25519VerificationKey2018", fmt.Sprintf(base58, "1"+base58Key), did.ErrKey},
		{"Ed25519VerificationKey2018", fmt.Sprintf(base58, base58Self), did.ErrKey},
		{"Ed25519VerificationKey2018", fmt.Sprintf(base58, strings.Repeat("1", 32)), did.ErrKey}, // a point of small order
		{"Ed25519VerificationKey2018", fmt.Sprintf(base58, ""), did.ErrKey},
		{"Ed25519VerificationKey2018", `"publicKeyBase58":["` + base58Key + `"]`, did.ErrKey},
		{"Ed25519VerificationKey2018", p256, did.ErrKey},
		{"EcdsaSecp256r1VerificationKey2019", ed, did.ErrKey},
		{"EcdsaSecp256r1VerificationKey2019", fmt.Sprintf(multibase, multikey), did.ErrKey},
		{"EcdsaSecp256r1VerificationKey2019", fmt.Sprintf(multibase, "z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ"), did.ErrKey},
		{"EcdsaSecp256k1VerificationKey2019", p256, did.ErrKey},
		{"RsaVerificationKey2018", `"publicKeyPem":"-----BEGIN PUBLIC KEY-----"`, did.ErrKey},
		{"X25519KeyAgreementKey2020", fmt.Sprintf(multibase, multikey), did.ErrKey},
		{"ConditionalProof2022", `"conditionOr":[]`, did.ErrKey},
	}
	for _, c := range cases {
		document, err := did.ParseDocument([]byte(inDialect(c.kind, c.key)), eric)
		if err != nil {
			t.Errorf("%s with %s: %v", c.kind, c.key, err)
			continue
		}
		key, err := document.Key(eric + "#key-1")
		if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
			t.Errorf("%s with %s: %+v, %v", c.kind, c.key, key, err)
		}
		if err == nil && (key.Method != eric+"#key-1" || key.Controller != eric || key.Binding != did.ByDocument) {
			t.Errorf("%s with %s: %+v", c.kind, c.key, key)
		}
	}
	t.Logf("%d methods of %d types", len(cases), 9)
}

// The base58 of the old type is the key itself, without a prefix.
func TestBase58Key(t *testing.T) {
	t.Parallel()
	document, err := did.ParseDocument([]byte(inDialect("Ed25519VerificationKey2018", `"publicKeyBase58":"`+base58Key+`"`)), eric)
	if err != nil {
		t.Fatal(err)
	}
	key, err := document.Key(eric + "#key-1")
	if err != nil {
		t.Fatal(err)
	}
	want, err := did.DecodeMultikey(base58Self)
	if err != nil || !want.(ed25519.PublicKey).Equal(key.Public) {
		t.Errorf("%x, want %x, %v", key.Public, want, err)
	}
}

// Methods may be written out where they are for assertions, and one value may stand
// for a list of one.
func TestShapesOfDocuments(t *testing.T) {
	t.Parallel()
	method := `{"id":"%s","type":"Multikey","controller":"` + eric + `","publicKeyMultibase":"` + multikey + `"}`
	at := func(id string) string { return fmt.Sprintf(method, id) }
	for name, c := range map[string]struct {
		members string
		want    error
	}{
		"embedded":                       {`"assertionMethod":[` + at(eric+"#k") + `]`, nil},
		"embedded, relative":             {`"assertionMethod":[` + at("#k") + `]`, nil},
		"embedded, bare":                 {`"assertionMethod":` + at("#k"), nil},
		"embedded for another purpose":   {`"authentication":[` + at("#k") + `]`, did.ErrUnknownKey},
		"listed and named bare":          {`"verificationMethod":` + at("#k") + `,"assertionMethod":"#k"`, nil},
		"listed, named in full":          {`"verificationMethod":[` + at("#k") + `],"assertionMethod":["` + eric + `#k"]`, nil},
		"listed in full, named relative": {`"verificationMethod":[` + at(eric+"#k") + `],"assertionMethod":["#k"]`, nil},
		"listed, not named":              {`"verificationMethod":[` + at("#k") + `],"assertionMethod":[]`, did.ErrUnknownKey},
		"named, not listed":              {`"assertionMethod":["#k"]`, did.ErrUnknownKey},
		"relative without #":             {`"verificationMethod":[` + at("k") + `],"assertionMethod":["k"]`, did.ErrUnknownKey},
		"relative with a path":           {`"verificationMethod":[` + at("/keys#k") + `],"assertionMethod":["/keys#k"]`, did.ErrUnknownKey},
		"nothing at all":                 {`"service":[]`, did.ErrUnknownKey},
	} {
		document, err := did.ParseDocument([]byte(`{"id":"`+eric+`",`+c.members+`}`), eric)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, method := range []string{eric + "#k", "#k"} {
			_, err = did.Static{eric: document}.Resolve(t.Context(), eric, method)
			if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
				t.Errorf("%s, asked for %s: %v", name, method, err)
			}
		}
	}
}

// A key may stand in a document under an address of its own; and the same key under
// two names is found by its thumbprint if one of them is for assertions.
func TestKeysUnderTwoNames(t *testing.T) {
	t.Parallel()
	const address = "https://badges.example.fr/keys/1"
	method := `{"id":"%s","type":"Multikey","controller":"` + eric + `","publicKeyMultibase":"` + multikey + `"}`
	document, err := did.ParseDocument([]byte(`{"id":"`+eric+`","verificationMethod":[`+fmt.Sprintf(method, "#auth")+`,`+fmt.Sprintf(method, address)+`,`+
		fmt.Sprintf(method, "https://evil.example/keys/1")+`],"authentication":["#auth"],"assertionMethod":["`+address+`"]}`), eric)
	if err != nil {
		t.Fatal(err)
	}
	static := did.Static{eric: document}
	for _, method := range []string{address, did.ThumbprintURI(thumbprintOf(t, multikey)), "https://badges.example.fr/k/" + thumbprintOf(t, multikey)} {
		if key, err := static.Resolve(t.Context(), eric, method); err != nil || key.Method != address {
			t.Errorf("%s: %+v, %v", method, key, err)
		}
	}
	for _, method := range []string{"#auth", "https://evil.example/keys/1", "http://badges.example.fr/keys/1", "https://badges.example.fr:8443/keys/1"} {
		if key, err := static.Resolve(t.Context(), eric, method); !errors.Is(err, did.ErrUnknownKey) {
			t.Errorf("%s: %+v, %v", method, key, err)
		}
	}
}

// FuzzParseDocument: whatever a document says, its keys are of kinds that are
// verified here, its own, and unambiguous.
func FuzzParseDocument(f *testing.F) {
	f.Add([]byte(documentWith("")))
	f.Add([]byte(documentWith(`"revoked":"2026-11-22T10:00:00Z"`)))
	data, _ := json.Marshal(ericDocument(f))
	f.Add(data)
	f.Add([]byte(inDialect("Ed25519VerificationKey2018", `"publicKeyBase58":"`+base58Key+`"`)))
	f.Add([]byte(inDialect("Ed25519VerificationKey2020", `"publicKeyMultibase":"`+multikey+`"`)))
	f.Add([]byte(inDialect("JsonWebKey2020", `"publicKeyJwk":`+rfc7638)))
	f.Add([]byte(inDialect("EcdsaSecp256r1VerificationKey2019", `"publicKeyJwk":`+p256JWK(f))))
	f.Add([]byte(`{"id":"` + eric + `","assertionMethod":{"id":"https://badges.example.fr/k","type":"Multikey","controller":"` + eric + `","publicKeyMultibase":"` + multikey + `"}}`))
	f.Add([]byte(manyMethods(3, 2)))
	f.Fuzz(func(t *testing.T, data []byte) {
		document, err := did.ParseDocument(data, eric)
		if err != nil {
			if !errors.Is(err, did.ErrDocument) {
				t.Fatalf("without a family: %v", err)
			}
			return
		}
		seen := map[string]bool{}
		for _, method := range document.AssertionMethod {
			key, err := document.Key(method)
			if seen[method] {
				t.Fatalf("%s stands twice", method)
			}
			seen[method] = true
			if err != nil {
				continue
			}
			if key.Controller != eric || key.Method != method || key.Binding != did.ByDocument || did.CheckKey(key.Public) != nil {
				t.Fatalf("%s gives %+v", method, key)
			}
		}
	})
}
