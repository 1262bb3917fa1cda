package e2e

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"

	"ramure/internal/did"
)

// tokenAttacks are VC-JWTs that the issuer's own key signed around a header, a
// payload or a spelling that nobody may accept (RFC 8725; Open Badges 3.0 §8.2).
func tokenAttacks(t *testing.T) corpus {
	s := newSmith(t)
	tokens := map[string]string{}
	for _, family := range []func() map[string]string{
		s.algorithms, s.headers, s.types, s.headerJSON, s.claims, s.payloadJSON, s.spellings, s.shapes, s.wrongKeys,
	} {
		for name, token := range family() {
			if tokens[name] != "" {
				t.Fatalf("%q stands twice", name)
			}
			tokens[name] = token
		}
	}
	here := elsewhere{}
	here.mustHold(t, "token", []byte(s.good))
	return corpus{name: "attacks on VC-JWTs", least: 180, attacks: refusing(here, func(yield func(string, []byte) bool) {
		for _, name := range slices.Sorted(maps.Keys(tokens)) {
			if !yield(name, []byte(tokens[name])) {
				return
			}
		}
	})}
}

// refusing makes attacks of inputs none of which may hold.
func refusing(here elsewhere, inputs iter.Seq2[string, []byte]) iter.Seq[attack] {
	return func(yield func(attack) bool) {
		for name, input := range inputs {
			ask := func(ctx context.Context) string { return here.refused(ctx, input) }
			if !yield(attack{name, ask}) {
				return
			}
		}
	}
}

// smith makes tokens with the keys of an attacker.
type smith struct {
	attacker
	issuer, kid string
	payload     map[string]any // with its claims
	good        string
}

func newSmith(t testing.TB) smith {
	s := smith{attacker: newAttacker(t)}
	s.issuer, s.kid = s.didJWK("EdDSA")
	s.payload = withClaims(badgeOf(s.issuer))
	s.good = s.under(`{"alg":"EdDSA","typ":"JWT","kid":"` + s.kid + `"}`)
	return s
}

// withClaims adds to a credential what its JWT repeats.
func withClaims(doc map[string]any) map[string]any {
	doc["iss"], doc["jti"] = doc["issuer"].(map[string]any)["id"], doc["id"]
	doc["sub"], doc["nbf"] = doc["credentialSubject"].(map[string]any)["id"], dawn.Unix()
	return doc
}

func enc[T string | []byte](data T) string { return base64.RawURLEncoding.EncodeToString([]byte(data)) }

// under signs the payload under any header.
func (s smith) under(header string) string {
	return s.input(enc(header) + "." + enc(written(s.t, s.payload)))
}

// around signs any payload under a good header.
func (s smith) around(payload []byte) string {
	return s.input(enc(`{"alg":"EdDSA","typ":"JWT","kid":"`+s.kid+`"}`) + "." + enc(payload))
}

// input signs any first two parts.
func (s smith) input(input string) string {
	return input + "." + enc(ed25519.Sign(s.keys["EdDSA"].(ed25519.PrivateKey), []byte(input)))
}

// header is a good header with one more member, or another.
func (s smith) header(members ...string) string {
	return `{"alg":"EdDSA","typ":"JWT","kid":"` + s.kid + `",` + strings.Join(members, ",") + `}`
}

func (s smith) algorithms() map[string]string {
	list := map[string]string{}
	for _, alg := range []string{`"none"`, `"None"`, `"NONE"`, `"nOnE"`, `"HS256"`, `"ES512"`, `"ES256K"`, `"Ed448"`, `"RS1"`, `"eddsa"`,
		`"EdDSA "`, `"EdDSA\u0000"`, `""`, `null`, `7`, `true`, `["EdDSA"]`, `{"EdDSA":1}`, `"RS256"`, `"ES256"`, `"PS256"`} {
		header := `{"alg":` + alg + `,"kid":"` + s.kid + `"}`
		list["alg "+alg] = s.under(header)
		list["alg "+alg+", no signature"] = enc(header) + "." + enc(written(s.t, s.payload)) + "."
	}
	for _, alg := range []string{"EdDSA", "ES256", "RS256"} {
		for name, secret := range secrets(s.t, s.keys[alg].Public()) {
			list["HS256 with the "+alg+" key's "+name] = s.hmac(alg, secret)
		}
	}
	return list
}

// secrets are texts of a public key that a confused verifier takes for a secret.
func secrets(t testing.TB, public crypto.PublicKey) map[string][]byte {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	jwk, err := did.JWK(public)
	if err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{"DER": der, "JWK": jwk, "base64": []byte(base64.StdEncoding.EncodeToString(der))}
}

func (s smith) hmac(alg string, secret []byte) string {
	issuer, kid := s.didJWK(alg)
	input := enc(`{"alg":"HS256","kid":"`+kid+`"}`) + "." + enc(written(s.t, withClaims(badgeOf(issuer))))
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(input))
	return input + "." + enc(mac.Sum(nil))
}

func (s smith) headers() map[string]string {
	jwk, err := did.JWK(newAttacker(s.t).keys["EdDSA"].Public())
	s.must(err)
	other := string(jwk)
	list := map[string]string{}
	for name, member := range map[string]string{
		"jku": `"jku":"https://evil.example/jwks.json"`, "JKU": `"JKU":"https://evil.example/jwks.json"`,
		"jku with Kelvin": `"j\u212au":"https://evil.example/jwks.json"`, "x5u": `"x5u":"https://evil.example/c.pem"`,
		"X5U": `"X5U":"https://evil.example/c.pem"`, "x5c": `"x5c":["MIIB"]`, "x5t": `"x5t":"AAAA"`, "x5t#S256": `"x5t#S256":"AAAA"`,
		"crit empty": `"crit":[]`, "crit of ours": `"crit":["alg"]`, "crit unknown": `"crit":["http://evil.example/x"],"http://evil.example/x":1`,
		"crit exp": `"crit":["exp"],"exp":1`, "Crit": `"Crit":["exp"]`, "b64 false": `"b64":false,"crit":["b64"]`,
		"b64 false, uncritical": `"b64":false`, "b64 true": `"b64":true`, "zip": `"zip":"DEF"`, "enc": `"enc":"A256GCM"`,
		"epk": `"epk":` + other, "p2c": `"p2c":2147483647,"p2s":"AAAA"`, "KID beside kid": `"KID":"https://evil.example/k"`,
		"Kelvin kid": `"\u212aid":"x"`, "TYP": `"TYP":"JWT"`, "ALG": `"ALG":"none"`, "JWK": `"JWK":` + other,
		"jwk symmetric": `"jwk":{"kty":"oct","k":"AAAA"}`, "jwk text": `"jwk":"` + enc(other) + `"`, "jwk null": `"jwk":null`,
		"jwk with d": `"jwk":` + strings.Replace(other, `"kty"`, `"d":"AAAA","kty"`, 1),
		"kid twice":  `"kid":"x"`, "alg twice": `"alg":"none"`, "typ twice": `"typ":"at+jwt"`, "nested twice": `"x":{"a":1,"a":2}`,
	} {
		list["header "+name] = s.under(s.header(member))
	}
	for name, kid := range map[string]string{
		"null": `null`, "number": `1`, "list": `["` + s.kid + `"]`, "empty": `""`, "SQL": `"x' OR '1'='1"`, "blank": `"a b"`,
		"break": `"a\r\nHost: evil.example"`, "NUL": `"a\u0000b"`, "path": `"../../etc/passwd"`, "backslash": `"..\\..\\etc"`,
		"file": `"file:///etc/passwd"`, "not ASCII": `"https://médiation.example/k"`, "of 2,001": `"` + strings.Repeat("k", 2001) + `"`,
		"of another key": `"did:jwk:` + enc(other) + `#0"`, "fragment of nothing": `"` + s.issuer + `#1"`, "no fragment": `"` + s.issuer + `"`,
		"two fragments": `"` + s.kid + `#0"`, "query": `"` + s.issuer + `?x#0"`, "thumbprint of nothing": `"urn:ietf:params:oauth:jwk-thumbprint:sha-256:AAAA"`,
		"an address": `"https://evil.example/keys/1"`, "an address here": `"http://127.0.0.1/keys/1"`, "data": `"data:application/json,{}"`,
	} {
		list["kid "+name] = s.under(`{"alg":"EdDSA","kid":` + kid + `}`)
	}
	return list
}

func (s smith) types() map[string]string {
	list := map[string]string{}
	for _, typ := range []string{`"at+jwt"`, `"dpop+jwt"`, `"logout+jwt"`, `"id_token+jwt"`, `"secevent+jwt"`, `"JOSE+JSON"`, `"JOSE"`, `"jwt"`, `"Jwt"`,
		`"VC+JWT"`, `"application/vc+jwt"`, `"vc+sd-jwt"`, `"dc+sd-jwt"`, `" JWT"`, `""`, `null`, `1`, `["JWT"]`} {
		list["typ "+typ] = s.under(`{"alg":"EdDSA","typ":` + typ + `,"kid":"` + s.kid + `"}`)
	}
	return list
}

func (s smith) headerJSON() map[string]string {
	good := s.header(`"x":1`)
	list := map[string]string{}
	for name, header := range map[string]string{
		"empty object": `{}`, "empty": ` `, "list": "[" + good + "]", "text": `"EdDSA"`, "null": `null`, "two values": good + good, "more after": good + " x",
		"comma at the end": good[:len(good)-1] + ",}", "comment": good[:len(good)-1] + "/**/}", "byte order mark": "\ufeff" + good,
		"UTF-16": "{\x00\"\x00a\x00", "broken UTF-8": s.header("\"x\":\"\xff\""), "raw control": s.header("\"x\":\"\x01\""), "cut": good[:len(good)-1],
		"very deep": s.header(`"x":` + strings.Repeat("[", 3000) + strings.Repeat("]", 3000)), "very long": s.header(`"x":"` + strings.Repeat("x", 9<<10) + `"`),
		"alg by escape": strings.Replace(good, "alg", `\u0061lg","alg`, 1), "single quotes": strings.ReplaceAll(good, `"`, `'`),
	} {
		list["header JSON: "+name] = s.under(header)
	}
	return list
}
