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
		{"an issuer that nobody resolves", mine.Document, did.Static{}, credential.Unverifiable, "unknown unsupportedIssuer"},
		{"a key that is too weak", mine.Document, away{did.ErrKey}, credential.Invalid, "failed badKey"},
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

// A DID URL says whose method it is: nobody is asked for that of another.
func TestMethodOfAnotherIsNotAsked(t *testing.T) {
	t.Parallel()
	i, stranger := newIssuer(t, "atelier"), newIssuer(t, "phare")
	doc := stranger.proven(t, i.unsigned(t), "eddsa-rdfc-2022")
	r := i.asked(t, doc, func(s *credential.Sources) { s.Keys = forbidden{t} })
	expect(t, "a stranger's", r, credential.Invalid, credential.CheckProof, "failed keyNotPublished")
	r = i.asked(t, doc, func(s *credential.Sources) { s.Keys = nil })
	expect(t, "a stranger's, offline", r, credential.Invalid, credential.CheckProof, "failed keyNotPublished")
}

// forbidden is a resolver that must not be asked.
type forbidden struct{ testing.TB }

func (f forbidden) Resolve(_ context.Context, issuer, method string) (did.VerificationKey, error) {
	f.Errorf("asked for %s of %s", method, issuer)
	return did.VerificationKey{}, did.ErrUnavailable
}

// Of several keys, each must be the issuer's and in use.
func TestIssuerOfEveryKey(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	doc := i.proven(t, i.unsigned(t), "eddsa-rdfc-2022", "ecdsa-rdfc-2019")
	before := noon.Add(-time.Hour)
	for name, c := range map[string]struct {
		change func(*did.VerificationKey)
		text   string
	}{
		"of another":  {func(k *did.VerificationKey) { k.Controller = "did:web:evil.example" }, "failed mismatch"},
		"compromised": {func(k *did.VerificationKey) { k.Revoked = &before }, "failed keyRevoked"},
		"past":        {func(k *did.VerificationKey) { k.Expires = &before }, "failed keyExpired"},
		"good":        {func(*did.VerificationKey) {}, "ok controls"},
	} {
		for _, method := range []string{i.method(t, i.proof.Public()), i.method(t, i.jwt.Public())} {
			r := i.asked(t, doc, func(s *credential.Sources) { s.Keys = altered{s.Keys, method, c.change} })
			if got := r.Check(credential.CheckIssuer); !same(got, answer(credential.CheckIssuer, c.text)) {
				t.Errorf("%s: %s %s", name, got.Status, got.Reason)
			}
		}
	}
}

// altered changes what is said of one key.
type altered struct {
	did.Resolver
	method string
	change func(*did.VerificationKey)
}

func (a altered) Resolve(ctx context.Context, issuer, method string) (did.VerificationKey, error) {
	key, err := a.Resolver.Resolve(ctx, issuer, method)
	if method == a.method {
		a.change(&key)
	}
	return key, err
}

// A key that is reserved for one algorithm serves no other.
func TestKeyOfAnotherAlgorithm(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	token := i.envelope(t, i.sign(t, i.badge()).Document)
	for algorithm, text := range map[string]string{"": "ok jwt", "ES256": "ok jwt", "ES384": "failed altered"} {
		src := i.sources(&facts{})
		src.Keys = found{did.VerificationKey{Public: i.jwt.Public(), Controller: i.id, Algorithm: algorithm}}
		r := credential.Verify(t.Context(), []byte(token), src)
		if got := r.Check(credential.CheckProof); !same(got, answer(credential.CheckProof, text)) {
			t.Errorf("%s: %s %s", algorithm, got.Status, got.Reason)
		}
	}
}

// Content that the signature would not cover is found even where the key can't be had.
func TestUnsignedContentWithoutKeys(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	doc := changed(i.proven(t, i.unsigned(t), "eddsa-rdfc-2022"), map[string]any{"colour": "gold"})
	for name, keys := range map[string]did.Resolver{"offline": nil, "away": away{did.ErrUnavailable}} {
		r := i.asked(t, doc, func(s *credential.Sources) { s.Keys = keys })
		expect(t, name, r, credential.Invalid, credential.CheckProof, "failed unsignedContent")
	}
}

// A log that knows beforehand that it holds nothing of an issuer is not asked, and no
// canonical form is made for it where none was signed.
func TestLogThatKnowsBeforehand(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	signed := i.sign(t, i.badge())
	for name, c := range map[string]struct {
		input  string
		hashed bool
	}{
		"statements": {string(signed.Document), true},
		"a token":    {i.envelope(t, signed.Document), false},
		"JSON":       {string(encoded(t, i.proven(t, i.unsigned(t), "eddsa-jcs-2022"))), false},
	} {
		f := &facts{}
		r := i.asked(t, c.input, func(s *credential.Sources) { s.Log = outside{f} })
		expect(t, name, r, credential.Valid, credential.CheckInclusion, "unknown foreign")
		if (r.DocHash != "") != c.hashed || f.asked != [32]byte{} {
			t.Errorf("%s: hash %q, asked %x", name, r.DocHash, f.asked)
		}
	}
}
