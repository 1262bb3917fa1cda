package credential_test

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"ramure/internal/credential"
	"ramure/internal/did"
	"ramure/internal/jsonld"
)

// alphabet is that of base64url.
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// Every byte of a token is changed: in each of the six bits that its character
// stands for, and into characters that no token has. No changed token is valid.
func TestEveryByteOfAToken(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	small := i.badge()
	small.Evidence, small.Description = nil, ""
	small.CredentialSubject.Achievement.Alignment = nil
	token := i.envelope(t, i.sign(t, small).Document)
	src := i.sources(&facts{})
	if r := credential.Verify(t.Context(), []byte(token), src); r.Verdict != credential.Valid {
		t.Fatal(r)
	}
	tried := 0
	for at := range len(token) {
		for _, b := range substitutes(token[at]) {
			tried++
			changed := []byte(token)
			changed[at] = b
			if r := credential.Verify(t.Context(), changed, src); r.Verdict != credential.Invalid {
				t.Errorf("byte %d, %q for %q: %s", at, b, token[at], r.Verdict)
			}
		}
	}
	t.Logf("%d tokens of %d bytes, each changed in one byte: 0 accepted", tried, len(token))
}

// substitutes are the characters that differ in one bit of what they stand for,
// and some that are of no token.
func substitutes(b byte) []byte {
	list := []byte{'=', '+', '/', '.', '\n', ' ', 0, 0xff}
	if value := strings.IndexByte(alphabet, b); value >= 0 {
		for bit := range 6 {
			list = append(list, alphabet[value^1<<bit])
		}
	}
	return slices.DeleteFunc(list, func(c byte) bool { return c == b })
}

// A token cut short, prolonged or put together of two is none.
func TestTokensCutAndGlued(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	another := i.badge()
	another.ID += "2"
	a, b := i.envelope(t, i.sign(t, i.badge()).Document), i.envelope(t, i.sign(t, another).Document)
	p, q := strings.Split(a, "."), strings.Split(b, ".")
	for name, token := range map[string]string{
		"the signature of another": p[0] + "." + p[1] + "." + q[2], "the payload of another": p[0] + "." + q[1] + "." + p[2],
		"no signature": p[0] + "." + p[1] + ".", "four parts": a + "." + p[2], "two parts": p[0] + "." + p[1],
		"padded": p[0] + "." + p[1] + "." + p[2] + "==", "broken in two lines": p[0] + ".\n" + p[1] + "." + p[2],
		"no algorithm": base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." + p[1] + ".",
	} {
		if r := i.verify(t, []byte(token)); r.Verdict != credential.Invalid {
			t.Errorf("%s: %s", name, r.Verdict)
		}
	}
	for n := range len(a) {
		if n%17 == 0 {
			if r := i.verify(t, []byte(a[:n])); r.Verdict != credential.Invalid {
				t.Errorf("the first %d bytes: %s", n, r.Verdict)
			}
		}
	}
}

// Both forms have one leaf: the hash of the content is the same.
func TestEnvelopeSaysTheSame(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	signed := i.sign(t, i.badge())
	payload := claimsOf(t, i.envelope(t, signed.Document))
	doc := decode(t, signed.Document)
	delete(doc, "proof")
	want := map[string]any{"iss": i.id, "jti": doc["id"], "sub": "urn:uuid:6d2d9a60-1111-4222-8333-944445555666",
		"nbf": json.Number("1795341600"), "exp": json.Number("1890036000")}
	for claim, value := range want {
		if payload[claim] != value {
			t.Errorf("%s is %v, want %v", claim, payload[claim], value)
		}
		delete(payload, claim)
	}
	if string(encoded(t, payload)) != string(encoded(t, doc)) {
		t.Errorf("the payload is\n%s\nthe credential\n%s", encoded(t, payload), encoded(t, doc))
	}
	endless := i.badge()
	endless.ValidUntil = ""
	token := i.envelope(t, i.sign(t, endless).Document)
	if _, has := claimsOf(t, token)["exp"]; has {
		t.Error("a badge without end has an exp")
	}
	if r := i.verify(t, []byte(token)); r.Verdict != credential.Valid || r.Check(credential.CheckDates).Reason != "noEnd" {
		t.Error(r)
	}
}

func claimsOf(t *testing.T, token string) map[string]any {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[1])
	if err != nil {
		t.Fatal(err)
	}
	claims, err := jsonld.DecodeObject(raw)
	if err != nil {
		t.Fatal(err)
	}
	return claims
}

// A claim that says something else than the credential, is of another type or is
// missing makes the token contradict itself, though it is well signed.
func TestClaimsThatContradict(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	thumbprint, err := did.Thumbprint(i.jwt.Public())
	if err != nil {
		t.Fatal(err)
	}
	kid := base + "/keys/" + thumbprint
	claims := claimsOf(t, i.envelope(t, i.sign(t, i.badge()).Document))
	resealed := func(change func(map[string]any)) credential.Report {
		changed := maps.Clone(claims)
		change(changed)
		return i.verify(t, []byte(i.seal(t, string(encoded(t, changed)), kid)))
	}
	expect(t, "nothing changed", resealed(func(map[string]any) {}), credential.Valid, credential.CheckProof, "ok jwt")
	for claim, others := range map[string][]any{
		"iss": {"did:web:evil.example", []any{claims["iss"]}, nil, map[string]any{"id": claims["iss"]}},
		"jti": {"urn:uuid:00000000-0000-4000-8000-000000000000", "", json.Number("1")},
		"sub": {"did:key:z6Mk", nil, []any{claims["sub"]}},
		"nbf": {json.Number("1795341601"), "1795341600", json.Number("0"), true},
		"exp": {json.Number("1890036001"), "1890036000", nil},
	} {
		for _, other := range others {
			expect(t, claim, resealed(func(c map[string]any) { c[claim] = other }), credential.Invalid, credential.CheckForm, "failed claims")
		}
		expect(t, "without "+claim, resealed(func(c map[string]any) { delete(c, claim) }), credential.Invalid, credential.CheckForm, "failed claims")
	}
	expect(t, "an exp that nothing repeats", resealed(func(c map[string]any) { delete(c, "validUntil") }), credential.Invalid, credential.CheckForm, "failed claims")
	for _, extra := range []string{"iat", "aud", "vc"} {
		if r := resealed(func(c map[string]any) { c[extra] = "x" }); r.Verdict != credential.Invalid {
			t.Errorf("an undefined %s: %s", extra, r.Verdict)
		}
	}
}

// The key of a token is one that its issuer publishes, however the token names it.
func TestWhichKeyOfAToken(t *testing.T) {
	t.Parallel()
	i, stranger := newIssuer(t, "atelier"), newIssuer(t, "phare")
	payload := string(encoded(t, claimsOf(t, i.envelope(t, i.sign(t, i.badge()).Document))))
	mine, err := did.Thumbprint(i.jwt.Public())
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := did.Thumbprint(stranger.jwt.Public())
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name, token string
		verdict     credential.Verdict
		text        string
	}{
		{"by address", i.seal(t, payload, base+"/keys/"+mine), credential.Valid, "ok jwt"},
		{"by DID URL", i.seal(t, payload, i.method(t, i.jwt.Public())), credential.Valid, "ok jwt"},
		{"by thumbprint", i.seal(t, payload, did.ThumbprintURI(mine)), credential.Valid, "ok jwt"},
		{"of another issuer, by address", stranger.seal(t, payload, base+"/keys/"+theirs), credential.Invalid, "failed keyNotPublished"},
		{"of another issuer, by DID URL", stranger.seal(t, payload, stranger.method(t, stranger.jwt.Public())), credential.Invalid, "failed keyNotPublished"},
		{"of another issuer, posing", stranger.seal(t, payload, base+"/keys/"+mine), credential.Invalid, "failed altered"},
		{"the key for proofs", i.seal(t, payload, i.method(t, i.proof.Public())), credential.Invalid, "failed altered"},
		{"under an address elsewhere", i.seal(t, payload, "https://evil.example/keys/"+theirs), credential.Invalid, "failed keyNotPublished"},
	}
	for _, c := range cases {
		expect(t, c.name, i.verify(t, []byte(c.token)), c.verdict, credential.CheckProof, c.text)
	}
}

// A key that a token brings along counts only as a name of a published one.
func TestTokenThatBringsItsKey(t *testing.T) {
	t.Parallel()
	i, stranger := newIssuer(t, "atelier"), newIssuer(t, "phare")
	token := i.envelope(t, i.sign(t, i.badge()).Document)
	brought := func(by *issuer, members ...string) string {
		jwk, err := did.JWK(by.jwt.Public())
		if err != nil {
			t.Fatal(err)
		}
		header := `{"alg":"ES256","jwk":` + string(jwk) + strings.Join(members, "") + `}`
		return by.resign(t, header, strings.Split(token, ".")[1])
	}
	expect(t, "its own", i.verify(t, []byte(brought(i))), credential.Valid, credential.CheckProof, "ok jwt")
	expect(t, "a stranger's", i.verify(t, []byte(brought(stranger))), credential.Invalid, credential.CheckProof, "failed keyNotPublished")
	named := `,"kid":"` + i.method(t, i.jwt.Public()) + `"`
	expect(t, "a stranger's under a name of the issuer", i.verify(t, []byte(brought(stranger, named))), credential.Invalid, credential.CheckProof, "failed altered")
	bare := i.resign(t, `{"alg":"ES256"}`, strings.Split(token, ".")[1])
	expect(t, "no key at all", i.verify(t, []byte(bare)), credential.Invalid, credential.CheckProof, "failed noKeyID")
	for _, member := range []string{`"jku":"https://evil.example/jwks"`, `"x5u":"https://evil.example/c"`, `"x5c":["AA"]`, `"crit":["b64"],"b64":false`} {
		expect(t, member, i.verify(t, []byte(brought(i, ","+member))), credential.Invalid, credential.CheckForm, "failed malformedJWT")
	}
}

func base64url(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

// resign signs a payload under a header of the caller's own making.
func (i *issuer) resign(t *testing.T, header, payload string) string {
	t.Helper()
	signed := base64.RawURLEncoding.EncodeToString([]byte(header)) + "." + payload
	return signed + "." + base64.RawURLEncoding.EncodeToString(i.raw(t, []byte(signed)))
}
