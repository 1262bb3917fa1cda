package credential_test

import (
	"context"
	"testing"
	"time"

	"ramure/internal/credential"
	"ramure/internal/did"
)

// Keys that can't be had leave the proof unknown; keys that are not the issuer's
// make it fail.
func TestWhoseKey(t *testing.T) {
	t.Parallel()
	i, stranger := newIssuer(t, "atelier"), newIssuer(t, "phare")
	mine, theirs := i.sign(t, i.badge()), stranger.sign(t, i.badge()) // theirs names mine as issuer
	posing := stranger.key(t)
	posing.Method = i.method(t, stranger.proof.Public())
	draft, err := credential.Prepare(t.Context(), i.badge())
	if err != nil {
		t.Fatal(err)
	}
	unpublished, err := draft.Sign(t.Context(), posing, noon)
	if err != nil {
		t.Fatal(err)
	}
	both := did.Static{i.id: i.document, stranger.id: stranger.document}
	cases := []struct {
		name     string
		document []byte
		keys     did.Resolver
		verdict  credential.Verdict
		text     string
	}{
		{"mine", mine.Document, both, credential.Valid, "ok embedded"},
		{"a key of another issuer", theirs.Document, both, credential.Invalid, "failed keyNotPublished"},
		{"a key that the issuer does not publish", unpublished.Document, both, credential.Invalid, "failed keyNotPublished"},
		{"an issuer that nobody resolves", mine.Document, did.Static{}, credential.Invalid, "failed keyNotPublished"},
		{"a document that does not answer", mine.Document, away{did.ErrUnavailable}, credential.Unverifiable, "unknown unreachable"},
		{"a document that is malformed", mine.Document, away{did.ErrDocument}, credential.Invalid, "failed keyNotPublished"},
		{"offline", mine.Document, away{credential.ErrOffline}, credential.Unverifiable, "unknown offline"},
		{"another key under that method", mine.Document, found{did.VerificationKey{Public: stranger.proof.Public(), Controller: i.id}}, credential.Invalid, "failed altered"},
		{"a key of another kind", mine.Document, found{did.VerificationKey{Public: i.jwt.Public(), Controller: i.id}}, credential.Invalid, "failed altered"},
	}
	for _, c := range cases {
		src := i.sources(&facts{})
		src.Keys = c.keys
		expect(t, c.name, credential.Verify(t.Context(), c.document, src), c.verdict, credential.CheckProof, c.text)
	}
}

// away is a resolver that fails.
type away struct{ err error }

func (a away) Resolve(context.Context, string, string) (did.VerificationKey, error) {
	return did.VerificationKey{}, a.err
}

// found is a resolver that answers one key whatever it is asked.
type found struct{ key did.VerificationKey }

func (f found) Resolve(context.Context, string, string) (did.VerificationKey, error) {
	return f.key, nil
}

// A key that belongs to somebody else, or is said to be compromised or past, is
// no issuer's.
func TestIssuerOfTheKey(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	signed := i.sign(t, i.badge())
	before, after := noon.Add(-time.Hour), noon.Add(time.Hour)
	key := func(change func(*did.VerificationKey)) did.Resolver {
		k := did.VerificationKey{Public: i.proof.Public(), Controller: i.id}
		change(&k)
		return found{k}
	}
	cases := []struct {
		name    string
		keys    did.Resolver
		verdict credential.Verdict
		text    string
	}{
		{"its own", key(func(*did.VerificationKey) {}), credential.Valid, "ok controls"},
		{"of another controller", key(func(k *did.VerificationKey) { k.Controller = "did:web:evil.example" }), credential.Invalid, "failed mismatch"},
		{"compromised", key(func(k *did.VerificationKey) { k.Revoked = &before }), credential.Invalid, "failed keyRevoked"},
		{"compromised this very moment", key(func(k *did.VerificationKey) { now := noon; k.Revoked = &now }), credential.Invalid, "failed keyRevoked"},
		{"to be given up", key(func(k *did.VerificationKey) { k.Revoked = &after }), credential.Valid, "ok controls"},
		{"past", key(func(k *did.VerificationKey) { k.Expires = &before }), credential.Invalid, "failed keyExpired"},
		{"still good", key(func(k *did.VerificationKey) { k.Expires = &after }), credential.Valid, "ok controls"},
	}
	for _, c := range cases {
		src := i.sources(&facts{})
		src.Keys = c.keys
		r := credential.Verify(t.Context(), signed.Document, src)
		expect(t, c.name, r, c.verdict, credential.CheckIssuer, c.text)
		if (r.IssuerStanding == credential.OfNetwork) != (c.verdict == credential.Valid) {
			t.Errorf("%s: standing %s", c.name, r.IssuerStanding)
		}
	}
}
