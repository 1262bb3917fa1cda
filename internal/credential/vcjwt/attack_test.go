package vcjwt_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/json"
	"encoding/pem"
	"errors"
	"math/big"
	"strings"
	"testing"

	jose "github.com/go-jose/go-jose/v4"

	"ramure/internal/credential/vcjwt"
	"ramure/internal/did"
)

// attack is a token that must not verify under key, the key of the issuer that it
// names. Where want is set, it says which guard must have stopped it.
type attack struct {
	name, token string
	key         crypto.PublicKey
	want        error
}

func TestAttacks(t *testing.T) {
	t.Parallel()
	f := newForge(t)
	var attacks []attack
	for _, family := range []func() []attack{f.algorithms, f.headers, f.types, f.headerJSON, f.spellings, f.shapes, f.keys, f.signatures, f.schemes} {
		attacks = append(attacks, family()...)
	}
	seen := map[string]bool{}
	for _, a := range attacks {
		if seen[a.name] {
			t.Fatalf("%s stands twice", a.name)
		}
		seen[a.name] = true
		payload, err := open(a)
		if err == nil || payload != nil {
			t.Errorf("%s: let through", a.name)
		} else if a.want != nil && !errors.Is(err, a.want) {
			t.Errorf("%s: stopped by another guard: %v", a.name, err)
		}
	}
	t.Logf("%d attacks, each refused", len(attacks))
	if len(attacks) < 240 {
		t.Errorf("only %d attacks", len(attacks))
	}
}

func open(a attack) ([]byte, error) {
	token, err := vcjwt.Parse(a.token)
	if err != nil {
		return nil, err
	}
	return token.Verify(a.key)
}

func (f forge) algorithms() []attack {
	list := []attack{
		{"none without signature", enc(`{"alg":"none"}`) + "." + enc(payload) + ".", f.edPublic, vcjwt.ErrMalformed},
		{"HS256 with the RSA key's DER", f.hmac("HS256", pkix(f.rsa.Public())), f.rsa.Public(), vcjwt.ErrRefused},
		{"HS256 with the RSA key's PEM", f.hmac("HS256", pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: pkix(f.rsa.Public())})), f.rsa.Public(), vcjwt.ErrRefused},
		{"HS256 with the modulus", f.hmac("HS256", f.rsa.N.Bytes()), f.rsa.Public(), vcjwt.ErrRefused},
		{"HS256 with the EC key's DER", f.hmac("HS256", pkix(f.ec.Public())), f.ec.Public(), vcjwt.ErrRefused},
		{"HS256 with the Ed25519 key", f.hmac("HS256", f.edPublic.(ed25519.PublicKey)), f.edPublic, vcjwt.ErrRefused},
		{"RS256 that is an HMAC", f.hmac("RS256", pkix(f.rsa.Public())), f.rsa.Public(), vcjwt.ErrSignature},
		{"HS256 under a byte key", f.hmac("HS256", []byte("k")), []byte("k"), vcjwt.ErrRefused},
		{"EdDSA under a byte key", f.good, []byte(f.edPublic.(ed25519.PublicKey)), vcjwt.ErrKey},
		{"RS384", f.library(jose.RS384, f.rsa), f.rsa.Public(), vcjwt.ErrRefused},
		{"RS512", f.library(jose.RS512, f.rsa), f.rsa.Public(), vcjwt.ErrRefused},
		{"PS384", f.library(jose.PS384, f.rsa), f.rsa.Public(), vcjwt.ErrRefused},
		{"PS512", f.library(jose.PS512, f.rsa), f.rsa.Public(), vcjwt.ErrRefused},
		{"RS256 header around PS256", f.rewrap(f.library(jose.PS256, f.rsa), `{"alg":"RS256"}`), f.rsa.Public(), vcjwt.ErrSignature},
		{"PS256 header around RS256", f.rewrap(f.library(jose.RS256, f.rsa), `{"alg":"PS256"}`), f.rsa.Public(), vcjwt.ErrSignature},
	}
	for _, alg := range []string{`"none"`, `"None"`, `"NONE"`, `"nOnE"`, `"ES512"`, `"ES256K"`, `"Ed448"`, `"RS1"`, `"eddsa"`, `"EdDSA "`, `"EdDSA\u0000"`, `""`, `null`, `7`, `true`, `["EdDSA"]`, `{"EdDSA":1}`} {
		list = append(list, attack{"alg " + alg, f.eddsa(`{"alg":` + alg + `}`), f.edPublic, nil})
	}
	return list
}

func (f forge) headers() []attack {
	list := []attack{
		{"jwk of the attacker", f.withKey(`{"alg":"EdDSA","jwk":`+f.otherJWK+`}`, f.attackers), f.edPublic, vcjwt.ErrSignature},
		{"jwk of the attacker, kid of the issuer", f.withKey(`{"alg":"EdDSA","kid":"`+kid+`","jwk":`+f.otherJWK+`}`, f.attackers), f.edPublic, vcjwt.ErrSignature},
	}
	for name, member := range map[string]string{
		"jwk with d":           `"jwk":` + strings.Replace(f.otherJWK, `"kty"`, `"d":"AAAA","kty"`, 1),
		"jwk symmetric":        `"jwk":{"kty":"oct","k":"AAAA"}`,
		"jwk text":             `"jwk":"` + enc(f.otherJWK) + `"`,
		"jwk null":             `"jwk":null`,
		"jwk RSA 512":          `"jwk":{"kty":"RSA","n":"` + enc(string(f.rsa.N.Bytes()[:64])) + `","e":"AQAB"}`,
		"jwk off the curve":    `"jwk":{"kty":"EC","crv":"P-256","x":"` + enc(strings.Repeat("a", 32)) + `","y":"` + enc(strings.Repeat("b", 32)) + `"}`,
		"jwk of order 1":       `"jwk":{"kty":"OKP","crv":"Ed25519","x":"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}`,
		"jku":                  `"jku":"https://evil.example/jwks.json"`,
		"jku in capitals":      `"JKU":"https://evil.example/jwks.json"`,
		"jku with Kelvin":      `"j\u212au":"https://evil.example/jwks.json"`,
		"x5u":                  `"x5u":"https://evil.example/cert.pem"`,
		"X5U":                  `"X5U":"https://evil.example/cert.pem"`,
		"x5c":                  `"x5c":["MIIB"]`,
		"x5t":                  `"x5t":"AAAA"`,
		"x5t#S256":             `"x5t#S256":"AAAA"`,
		"crit empty":           `"crit":[]`,
		"crit of ours":         `"crit":["alg"]`,
		"crit unknown":         `"crit":["http://evil.example/x"],"http://evil.example/x":1`,
		"crit exp":             `"crit":["exp"],"exp":1`,
		"Crit":                 `"Crit":["exp"]`,
		"b64 false":            `"b64":false,"crit":["b64"]`,
		"b64 false uncritical": `"b64":false`,
		"b64 true":             `"b64":true`,
		"zip":                  `"zip":"DEF"`,
		"enc":                  `"enc":"A256GCM"`,
		"epk":                  `"epk":` + f.otherJWK,
		"p2c":                  `"p2c":2147483647,"p2s":"AAAA"`,
		"kid null":             `"kid":null`,
		"kid number":           `"kid":1`,
		"kid list":             `"kid":["` + kid + `"]`,
		"kid empty":            `"kid":""`,
		"kid with SQL":         `"kid":"x' OR '1'='1"`,
		"kid with a blank":     `"kid":"a b"`,
		"kid with a break":     `"kid":"a\r\nHost: evil.example"`,
		"kid with NUL":         `"kid":"a\u0000b"`,
		"kid with backslash":   `"kid":"..\\..\\etc"`,
		"kid not ASCII":        `"kid":"https://médiation.example/k"`,
		"kid of 2,001":         `"kid":"` + strings.Repeat("k", 2001) + `"`,
		"KID beside kid":       `"kid":"` + kid + `","KID":"https://evil.example/k"`,
		"Kelvin kid":           `"\u212aid":"` + kid + `"`,
		"TYP":                  `"TYP":"JWT"`,
		"JWK":                  `"JWK":` + f.otherJWK,
	} {
		list = append(list, attack{name, f.eddsa(`{"alg":"EdDSA",` + member + `}`), f.edPublic, nil})
	}
	return list
}

func (f forge) types() []attack {
	var list []attack
	for _, typ := range []string{`"at+jwt"`, `"dpop+jwt"`, `"logout+jwt"`, `"id_token+jwt"`, `"secevent+jwt"`, `"JOSE+JSON"`, `"JOSE"`, `"jwt"`, `"Jwt"`, `"VC+JWT"`, `"application/vc+jwt"`, `"vp+jwt"`, `"vc+sd-jwt"`, `"dc+sd-jwt"`, `" JWT"`, `""`, `null`, `1`, `["JWT"]`} {
		list = append(list, attack{"typ " + typ, f.eddsa(`{"alg":"EdDSA","typ":` + typ + `}`), f.edPublic, nil})
	}
	return list
}

func (f forge) headerJSON() []attack {
	var list []attack
	for name, header := range map[string]string{
		"alg twice":           `{"alg":"none","alg":"EdDSA"}`,
		"alg twice, reversed": `{"alg":"EdDSA","alg":"none"}`,
		"alg twice by escape": `{"alg":"EdDSA","\u0061lg":"none"}`,
		"ALG beside alg":      `{"alg":"EdDSA","ALG":"none"}`,
		"only Alg":            `{"Alg":"EdDSA"}`,
		"kid twice":           `{"alg":"EdDSA","kid":"a","kid":"b"}`,
		"typ twice":           `{"alg":"EdDSA","typ":"JWT","typ":"at+jwt"}`,
		"nested twice":        `{"alg":"EdDSA","x":{"a":1,"a":2}}`,
		"empty object":        `{}`,
		"empty text":          ` `,
		"list":                `[{"alg":"EdDSA"}]`,
		"text":                `"EdDSA"`,
		"null":                `null`,
		"two values":          `{"alg":"EdDSA"}{"alg":"none"}`,
		"more after":          `{"alg":"EdDSA"} x`,
		"comma at the end":    `{"alg":"EdDSA",}`,
		"single quotes":       `{'alg':'EdDSA'}`,
		"comment":             `{"alg":"EdDSA"/**/}`,
		"byte order mark":     "\ufeff" + `{"alg":"EdDSA"}`,
		"UTF-16":              "{\x00\"\x00a\x00",
		"broken UTF-8":        "{\"alg\":\"EdDSA\",\"x\":\"\xff\"}",
		"raw control":         "{\"alg\":\"EdDSA\",\"x\":\"\x01\"}",
		"cut":                 `{"alg":"EdDSA"`,
		"very deep":           `{"alg":"EdDSA","x":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `}`,
		"very long":           `{"alg":"EdDSA","x":"` + strings.Repeat("x", 8<<10) + `"}`,
	} {
		list = append(list, attack{"header: " + name, f.eddsa(header), f.edPublic, nil})
	}
	return list
}

// spellings are other texts for the bytes of a signed token. The bare library
// accepts most of them.
func (f forge) spellings() []attack {
	parts := strings.Split(f.good, ".")
	var list []attack
	for i, part := range []string{"header", "payload", "signature"} {
		for name, change := range map[string]func(string) string{
			"padded":          func(s string) string { return s + strings.Repeat("=", (4-len(s)%4)%4+1) },
			"line break":      func(s string) string { return s[:9] + "\n" + s[9:] },
			"CR LF":           func(s string) string { return s[:9] + "\r\n" + s[9:] },
			"break at end":    func(s string) string { return s + "\n" },
			"blank in front":  func(s string) string { return " " + s },
			"tab":             func(s string) string { return s[:9] + "\t" + s[9:] },
			"NUL":             func(s string) string { return s + "\x00" },
			"percent":         func(s string) string { return strings.Replace(s, s[:1], "%"+enc(s[:1]), 1) },
			"one letter more": func(s string) string { return s + "A" },
			"empty":           func(string) string { return "" },
			"long s":          func(s string) string { return s[:9] + "ſ" + s[9:] },
			"plus":            func(s string) string { return s[:8] + "++++" + s[12:] },
		} {
			changed := append([]string{}, parts...)
			changed[i] = change(parts[i])
			list = append(list, attack{part + ": " + name, strings.Join(changed, "."), f.edPublic, nil})
		}
	}
	for i, part := range []string{"payload", "signature"} {
		changed := append([]string{}, parts...)
		changed[i+1] = spareBits(parts[i+1])
		if changed[i+1] != parts[i+1] {
			list = append(list, attack{part + ": spare bits", strings.Join(changed, "."), f.edPublic, vcjwt.ErrMalformed})
		}
	}
	for pad := range 2 { // headers of a length that leaves spare bits
		input := spareBits(enc(`{"alg":"EdDSA","x":"` + strings.Repeat("x", pad) + `"}`))
		list = append(list, attack{"header: spare bits " + string(rune('a'+pad)), f.eddsaInput(input + "." + enc(payload)), f.edPublic, vcjwt.ErrMalformed})
	}
	return list
}

func (f forge) shapes() []attack {
	parts := strings.Split(f.good, ".")
	flattened, _ := json.Marshal(map[string]any{"protected": parts[0], "payload": parts[1], "signature": parts[2], "header": map[string]string{"kid": kid}})
	general, _ := json.Marshal(map[string]any{"payload": parts[1], "signatures": []any{map[string]any{"protected": parts[0], "signature": parts[2], "header": map[string]string{"kid": kid}}}})
	var list []attack
	for name, token := range map[string]string{
		"nothing":            "",
		"one part":           parts[0],
		"two parts":          parts[0] + "." + parts[1],
		"four parts":         f.good + "." + parts[2],
		"five parts (JWE)":   f.good + "." + parts[2] + "." + parts[2],
		"three dots only":    "...",
		"two dots only":      "..",
		"a million dots":     strings.Repeat(".", 1<<20),
		"dot in front":       "." + f.good,
		"dot at the end":     f.good + ".",
		"detached":           parts[0] + ".." + parts[2],
		"flattened JSON":     string(flattened),
		"general JSON":       string(general),
		"in quotes":          `"` + f.good + `"`,
		"Bearer":             "Bearer " + f.good,
		"twice":              f.good + f.good,
		"two lines":          f.good + "\n" + f.good,
		"SD-JWT":             f.good + "~",
		"parts reversed":     parts[2] + "." + parts[1] + "." + parts[0],
		"over 512 KiB":       f.eddsaInput(parts[0] + "." + strings.Repeat("A", 512<<10)),
		"no signature":       parts[0] + "." + parts[1] + ".",
		"payload exchanged":  parts[0] + "." + enc(`{"iss":"evil"}`) + "." + parts[2],
		"header exchanged":   enc(`{"alg":"EdDSA"}`) + "." + parts[1] + "." + parts[2],
		"signature of other": parts[0] + "." + parts[1] + "." + f.eddsa(`{"alg":"EdDSA"}`)[len(enc(`{"alg":"EdDSA"}`)+enc(payload))+2:],
	} {
		list = append(list, attack{"shape: " + name, token, f.edPublic, nil})
	}
	return list
}

func (f forge) keys() []attack {
	weak, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		f.t.Fatal(err)
	}
	p224, _ := ecdsa.GenerateKey(elliptic.P224(), rand.Reader)
	other, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	es256, es384 := sign(f.t, "ES256"), sign(f.t, "ES384")
	return []attack{
		{"RSA of 1,024 bits", f.library(jose.RS256, weak), weak.Public(), vcjwt.ErrKey},
		{"ES256 under P-384", es256, signer(f.t, "ES384").Public(), vcjwt.ErrKey},
		{"ES384 under P-256", es384, f.ec.Public(), vcjwt.ErrKey},
		{"ES256 under P-224", es256, p224.Public(), vcjwt.ErrKey},
		{"ES256 under another key", es256, other.Public(), vcjwt.ErrSignature},
		{"ES256 under RSA", es256, f.rsa.Public(), vcjwt.ErrKey},
		{"EdDSA under RSA", f.good, f.rsa.Public(), vcjwt.ErrKey},
		{"RS256 under Ed25519", sign(f.t, "RS256"), f.edPublic, vcjwt.ErrKey},
		{"EdDSA under another key", f.good, f.attackers.Public(), vcjwt.ErrSignature},
		{"EdDSA under nil", f.good, nil, vcjwt.ErrKey},
		{"EdDSA under a private key", f.good, f.ed, vcjwt.ErrKey},
		{"EdDSA under a JWK", f.good, jose.JSONWebKey{Key: f.edPublic}, vcjwt.ErrKey},
		{"EdDSA under a JWK set", f.good, &jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: f.edPublic}}}, vcjwt.ErrKey},
		{"EdDSA under the neutral point", f.universal(), ed25519.PublicKey(append([]byte{1}, make([]byte, 31)...)), vcjwt.ErrKey},
	}
}

func (f forge) signatures() []attack {
	es256, rs256 := sign(f.t, "ES256"), sign(f.t, "RS256")
	raw := signatureOf(es256)
	n := f.ec.Params().N.Bytes()
	zero, asn1 := make([]byte, 32), func() []byte {
		digest := sha256.Sum256([]byte(input(es256)))
		signature, _ := ecdsa.SignASN1(rand.Reader, f.ec, digest[:])
		return signature
	}()
	ed := signatureOf(f.good)
	malleable := append([]byte{}, ed...)
	copy(malleable[32:], addOrder(ed[32:]))
	rsaRaw := signatureOf(rs256)
	var list []attack
	for name, signature := range map[string][]byte{
		"zero r and s":  make([]byte, 64),
		"zero r":        append(append([]byte{}, zero...), raw[32:]...),
		"zero s":        append(append([]byte{}, raw[:32]...), zero...),
		"r and s = n":   append(append([]byte{}, n...), n...),
		"ASN.1":         asn1,
		"63 bytes":      raw[:63],
		"65 bytes":      append(append([]byte{}, raw...), 0),
		"zero in front": append([]byte{0}, raw...),
		"s then r":      append(append([]byte{}, raw[32:]...), raw[:32]...),
		"widened to 96": append(append(make([]byte, 16), raw[:32]...), append(make([]byte, 16), raw[32:]...)...),
		"a single byte": {0},
	} {
		list = append(list, attack{"ES256 signature: " + name, input(es256) + "." + enc(string(signature)), f.ec.Public(), vcjwt.ErrSignature})
	}
	return append(list,
		attack{"EdDSA signature: S + L", input(f.good) + "." + enc(string(malleable)), f.edPublic, vcjwt.ErrSignature},
		attack{"EdDSA signature: 63 bytes", input(f.good) + "." + enc(string(ed[:63])), f.edPublic, vcjwt.ErrSignature},
		attack{"EdDSA signature: 65 bytes", input(f.good) + "." + enc(string(ed)+"\x00"), f.edPublic, vcjwt.ErrSignature},
		attack{"RS256 signature: zero in front", input(rs256) + "." + enc("\x00"+string(rsaRaw)), f.rsa.Public(), vcjwt.ErrSignature},
		attack{"RS256 signature: cut", input(rs256) + "." + enc(string(rsaRaw[:255])), f.rsa.Public(), vcjwt.ErrSignature},
		attack{"RS256 signature: plus modulus", input(rs256) + "." + enc(string(new(big.Int).Add(new(big.Int).SetBytes(rsaRaw), f.rsa.N).Bytes())), f.rsa.Public(), vcjwt.ErrSignature},
	)
}

// A jwk header is reported with its thumbprint and never used as the key.
func TestJWKHeaderIsOnlyReported(t *testing.T) {
	t.Parallel()
	f := newForge(t)
	token, err := vcjwt.Parse(f.withKey(`{"alg":"EdDSA","jwk":`+f.otherJWK+`}`, f.attackers))
	if err != nil {
		t.Fatal(err)
	}
	want, _ := did.Thumbprint(f.attackers.Public())
	header := token.Header()
	if header.Thumbprint != want || !f.attackers.Public().(ed25519.PublicKey).Equal(header.JWK) {
		t.Errorf("%+v", header)
	}
}

// Members that nobody needs are ignored (RFC 7515 §4).
func TestHarmlessHeaders(t *testing.T) {
	t.Parallel()
	f := newForge(t)
	for _, header := range []string{
		`{"alg":"EdDSA","cty":"vc"}`, `{"alg":"EdDSA","iss":"did:web:x"}`, ` { "typ" : "vc+ld+jwt" , "alg":"EdDSA" } `,
		`{"alg":"EdDSA","kid":"did:web:a.example#0"}`, `{"alg":"EdDSA","kid":"../../etc/passwd"}`,
	} {
		if _, err := open(attack{token: f.eddsa(header), key: f.edPublic}); err != nil {
			t.Errorf("%s: %v", header, err)
		}
	}
}
