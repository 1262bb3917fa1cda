package verifier

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"ramure/internal/credential"
	"ramure/internal/credential/dataintegrity"
	"ramure/internal/credential/statuslist"
	"ramure/internal/credential/vcjwt"
	"ramure/internal/did"
	"ramure/internal/jsonld"
	"ramure/internal/openbadges"
	"ramure/internal/problem"
)

// signer is an issuer that is its own key.
type signer struct {
	testing.TB
	id, method string
	private    ed25519.PrivateKey
}

func newSigner(t testing.TB) signer {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	text, err := did.EncodeMultikey(public)
	if err != nil {
		t.Fatal(err)
	}
	return signer{t, "did:key:" + text, "did:key:" + text + "#" + text, private}
}

const listAddress = "https://badges.example/status/1"

var today = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

// list is an unsigned list of the issuer whose bit 7 is set.
func (s signer) list(change func(map[string]any)) map[string]any {
	s.Helper()
	bits := statuslist.New()
	bits.Set(7, true)
	raw, err := json.Marshal(statuslist.Unsigned(statuslist.Params{ID: listAddress, Issuer: s.id, Bits: bits, ValidFrom: today, ValidUntil: today.Add(24 * time.Hour)}))
	if err != nil {
		s.Fatal(err)
	}
	doc, err := jsonld.DecodeObject(raw)
	if err != nil {
		s.Fatal(err)
	}
	if change != nil {
		change(doc)
	}
	return doc
}

// token signs claims as a JWT under the issuer's own key.
func (s signer) token(claims map[string]any) string {
	s.Helper()
	payload, err := json.Marshal(claims)
	if err != nil {
		s.Fatal(err)
	}
	text, err := vcjwt.SignWith(payload, vcjwt.Options{Alg: "EdDSA", Kid: s.method, Typ: "vc+jwt"}, s.private)
	if err != nil {
		s.Fatal(err)
	}
	return text
}

// proven signs a document with embedded proofs; each change spoils one.
func (s signer) proven(doc map[string]any, spoil ...func(map[string]any)) string {
	s.Helper()
	var proofs []any
	for _, change := range spoil {
		proof, _, err := dataintegrity.Sign(s.Context(), doc, dataintegrity.Options{VerificationMethod: s.method, Created: today}, s.private)
		if err != nil {
			s.Fatal(err)
		}
		one := proof.Map()
		change(one)
		proofs = append(proofs, one)
	}
	doc["proof"] = proofs
	raw, err := json.Marshal(doc)
	if err != nil {
		s.Fatal(err)
	}
	return string(raw)
}

func intact(map[string]any)         {}
func bent(proof map[string]any)     { proof["created"] = "2026-11-22T09:59:59Z" }
func stranger(proof map[string]any) { proof["verificationMethod"] = "did:key:z6Mk#z6Mk" }

// ask asks a list that an address answers about bit 7, as a badge of the issuer.
func (s signer) ask(answer string, keys did.Resolver) (credential.StatusAnswer, error) {
	source := statusSource{keys: keys, now: today, fetch: func(context.Context, string, string) ([]byte, error) { return []byte(answer), nil }}
	return source.Status(s.Context(), s.id, "urn:x", openbadges.StatusEntry{ID: listAddress + "#7", Type: "BitstringStatusListEntry",
		StatusPurpose: "revocation", StatusListIndex: "7", StatusListCredential: listAddress})
}

// A list may be JSON with proofs, a JWT, or one in an envelope; it counts only if the
// issuer of the badge signed it.
func TestSignedLists(t *testing.T) {
	t.Parallel()
	s, other := newSigner(t), newSigner(t)
	good := s.token(s.list(nil))
	with := func(member string, value any) map[string]any {
		return s.list(func(doc map[string]any) { doc[member] = value })
	}
	without := func(members ...string) map[string]any {
		return s.list(func(doc map[string]any) {
			for _, member := range members {
				delete(doc, member)
			}
		})
	}
	inside := func(list map[string]any, claims map[string]any) map[string]any {
		claims["vc"] = list
		return claims
	}
	envelope := func(id, kind string) string {
		return fmt.Sprintf(`{"@context":"https://www.w3.org/ns/credentials/v2","id":%q,"type":%s}`, id, kind)
	}
	parts := strings.Split(good, ".")
	for what, c := range map[string]struct {
		answer string
		want   error // nil: revoked
	}{
		"a JWT": {good, nil}, "a JWT with a line end": {good + "\n", nil}, "with the claims repeated": {s.token(with("iss", s.id)), nil},
		"in an envelope": {envelope("data:application/vc+jwt,"+good, `"EnvelopedVerifiableCredential"`), nil}, "in an envelope with types": {envelope("data:application/vc+jwt,"+good, `["VerifiableCredential","EnvelopedVerifiableCredential"]`), nil},
		"of 1.1":                          {s.token(inside(s.list(nil), map[string]any{"iss": s.id})), nil},
		"of 1.1 with its issuer outside":  {s.token(inside(without("issuer"), map[string]any{"iss": s.id, "nbf": today.Unix(), "exp": today.Add(time.Hour).Unix()})), nil},
		"a proof":                         {s.proven(s.list(nil), intact), nil},
		"a set, the first spoilt":         {s.proven(s.list(nil), bent, intact), nil},
		"a set, one of a stranger":        {s.proven(s.list(nil), stranger, intact), nil},
		"all of a set spoilt":             {s.proven(s.list(nil), bent, bent), credential.ErrBadList},
		"the fifth of a set":              {s.proven(s.list(nil), bent, bent, bent, bent, intact), credential.ErrBadList},
		"no proof":                        {s.proven(s.list(nil)), credential.ErrBadList},
		"a proof that is a text":          {strings.Replace(s.proven(s.list(nil)), `"proof":null`, `"proof":"x"`, 1), credential.ErrBadList},
		"another issuer's JWT":            {other.token(other.list(nil)), credential.ErrMismatch},
		"signed by another":               {other.token(s.list(nil)), credential.ErrBadList},
		"proven by another":               {other.proven(s.list(nil), intact), credential.ErrBadList},
		"a claim that contradicts":        {s.token(with("iss", other.id)), credential.ErrUnreadable},
		"of 1.1, a claim that does":       {s.token(inside(s.list(nil), map[string]any{"iss": other.id})), credential.ErrUnreadable},
		"an issuer in the claims alone":   {other.token(inside(without("issuer"), map[string]any{"iss": s.id})), credential.ErrBadList},
		"no issuer":                       {s.token(without("issuer")), credential.ErrMismatch},
		"another payload":                 {parts[0] + "." + strings.Split(s.token(with("validUntil", "2036-01-01T00:00:00Z")), ".")[1] + "." + parts[2], credential.ErrBadList},
		"no signature":                    {parts[0] + "." + parts[1] + ".", credential.ErrUnreadable},
		"no algorithm":                    {"eyJhbGciOiJub25lIn0." + parts[1] + "." + parts[2], credential.ErrUnreadable},
		"past its end":                    {s.token(with("validUntil", "2026-11-22T09:00:00Z")), credential.ErrStale},
		"past the end of its claim":       {s.token(inside(without("validUntil"), map[string]any{"exp": today.Add(-time.Hour).Unix()})), credential.ErrStale},
		"past its expirationDate":         {s.token(inside(s.list(func(doc map[string]any) { delete(doc, "validUntil"); doc["expirationDate"] = "2026-11-22T09:00:00Z" }), map[string]any{})), credential.ErrStale},
		"before its beginning":            {s.token(with("validFrom", "2026-11-22T11:00:00Z")), credential.ErrEarly},
		"a date that is none":             {s.token(inside(without("validUntil"), map[string]any{"exp": "soon"})), credential.ErrUnreadable},
		"of another address":              {s.token(with("id", listAddress+"0")), credential.ErrUnreadable},
		"of another purpose":              {s.token(with("credentialSubject", map[string]any{"type": "BitstringStatusList", "statusPurpose": "suspension", "encodedList": statuslist.Encode(statuslist.New())})), credential.ErrUnreadable},
		"an envelope with nothing inside": {envelope("data:application/vc+jwt,", `"EnvelopedVerifiableCredential"`), credential.ErrUnreadable},
		"an envelope of another kind":     {envelope("data:text/plain,"+good, `"EnvelopedVerifiableCredential"`), credential.ErrMismatch},
		"an envelope in an envelope":      {envelope("data:application/vc+jwt,"+envelope("x", `"y"`), `"EnvelopedVerifiableCredential"`), credential.ErrUnreadable},
		"a page":                          {"<!doctype html>", credential.ErrUnreadable}, "nothing": {"", credential.ErrUnreadable}, "an empty object": {"{}", credential.ErrMismatch},
	} {
		answer, err := s.ask(c.answer, did.Self{})
		if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) || answer.Revoked != (c.want == nil) || answer.Suspended {
			t.Errorf("%s: %+v, %v; want %v", what, answer, err, c.want)
		}
	}
}

// altering is a resolver that has something to say of every key.
type altering func(did.VerificationKey) (did.VerificationKey, error)

func (k altering) Resolve(ctx context.Context, issuer, method string) (did.VerificationKey, error) {
	key, err := did.Self{}.Resolve(ctx, issuer, method)
	if err != nil {
		return key, err
	}
	return k(key)
}

// A key that ended signs no lists, and keys that can't be had leave them open.
func TestKeysOfLists(t *testing.T) {
	t.Parallel()
	s := newSigner(t)
	before, after := today.Add(-time.Hour), today.Add(time.Hour)
	for what, c := range map[string]struct {
		keys altering
		want error
	}{
		"a good key":    {func(k did.VerificationKey) (did.VerificationKey, error) { return k, nil }, nil},
		"revoked":       {func(k did.VerificationKey) (did.VerificationKey, error) { k.Revoked = &before; return k, nil }, credential.ErrBadList},
		"revoked now":   {func(k did.VerificationKey) (did.VerificationKey, error) { k.Revoked = &today; return k, nil }, credential.ErrBadList},
		"revoked later": {func(k did.VerificationKey) (did.VerificationKey, error) { k.Revoked = &after; return k, nil }, nil},
		"expired":       {func(k did.VerificationKey) (did.VerificationKey, error) { k.Expires = &before; return k, nil }, credential.ErrBadList},
		"expires later": {func(k did.VerificationKey) (did.VerificationKey, error) { k.Expires = &after; return k, nil }, nil},
		"away": {func(did.VerificationKey) (did.VerificationKey, error) {
			return did.VerificationKey{}, did.ErrUnavailable
		}, credential.ErrUnreachable},
		"not to be asked": {func(did.VerificationKey) (did.VerificationKey, error) {
			return did.VerificationKey{}, errors.Join(did.ErrUnavailable, credential.ErrOffline)
		}, credential.ErrOffline},
	} {
		for form, answer := range map[string]string{"proof": s.proven(s.list(nil), intact), "token": s.token(s.list(nil))} {
			if _, err := s.ask(answer, c.keys); !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
				t.Errorf("%s, %s: %v, want %v", what, form, err, c.want)
			}
		}
	}
	reserved := altering(func(k did.VerificationKey) (did.VerificationKey, error) { k.Algorithm = "ES256"; return k, nil })
	if _, err := s.ask(s.token(s.list(nil)), reserved); !errors.Is(err, credential.ErrBadList) {
		t.Errorf("a key that is reserved for another algorithm: %v", err)
	}
}

// A list of names revokes whom it names, and speaks only for its own issuer.
func TestNamedLists(t *testing.T) {
	t.Parallel()
	const issuer = "did:web:badges.example"
	list := func(entries string) string {
		return `{"id":"` + listAddress + `","issuer":"` + issuer + `","revokedCredential":[` + entries + `]}`
	}
	for what, c := range map[string]struct {
		answer  string
		revoked bool
		want    error
	}{
		"nobody": {list(""), false, nil}, "another": {list(`{"id":"urn:y"}`), false, nil}, "it": {list(`{"id":"urn:x"}`), true, nil}, "it, in words": {list(`{"id":"urn:x","revoked":true,"revocationReason":"Par erreur."}`), true, nil},
		"it, restored": {list(`{"id":"urn:x","revoked":false}`), false, nil}, "restored and revoked": {list(`{"id":"urn:x","revoked":false},{"id":"urn:x"}`), true, nil}, "it, encoded": {list(`{"id":" urn%3Ax "}`), true, nil}, "without an id": {list(`{"revoked":true}`), false, nil},
		"an issuer with a name": {strings.Replace(list(`{"id":"urn:x"}`), `"`+issuer+`"`, `{"id":"`+issuer+`","type":"Profile"}`, 1), true, nil}, "no id of its own": {strings.Replace(list(""), `"id":"`+listAddress+`",`, "", 1), false, nil},
		"thousands": {list(strings.Repeat(`{"id":"urn:y"},`, 10_000) + `{"id":"urn:x"}`), true, nil}, "no list": {`{"issuer":"` + issuer + `"}`, false, nil},
		"another issuer": {strings.Replace(list(""), issuer, issuer+":x", 1), false, credential.ErrMismatch}, "another address": {strings.Replace(list(""), listAddress, listAddress+"0", 1), false, credential.ErrUnreadable},
		"nobody's": {`{"revokedCredential":[]}`, false, credential.ErrUnreadable}, "an issuer that is none": {strings.Replace(list(""), `"`+issuer+`"`, `["`+issuer+`"]`, 1), false, credential.ErrUnreadable},
		"a page": {"<!doctype html>", false, credential.ErrUnreadable}, "a word for yes": {list(`{"id":"urn:x","revoked":"yes"}`), false, credential.ErrUnreadable}, "cut off": {list("")[:30], false, credential.ErrUnreadable},
	} {
		source := statusSource{now: today, fetch: func(context.Context, string, string) ([]byte, error) { return []byte(c.answer), nil }}
		answer, err := source.Status(t.Context(), issuer, "urn:x", openbadges.StatusEntry{ID: listAddress, Type: "1EdTechRevocationList"})
		if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) || answer.Revoked != c.revoked {
			t.Errorf("%s: %+v, %v; want %t, %v", what, answer, err, c.revoked, c.want)
		}
	}
	away := statusSource{now: today, fetch: func(context.Context, string, string) ([]byte, error) {
		return nil, problem.New(problem.NotFound, "error.outbound.notFound")
	}}
	if _, err := away.Status(t.Context(), issuer, "urn:x", openbadges.StatusEntry{ID: listAddress, Type: "1EdTechRevocationList"}); !errors.Is(err, credential.ErrUnreachable) {
		t.Errorf("away: %v", err)
	}
	for _, entry := range []openbadges.StatusEntry{{Type: "StatusList2021Entry"}, {Type: "BitstringStatusListEntry", StatusPurpose: "message"}, {}} {
		if _, err := away.Status(t.Context(), issuer, "urn:x", entry); !errors.Is(err, credential.ErrUnsupported) {
			t.Errorf("%+v: %v", entry, err)
		}
	}
}

func FuzzNamedList(f *testing.F) {
	f.Add([]byte(`{"issuer":"x","revokedCredential":[{"id":"urn:x"}]}`))
	f.Add([]byte(`{"issuer":{"id":"x"},"revokedCredential":[{"id":"urn:x","revoked":false}]}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if list, err := parseRevocationList(data, listAddress); err == nil && list.issuer() == "" {
			t.Fatal("a list of nobody")
		}
	})
}

func FuzzSignedList(f *testing.F) {
	s := newSigner(f)
	good := s.token(s.list(nil))
	f.Add([]byte(good))
	f.Add([]byte(s.proven(s.list(nil), intact)))
	f.Add([]byte(`{"type":"EnvelopedVerifiableCredential","id":"data:application/vc+jwt,` + good + `"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s := signer{t, s.id, s.method, s.private}
		answer, err := s.ask(string(data), did.Self{})
		if err != nil && (answer.Revoked || answer.Suspended) {
			t.Fatalf("%+v, %v", answer, err)
		}
	})
}
