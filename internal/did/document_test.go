package did_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"ramure/internal/did"
)

const eric = "did:web:badges.example.fr:issuers:eric"

// ericDocument is our document with one key of each kind.
func ericDocument(t testing.TB) did.Document {
	t.Helper()
	var keys []did.PublishedKey
	for _, public := range keysOfEachKind(t) {
		keys = append(keys, did.PublishedKey{Public: public})
	}
	document, err := did.NewDocument(eric, keys)
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func TestDocumentRoundTrip(t *testing.T) {
	t.Parallel()
	written := ericDocument(t)
	data, err := json.Marshal(written)
	if err != nil {
		t.Fatal(err)
	}
	read, err := did.ParseDocument(data, eric)
	if err != nil {
		t.Fatal(err)
	}
	for _, method := range written.AssertionMethod {
		ours, err := written.Key(method)
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := read.Key(method)
		if err != nil || !equal(ours.Public, theirs.Public) || theirs.Controller != eric || theirs.Method != method {
			t.Errorf("%s: %+v, %v", method, theirs, err)
		}
		thumbprint, _ := did.Thumbprint(ours.Public)
		if same, err := read.KeyByThumbprint(thumbprint); err != nil || same.Method != method {
			t.Errorf("%s is not found by its thumbprint: %v", method, err)
		}
	}
	if len(written.AssertionMethod) != 4 {
		t.Errorf("%d methods", len(written.AssertionMethod))
	}
}

// What verifiers of the market ask of a document: absolute ids as strings,
// Multikey for Ed25519 with its own text as fragment, a JWK for the others.
func TestNewDocumentForm(t *testing.T) {
	t.Parallel()
	revoked := time.Date(2026, 11, 22, 12, 0, 0, 0, time.FixedZone("", 3600))
	ed := keysOfEachKind(t)[0]
	document, err := did.NewDocument(eric, []did.PublishedKey{{Public: ed, Revoked: &revoked}})
	if err != nil {
		t.Fatal(err)
	}
	data, _ := json.Marshal(document)
	const key = "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"
	want := `{"@context":["https://www.w3.org/ns/did/v1","https://w3id.org/security/multikey/v1","https://w3id.org/security/jwk/v1"],` +
		`"id":"` + eric + `","verificationMethod":[{"id":"` + eric + `#` + key + `","type":"Multikey","controller":"` + eric + `",` +
		`"publicKeyMultibase":"` + key + `","revoked":"2026-11-22T11:00:00Z"}],"assertionMethod":["` + eric + `#` + key + `"]}`
	if string(data) != want {
		t.Errorf("%s\nwant\n%s", data, want)
	}
	if _, err := did.NewDocument(eric, []did.PublishedKey{{Public: "no key"}}); !errors.Is(err, did.ErrKey) {
		t.Errorf("a document with no key: %v", err)
	}
}

func TestKeyDates(t *testing.T) {
	t.Parallel()
	document, err := did.ParseDocument([]byte(documentWith(`"expires":"2027-01-01T00:00:00Z","revoked":"2026-12-01T10:00:00.5+01:00"`)), eric)
	if err != nil {
		t.Fatal(err)
	}
	key, err := document.Key(eric + "#k")
	if err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2026, 12, 1, 9, 0, 0, 500e6, time.UTC); key.Revoked == nil || !key.Revoked.Equal(want) {
		t.Errorf("revoked %v", key.Revoked)
	}
	if want := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC); key.Expires == nil || !key.Expires.Equal(want) {
		t.Errorf("expires %v", key.Expires)
	}
}

func TestJWKReservesItsAlgorithm(t *testing.T) {
	t.Parallel()
	text := strings.Replace(documentWith(""), `"type":"Multikey","publicKeyMultibase":"`+multikey+`"`, `"type":"JsonWebKey","publicKeyJwk":`+rfc7638, 1)
	document, err := did.ParseDocument([]byte(text), eric)
	if err != nil {
		t.Fatal(err)
	}
	key, err := document.Key(eric + "#k")
	if err != nil || !key.Allows("RS256") || key.Allows("PS256") {
		t.Errorf("%+v, %v", key, err)
	}
}

const multikey = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"

// documentWith is a good document of one method "#k", with more members in it.
func documentWith(members string) string {
	if members != "" {
		members = "," + members
	}
	return `{"@context":["https://www.w3.org/ns/did/v1"],"id":"` + eric + `","verificationMethod":[{"id":"` + eric + `#k","controller":"` + eric +
		`","type":"Multikey","publicKeyMultibase":"` + multikey + `"` + members + `}],"assertionMethod":["` + eric + `#k"],"service":[{"id":"#x"}]}`
}

func TestParseDocumentRefuses(t *testing.T) {
	t.Parallel()
	good := documentWith("")
	if _, err := did.ParseDocument([]byte(good), eric); err != nil {
		t.Fatal(err)
	}
	method := `{"id":"` + eric + `#k","controller":"` + eric + `","type":"Multikey","publicKeyMultibase":"` + multikey + `"}`
	for name, text := range map[string]string{
		"empty":                    ``,
		"not JSON":                 `did`,
		"list":                     `[` + good + `]`,
		"cut":                      good[:len(good)-1],
		"id of another":            strings.Replace(good, `"id":"`+eric+`",`, `"id":"did:web:evil.example",`, 1),
		"id in another case":       strings.Replace(good, `"id":"`+eric+`",`, `"ID":"`+eric+`",`, 1),
		"no id":                    strings.Replace(good, `"id":"`+eric+`",`, ``, 1),
		"id twice":                 strings.Replace(good, `"id":"`+eric+`",`, `"id":"`+eric+`","id":"`+eric+`",`, 1),
		"id twice by escape":       strings.Replace(good, `"id":"`+eric+`",`, `"id":"`+eric+`","\u0069d":"did:web:evil.example",`, 1),
		"method twice":             strings.Replace(good, method, method+`,`+method, 1),
		"method twice, relative":   strings.Replace(good, method, method+`,`+strings.Replace(method, eric+"#k", "#k", 1), 1),
		"method twice, embedded":   strings.Replace(good, `"assertionMethod":["`+eric+`#k"]`, `"assertionMethod":[`+method+`]`, 1),
		"method is a string":       strings.Replace(good, method, `"`+eric+`#k"`, 1),
		"methods are a string":     strings.Replace(good, `[`+method+`]`, `"`+eric+`#k"`, 1),
		"assertion twice":          strings.Replace(good, `"assertionMethod":["`+eric+`#k"]`, `"assertionMethod":["`+eric+`#k","`+eric+`#k"]`, 1),
		"assertion twice, shorter": strings.Replace(good, `"assertionMethod":["`+eric+`#k"]`, `"assertionMethod":["`+eric+`#k","#k"]`, 1),
		"assertion a number":       strings.Replace(good, `"assertionMethod":["`+eric+`#k"]`, `"assertionMethod":[1]`, 1),
		"assertion null":           strings.Replace(good, `"assertionMethod":["`+eric+`#k"]`, `"assertionMethod":[null]`, 1),
		"private key":              documentWith(`"secretKeyMultibase":"z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"`),
		"private key of old":       documentWith(`"privateKeyBase58":"4"`),
		"private JWK":              strings.Replace(good, `"type":"Multikey","publicKeyMultibase":"`+multikey+`"`, `"type":"JsonWebKey","publicKeyJwk":{"kty":"OKP","crv":"Ed25519","d":"AA","x":"AA"}`, 1),
		"private JWK elsewhere":    strings.Replace(good, method, method+`,{"id":"did:web:evil.example#k","publicKeyJwk":{"kty":"oct","k":"AA"}}`, 1),
		"too many methods":         strings.Replace(good, method, strings.Repeat(method+`,`, 256)+method, 1),
		"too many in two places":   manyMethods(200, 100),
	} {
		if text == good {
			t.Fatalf("%s: the case is the good document", name)
		}
		if _, err := did.ParseDocument([]byte(text), eric); !errors.Is(err, did.ErrDocument) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := did.ParseDocument([]byte(`{"id":""}`), ""); !errors.Is(err, did.ErrDocument) {
		t.Errorf("a document of nobody: %v", err)
	}
}

// manyMethods is a document with so many methods in each of its two places.
func manyMethods(listed, embedded int) string {
	write := func(from, to int) string {
		var methods []string
		for n := range to - from {
			methods = append(methods, fmt.Sprintf(`{"id":"#%d"}`, from+n))
		}
		return strings.Join(methods, ",")
	}
	return `{"id":"` + eric + `","verificationMethod":[` + write(0, listed) + `],"assertionMethod":[` + write(listed, listed+embedded) + `]}`
}

// What is in doubt about one method takes its key away, and nobody else's.
func TestMethodsInDoubt(t *testing.T) {
	t.Parallel()
	const other = `,"type":"Multikey","publicKeyMultibase":"z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"}`
	good := strings.Replace(documentWith(""), `],"assertionMethod":[`, `,{"id":"`+eric+`#sound","controller":"`+eric+`"`+other+`],"assertionMethod":["`+eric+`#sound",`, 1)
	first := func(old, new string) string { return strings.Replace(good, old, new, 1) }
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"of another document":      {first(`"id":"`+eric+`#k"`, `"id":"did:web:evil.example#k"`), did.ErrUnknownKey},
		"of a longer name":         {first(`"id":"`+eric+`#k"`, `"id":"`+eric+`s#k"`), did.ErrUnknownKey},
		"without fragment":         {first(`"id":"`+eric+`#k"`, `"id":"`+eric+`#"`), did.ErrUnknownKey},
		"with two #":               {first(`"id":"`+eric+`#k"`, `"id":"`+eric+`#k#k"`), did.ErrUnknownKey},
		"without id":               {first(`"id":"`+eric+`#k",`, ``), did.ErrUnknownKey},
		"id in a list":             {first(`"id":"`+eric+`#k"`, `"id":["`+eric+`#k"]`), did.ErrUnknownKey},
		"of another controller":    {first(`"controller":"`+eric+`"`, `"controller":"did:web:evil.example"`), did.ErrUnknownKey},
		"without controller":       {first(`"controller":"`+eric+`",`, ``), did.ErrUnknownKey},
		"of a list of controllers": {first(`"controller":"`+eric+`"`, `"controller":["`+eric+`"]`), did.ErrUnknownKey},
		"not for assertions":       {first(`"`+eric+`#sound","`+eric+`#k"`, `"`+eric+`#sound"`), did.ErrUnknownKey},
		"vouched for elsewhere":    {first(`"`+eric+`#sound","`+eric+`#k"`, `"`+eric+`#sound","did:web:evil.example#k"`), did.ErrUnknownKey},
		"without type":             {first(`"type":"Multikey",`, ``), did.ErrKey},
		"of an unknown type":       {first(`"type":"Multikey"`, `"type":"EcdsaSecp256k1VerificationKey2019"`), did.ErrKey},
		"with types":               {first(`"type":"Multikey"`, `"type":["Multikey"]`), did.ErrKey},
		"type in another case":     {first(`"type":"Multikey"`, `"type":"MultiKey"`), did.ErrKey},
		"without key":              {first(`"publicKeyMultibase":"`+multikey+`"`, `"comment":"none"`), did.ErrKey},
		"key of another form":      {first(`"publicKeyMultibase":"`+multikey+`"`, `"publicKeyBase58":"`+multikey[1:]+`"`), did.ErrKey},
		"two forms":                {first(`"type":"Multikey"`, `"type":"Multikey","publicKeyJwk":`+rfc8037), did.ErrKey},
		"a form nobody knows":      {first(`"type":"Multikey"`, `"type":"Multikey","publicKeyPem":"x"`), did.ErrKey},
		"key a number":             {first(`"publicKeyMultibase":"`+multikey+`"`, `"publicKeyMultibase":1`), did.ErrKey},
		"key a text for a JWK":     {first(`"type":"Multikey","publicKeyMultibase":"`+multikey+`"`, `"type":"JsonWebKey","publicKeyJwk":"x"`), did.ErrKey},
		"day of revocation":        {first(`"type":"Multikey"`, `"type":"Multikey","revoked":"2026-11-22"`), did.ErrKey},
		"zoneless revocation":      {first(`"type":"Multikey"`, `"type":"Multikey","revoked":"2026-11-22T10:00:00"`), did.ErrKey},
		"comma in revocation":      {first(`"type":"Multikey"`, `"type":"Multikey","revoked":"2026-11-22T10:00:00,5Z"`), did.ErrKey},
		"revocation null":          {first(`"type":"Multikey"`, `"type":"Multikey","revoked":null`), did.ErrKey},
		"revocation true":          {first(`"type":"Multikey"`, `"type":"Multikey","revoked":true`), did.ErrKey},
		"expiry a number":          {first(`"type":"Multikey"`, `"type":"Multikey","expires":1795341600`), did.ErrKey},
	} {
		if c.text == good {
			t.Fatalf("%s: the case is the good document", name)
		}
		document, err := did.ParseDocument([]byte(c.text), eric)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if key, err := document.Key(eric + "#k"); !errors.Is(err, c.want) || key.Public != nil {
			t.Errorf("%s: %+v, %v", name, key, err)
		}
		if _, err := document.KeyByThumbprint(thumbprintOf(t, multikey)); !errors.Is(err, did.ErrUnknownKey) {
			t.Errorf("%s, by thumbprint: %v", name, err)
		}
		if _, err := document.Key(eric + "#sound"); err != nil {
			t.Errorf("%s: the key beside it: %v", name, err)
		}
	}
}

func thumbprintOf(t testing.TB, multikey string) string {
	t.Helper()
	public, err := did.DecodeMultikey(multikey)
	if err != nil {
		t.Fatal(err)
	}
	thumbprint, err := did.Thumbprint(public)
	if err != nil {
		t.Fatal(err)
	}
	return thumbprint
}

func TestKeyRefuses(t *testing.T) {
	t.Parallel()
	noAssertion := strings.Replace(documentWith(""), `"assertionMethod":["`+eric+`#k"]`, `"authentication":["`+eric+`#k"]`, 1)
	otherKey := strings.Replace(documentWith(""), multikey, "zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme", 1)
	for _, c := range []struct {
		name, text, method string
		want               error
	}{
		{"for authentication only", noAssertion, eric + "#k", did.ErrUnknownKey},
		{"unknown fragment", documentWith(""), eric + "#other", did.ErrUnknownKey},
		{"bare identifier", documentWith(""), eric, did.ErrUnknownKey},
		{"relative", documentWith(""), "#k", did.ErrUnknownKey},
		{"curve not verified here", otherKey, eric + "#k", did.ErrKey},
	} {
		document, err := did.ParseDocument([]byte(c.text), eric)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if key, err := document.Key(c.method); !errors.Is(err, c.want) || key.Public != nil {
			t.Errorf("%s: %+v, %v", c.name, key, err)
		}
	}
}
