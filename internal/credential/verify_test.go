package credential_test

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ramure/internal/credential"
	"ramure/internal/credential/dataintegrity"
	"ramure/internal/did"
	"ramure/internal/jsonld"
	"ramure/internal/openbadges"
)

// expect asks for a verdict and for the answer of one check.
func expect(t *testing.T, what string, r credential.Report, verdict credential.Verdict, id credential.CheckID, text string) {
	t.Helper()
	if got := r.Check(id); r.Verdict != verdict || !same(got, answer(id, text)) {
		t.Errorf("%s: %s, %s %s %s; want %s, %s", what, r.Verdict, got.ID, got.Status, got.Reason, verdict, text)
	}
}

// complete asks that a report have every check once, in the order.
func complete(t *testing.T, r credential.Report) {
	t.Helper()
	ids := make([]credential.CheckID, 0, len(r.Checks))
	for _, c := range r.Checks {
		ids = append(ids, c.ID)
	}
	if !slices.Equal(ids, credential.Order()) {
		t.Errorf("checks %v", ids)
	}
}

func TestBothFormsAreValid(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	signed := i.sign(t, i.badge())
	token := i.envelope(t, signed.Document)
	for name, input := range map[string]string{"json": string(signed.Document), "jwt": token, "json with blanks": "\n " + string(signed.Document) + "\r\n", "jwt with a line end": token + "\n"} {
		f := &facts{}
		r := credential.Verify(t.Context(), []byte(input), i.sources(f))
		complete(t, r)
		expect(t, name, r, credential.Valid, credential.CheckProof, map[bool]string{true: "ok embedded", false: "ok jwt"}[strings.HasPrefix(name, "json")])
		expect(t, name, r, credential.Valid, credential.CheckSubject, "ok hashedName")
		if r.DocHash != hex.EncodeToString(signed.DocHash[:]) || f.asked != signed.DocHash {
			t.Errorf("%s: hash %s of %x", name, r.DocHash, signed.DocHash)
		}
		if r.IssuerStanding != credential.OfNetwork || r.CredentialID != i.badge().ID || r.IssuerID != i.id ||
			r.IssuerName != "ERIC d’Embrun" || r.Achievement != "Vérifier une information" || !r.CheckedAt.Equal(noon) {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

// The same facts, whoever says them, lead to the same words.
func TestStateOfACredential(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	signed := i.sign(t, i.badge())
	cases := []struct {
		name    string
		facts   facts
		now     time.Time
		verdict credential.Verdict
		id      credential.CheckID
		text    string
	}{
		{"revoked", facts{revoked: credential.StatusAnswer{Revoked: true}}, noon, credential.Revoked, credential.CheckStatus, "failed revoked"},
		{"revoked, and the log away", facts{revoked: credential.StatusAnswer{Revoked: true, At: noon}, logErr: credential.ErrUnreachable}, noon, credential.Revoked, credential.CheckInclusion, "unknown unreachable"},
		{"revoked, but not in the log", facts{revoked: credential.StatusAnswer{Revoked: true}, logErr: credential.ErrNotIncluded}, noon, credential.Invalid, credential.CheckInclusion, "failed notIncluded"},
		{"expired", facts{}, noon.AddDate(4, 0, 0), credential.Expired, credential.CheckDates, "failed expired"},
		{"expired and revoked", facts{revoked: credential.StatusAnswer{Revoked: true}}, noon.AddDate(4, 0, 0), credential.Revoked, credential.CheckDates, "failed expired"},
		{"the last second", facts{}, time.Date(2029, 11, 22, 10, 0, 0, 0, time.UTC), credential.Valid, credential.CheckDates, "ok within"},
		{"one second too late", facts{}, time.Date(2029, 11, 22, 10, 0, 1, 0, time.UTC), credential.Expired, credential.CheckDates, "failed expired"},
		{"not yet", facts{}, noon.AddDate(0, 0, -1), credential.NotYetValid, credential.CheckDates, "failed notYet"},
		{"a clock four minutes behind", facts{}, time.Date(2026, 11, 22, 9, 56, 0, 0, time.UTC), credential.Valid, credential.CheckDates, "ok within"},
		{"a clock six minutes behind", facts{}, time.Date(2026, 11, 22, 9, 54, 0, 0, time.UTC), credential.NotYetValid, credential.CheckDates, "failed notYet"},
		{"a stale list", facts{statusErr: credential.ErrStale}, noon, credential.Unverifiable, credential.CheckStatus, "unknown stale"},
		{"a list away", facts{statusErr: fmt.Errorf("%w: timeout", credential.ErrUnreachable)}, noon, credential.Unverifiable, credential.CheckStatus, "unknown unreachable"},
		{"a list of another network", facts{statusErr: credential.ErrForeign}, noon, credential.Unverifiable, credential.CheckStatus, "unknown foreign"},
		{"a list of another issuer", facts{statusErr: credential.ErrMismatch}, noon, credential.Invalid, credential.CheckStatus, "failed otherIssuer"},
		{"a list that is badly signed", facts{statusErr: credential.ErrBadList}, noon, credential.Invalid, credential.CheckStatus, "failed badList"},
		{"a list that fails oddly", facts{statusErr: errors.New("odd")}, noon, credential.Invalid, credential.CheckStatus, "failed badList"},
		{"pending", facts{logErr: credential.ErrPending}, noon, credential.Unverifiable, credential.CheckInclusion, "unknown pending"},
		{"of no log", facts{logErr: credential.ErrForeign}, noon, credential.Valid, credential.CheckInclusion, "unknown foreign"},
	}
	for _, c := range cases {
		src := i.sources(&c.facts)
		src.Now = c.now
		expect(t, c.name, credential.Verify(t.Context(), signed.Document, src), c.verdict, c.id, c.text)
	}
}

// Without sources nothing is asked, and nothing unknown passes for known.
func TestOfflineIsUnverifiable(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	signed := i.sign(t, i.badge())
	for _, input := range []string{string(signed.Document), i.envelope(t, signed.Document)} {
		r := credential.Verify(t.Context(), []byte(input), credential.Sources{Now: noon})
		complete(t, r)
		for _, id := range []credential.CheckID{credential.CheckProof, credential.CheckIssuer, credential.CheckStatus, credential.CheckInclusion} {
			expect(t, "nothing asked", r, credential.Unverifiable, id, "unknown offline")
		}
		expect(t, "nothing asked", r, credential.Unverifiable, credential.CheckDates, "ok within")
		if r.IssuerStanding != credential.UnknownStanding {
			t.Error(r.IssuerStanding)
		}
		src := i.sources(&facts{})
		src.Status, src.Log = nil, nil
		expect(t, "keys only", credential.Verify(t.Context(), []byte(input), src), credential.Unverifiable, credential.CheckStatus, "unknown offline")
	}
}

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

// A proof that was made for something else proves nothing here.
func TestProofOfSomethingElse(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	mine := decode(t, i.sign(t, i.badge()).Document)
	another := i.badge()
	another.ID = base + "/credentials/CCCCCCCCCCCCCCCCCCCCCC"
	theirs := decode(t, i.sign(t, another).Document)
	resign := func(change func(*dataintegrity.Options)) []any {
		o := dataintegrity.Options{VerificationMethod: i.key(t).Method, Created: noon, Purpose: "assertionMethod"}
		change(&o)
		unsigned := decode(t, i.sign(t, i.badge()).Document)
		delete(unsigned, "proof")
		proof, _, err := dataintegrity.Sign(t.Context(), unsigned, o, i.proof)
		if err != nil {
			t.Fatal(err)
		}
		return []any{proof.Map()}
	}
	cases := []struct {
		name string
		put  any
		text string
	}{
		{"of another credential", theirs["proof"], "failed altered"},
		{"made to log in", resign(func(o *dataintegrity.Options) { o.Purpose = "authentication" }), "failed unsupported"},
		{"for a challenge and a domain, as a second one", append(resign(func(o *dataintegrity.Options) { o.Challenge, o.Domain = "c", "d" }), mine["proof"].([]any)[0]), "failed severalProofs"},
		{"none at all", []any{}, "failed noProof"},
		{"a text", "proof", "failed noProof"},
		{"a list of texts", []any{"proof"}, "failed noProof"},
	}
	for _, c := range cases {
		spoilt := decode(t, encoded(t, mine))
		spoilt["proof"] = c.put
		r := i.verify(t, encoded(t, spoilt))
		if r.Verdict != credential.Invalid {
			t.Errorf("%s: %s", c.name, r.Verdict)
		}
		if schema := r.Check(credential.CheckSchema); schema.Status == credential.OK {
			expect(t, c.name, r, credential.Invalid, credential.CheckProof, c.text)
		}
	}
	delete(mine, "proof")
	expect(t, "unsigned", i.verify(t, encoded(t, mine)), credential.Invalid, credential.CheckProof, "failed noProof")
}

// A proof with an end of its own holds until then.
func TestProofThatEnds(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	doc := decode(t, i.sign(t, i.badge()).Document)
	delete(doc, "proof")
	proof, err := signWithEnd(t, i, doc, noon.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	doc["proof"] = []any{proof}
	expect(t, "before its end", i.verify(t, encoded(t, doc)), credential.Valid, credential.CheckProof, "ok embedded")
	src := i.sources(&facts{})
	src.Now = noon.Add(2 * time.Hour)
	expect(t, "after its end", credential.Verify(t.Context(), encoded(t, doc), src), credential.Invalid, credential.CheckProof, "failed unsupported")
}

// signWithEnd makes a proof by hand, since ours have no end.
func signWithEnd(t *testing.T, i *issuer, doc map[string]any, end time.Time) (map[string]any, error) {
	t.Helper()
	proof := map[string]any{"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "proofPurpose": "assertionMethod",
		"verificationMethod": i.key(t).Method, "created": openbadges.FormatDateTime(noon), "expires": openbadges.FormatDateTime(end)}
	options := map[string]any{"@context": doc["@context"]}
	for name, value := range proof {
		options[name] = value
	}
	configHash, err := dataintegrity.DocHash(t.Context(), options)
	if err != nil {
		return nil, err
	}
	docHash, err := dataintegrity.DocHash(t.Context(), doc)
	if err != nil {
		return nil, err
	}
	proof["proofValue"] = did.EncodeMultibase(ed25519.Sign(i.proof, slices.Concat(configHash[:], docHash[:])))
	return proof, nil
}

// Contexts that are not embedded, or that contradict each other, are named as
// what they are.
func TestContextsThatNobodyKnows(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	good := decode(t, i.sign(t, i.badge()).Document)
	for name, contexts := range map[string]any{
		"none":                     nil,
		"a text":                   openbadges.ContextVC2,
		"the first only":           []any{openbadges.ContextVC2},
		"in another order":         []any{openbadges.ContextOB3, openbadges.ContextVC2},
		"of a version to come":     []any{openbadges.ContextVC2, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.9.json"},
		"that redefine each other": []any{openbadges.ContextVC2, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"},
		"one more":                 []any{openbadges.ContextVC2, openbadges.ContextOB3, "https://evil.example/c.json"},
		"one inline":               []any{openbadges.ContextVC2, openbadges.ContextOB3, map[string]any{"@vocab": "urn:x:"}},
	} {
		spoilt := decode(t, encoded(t, good))
		spoilt["@context"] = contexts
		r := i.verify(t, encoded(t, spoilt))
		complete(t, r)
		if c := r.Check(credential.CheckContexts); r.Verdict != credential.Invalid || c.Status != credential.Failed {
			t.Errorf("contexts %s: %s, %s %s", name, r.Verdict, c.Status, c.Reason)
		}
	}
}

// A level outside of its description is found, though the issuer signed it.
func TestSignedLevelOfNoDescription(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	for path, text := range map[string]string{"achievedLevel": "failed levelUnknown", "resultDescription": "failed resultDescriptionUnknown"} {
		doc := decode(t, i.sign(t, i.badge()).Document)
		result := doc["credentialSubject"].(map[string]any)["result"].([]any)[0].(map[string]any)
		result[path] = base + "/achievements/other#niveau-1"
		expect(t, path, i.verify(t, i.signAnyway(t, doc)), credential.Invalid, credential.CheckResults, text)
	}
}

// signAnyway signs a document that Prepare would refuse.
func (i *issuer) signAnyway(t *testing.T, doc map[string]any) []byte {
	t.Helper()
	delete(doc, "proof")
	proof, _, err := dataintegrity.Sign(t.Context(), doc, dataintegrity.Options{VerificationMethod: i.key(t).Method, Created: noon}, i.proof)
	if err != nil {
		t.Fatal(err)
	}
	doc["proof"] = []any{proof.Map()}
	return encoded(t, doc)
}

// Credentials that other people's libraries signed are found right, and nothing
// is asked of them that they never promised: no status, no log of ours.
func TestSamplesOfOthers(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/samples/*")
	if err != nil || len(names) != 5 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		input, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		src := credential.Sources{Keys: did.Chain{did.Self{}}, Log: &facts{logErr: credential.ErrForeign}, Now: noon}
		r := credential.Verify(t.Context(), input, src)
		complete(t, r)
		expect(t, name, r, credential.Valid, credential.CheckStatus, "unknown none")
		src.Now = noon.AddDate(0, -1, 0)
		expect(t, name+" too early", credential.Verify(t.Context(), input, src), credential.NotYetValid, credential.CheckDates, "failed notYet")
		src.Now, src.Log = noon, nil
		expect(t, name+" and the log not asked", credential.Verify(t.Context(), input, src), credential.Unverifiable, credential.CheckInclusion, "unknown offline")
	}
}

// What is no credential at all is said to be none, and gets a whole report.
func TestWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	cases := map[string]struct{ input, text string }{
		"nothing":            {"", "failed unknownForm"},
		"a word":             {"badge", "failed unknownForm"},
		"a list":             {"[]", "failed unknownForm"},
		"a page":             {"<!doctype html>", "failed unknownForm"},
		"two dots":           {"a.b.c", "failed malformedJWT"},
		"half an object":     {`{"id":`, "failed malformedJSON"},
		"two objects":        {`{}{}`, "failed malformedJSON"},
		"a name twice":       {`{"id":"a","id":"b"}`, "failed malformedJSON"},
		"bytes":              {"{\xff\xfe}", "failed malformedJSON"},
		"a control":          {"{\"a\":\"\x01\"}", "failed malformedJSON"},
		"33 levels":          {strings.Repeat(`{"a":`, 33) + "1" + strings.Repeat("}", 33), "failed limits"},
		"2,001 values":       {`{"a":[` + strings.Repeat("1,", 2000) + "1]}", "failed limits"},
		"513 KiB":            {`{"a":"` + strings.Repeat("x", 513<<10) + `"}`, "failed limits"},
		"a token of 513 KiB": {strings.Repeat("x", 513<<10) + ".a.b", "failed limits"},
	}
	for name, c := range cases {
		r := i.verify(t, []byte(c.input))
		complete(t, r)
		expect(t, name, r, credential.Invalid, credential.CheckForm, c.text)
	}
	for name, input := range map[string]string{"an empty object": "{}", "another credential": `{"@context":["` + openbadges.ContextVC2 + `","` + openbadges.ContextOB3 + `"],"type":["VerifiableCredential"]}`} {
		r := i.verify(t, []byte(input))
		complete(t, r)
		if r.Verdict != credential.Invalid || r.Check(credential.CheckProof).Status != credential.Unknown || r.DocHash != "" {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func decode(t testing.TB, document []byte) map[string]any {
	t.Helper()
	doc, err := jsonld.DecodeObject(document)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func encoded(t testing.TB, doc any) []byte {
	t.Helper()
	raw, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
