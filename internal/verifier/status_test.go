package verifier_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"testing"
	"time"

	"ramure/internal/credential"
	"ramure/internal/credential/dataintegrity"
	"ramure/internal/credential/statuslist"
	"ramure/internal/jsonld"
	"ramure/internal/keyring"
	"ramure/internal/verifier"
)

// A badge verifies over the wire in both forms, until it is taken back: then the
// next question knows.
func TestVerifyOverTheWire(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	sc := w.venue("atelier")
	stored := w.issue(sc)
	token, err := w.JWT(t.Context(), stored.ID)
	w.must(err)
	forms := map[string][]byte{"json": stored.Document, "jwt": []byte(token)}
	for name, input := range forms {
		r := w.verify(input, verifier.Options{})
		w.expect(name, r, credential.Valid, credential.CheckInclusion, "included")
		w.expect(name, r, credential.Valid, credential.CheckStatus, "notRevoked")
		if r.IssuerStanding != credential.OfNetwork {
			t.Errorf("%s: standing %s", name, r.IssuerStanding)
		}
	}
	_, err = w.Revoke(t.Context(), sc, stored.ID, "Par erreur.")
	w.must(err)
	for name, input := range forms {
		w.expect(name, w.verify(input, verifier.Options{}), credential.Revoked, credential.CheckStatus, "revoked")
	}
}

// A list is believed only if the badge's issuer signed it, for this address, not
// long ago; whatever else answers leaves the state unknown or makes it fail, and
// never says that the badge is good.
func TestListsThatAreNotBelieved(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	sc, other := w.venue("atelier"), w.venue("phare")
	stored := w.issue(sc)
	foreign := w.issue(other)
	if stored.Slot.List != 1 || foreign.Slot.List != 2 {
		t.Fatal(stored.Slot, foreign.Slot)
	}
	theirs, err := w.List(t.Context(), 2)
	w.must(err)
	cases := []struct {
		name    string
		spoil   func([]byte) []byte
		verdict credential.Verdict
		reason  string
	}{
		{"the list of another issuer", func([]byte) []byte { return theirs.Document }, credential.Invalid, "otherIssuer"},
		{"another issuer's list that claims to be ours", func([]byte) []byte { return w.list("phare", "atelier", nil) }, credential.Invalid, "badList"},
		{"one character of the bits", func(b []byte) []byte { return turned(b, `"encodedList":"u`, 12) }, credential.Invalid, "badList"},
		{"one character of the proof", func(b []byte) []byte { return turned(b, `"proofValue":"z`, 20) }, credential.Invalid, "badList"},
		{"the end moved", func(b []byte) []byte {
			return bytes.Replace(b, []byte(`"validUntil":"2026`), []byte(`"validUntil":"2036`), 1)
		}, credential.Invalid, "badList"},
		{"no proof", func(b []byte) []byte { return without(b, "proof") }, credential.Invalid, "badList"},
		{"a proof for something else", func([]byte) []byte { return w.list("atelier", "atelier", purpose) }, credential.Invalid, "badList"},
		{"another address", func([]byte) []byte { return w.list("atelier", "atelier", address) }, credential.Invalid, "badList"},
		{"another purpose", func([]byte) []byte { return w.list("atelier", "atelier", suspension) }, credential.Invalid, "badList"},
		{"past its end", func([]byte) []byte { return w.list("atelier", "atelier", ended) }, credential.Unverifiable, "stale"},
		{"before its beginning", func([]byte) []byte { return w.list("atelier", "atelier", early) }, credential.Invalid, "badList"},
		{"an error page", func([]byte) []byte { return []byte("<!doctype html>") }, credential.Invalid, "badList"},
		{"nothing", func([]byte) []byte { return nil }, credential.Unverifiable, "unreachable"},
		{"its own", func(b []byte) []byte { return b }, credential.Valid, "notRevoked"},
	}
	for _, c := range cases {
		w.spoil("/status/1", c.spoil)
		w.expect(c.name, w.verify(stored.Document, verifier.Options{}), c.verdict, credential.CheckStatus, c.reason)
	}
	w.cut("/status/1")
	w.expect("a cut connection", w.verify(stored.Document, verifier.Options{}), credential.Unverifiable, credential.CheckStatus, "unreachable")
}

// A list that is taken from yesterday is stale: no attacker keeps an old one alive.
func TestOldListIsStale(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	sc := w.venue("atelier")
	stored := w.issue(sc)
	old, err := w.List(t.Context(), 1)
	w.must(err)
	_, err = w.Revoke(t.Context(), sc, stored.ID, "Par erreur.")
	w.must(err)
	w.spoil("/status/1", func([]byte) []byte { return old.Document })
	w.advance(24*time.Hour - time.Second)
	w.expect("in its last second", w.verify(stored.Document, verifier.Options{}), credential.Valid, credential.CheckStatus, "notRevoked")
	w.advance(time.Second)
	w.expect("past", w.verify(stored.Document, verifier.Options{}), credential.Unverifiable, credential.CheckStatus, "stale")
	w.spoil("/status/1", nil)
	w.expect("as it is now", w.verify(stored.Document, verifier.Options{}), credential.Revoked, credential.CheckStatus, "revoked")
}

// listChange changes a list before it is signed.
type listChange func(*statuslist.Params, *dataintegrity.Options)

func purpose(_ *statuslist.Params, o *dataintegrity.Options)    { o.Purpose = "authentication" }
func address(p *statuslist.Params, _ *dataintegrity.Options)    { p.ID += "0" }
func suspension(p *statuslist.Params, _ *dataintegrity.Options) { p.Purpose = "suspension" }
func ended(p *statuslist.Params, _ *dataintegrity.Options) {
	p.ValidFrom, p.ValidUntil = dawn.Add(-48*time.Hour), dawn.Add(-24*time.Hour)
}
func early(p *statuslist.Params, _ *dataintegrity.Options) {
	p.ValidFrom, p.ValidUntil = dawn.Add(time.Hour), dawn.Add(25*time.Hour)
}

// list signs list 1 of an issuer with the key of a venue that may be another one.
func (w *world) list(signing, claimed string, change listChange) []byte {
	w.Helper()
	key, err := w.ring.Ensure(w.Context(), signing, keyring.Status, keyring.Ed25519)
	w.must(err)
	p := statuslist.Params{ID: w.Addresses.StatusList(1), Issuer: w.Addresses.Issuer(claimed), Purpose: "revocation",
		ValidFrom: dawn, ValidUntil: dawn.Add(24 * time.Hour), Bits: statuslist.New()}
	method, err := w.Addresses.Method(claimed, key.Public())
	w.must(err)
	o := dataintegrity.Options{VerificationMethod: method, Created: dawn, Purpose: "assertionMethod"}
	if change != nil {
		change(&p, &o)
	}
	raw, err := json.Marshal(statuslist.Unsigned(p))
	w.must(err)
	doc, err := jsonld.DecodeObject(raw)
	w.must(err)
	proof, _, err := dataintegrity.Sign(w.Context(), doc, o, key)
	w.must(err)
	doc["proof"] = []any{proof.Map()}
	signed, err := json.Marshal(doc)
	w.must(err)
	return signed
}

// turned changes one character after a mark.
func turned(document []byte, mark string, after int) []byte {
	changed := bytes.Clone(document)
	at := bytes.Index(changed, []byte(mark)) + len(mark) + after
	if changed[at]++; changed[at] == '0'+10 || changed[at] == 'Z'+1 || changed[at] == 'z'+1 || changed[at] == 'I' || changed[at] == 'O' || changed[at] == 'l' {
		changed[at] = '2'
	}
	return changed
}

func without(document []byte, member string) []byte {
	doc, err := jsonld.DecodeObject(document)
	if err != nil {
		return nil
	}
	delete(doc, member)
	raw, err := json.Marshal(doc)
	if err != nil {
		return nil
	}
	return raw
}

// The issuer's document is what says whose keys count.
func TestDocumentsThatAreNotBelieved(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	stored, foreign := w.issue(w.venue("atelier")), w.issue(w.venue("phare"))
	other, err := json.Marshal(mustDocument(w, "phare"))
	w.must(err)
	path := "/issuers/atelier/did.json"
	cases := []struct {
		name    string
		spoil   func([]byte) []byte
		verdict credential.Verdict
		reason  string
	}{
		{"that of another issuer", func([]byte) []byte { return other }, credential.Invalid, "keyNotPublished"},
		{"with a name twice", func(b []byte) []byte { return bytes.Replace(b, []byte(`{`), []byte(`{"id":"x",`), 1) }, credential.Invalid, "keyNotPublished"},
		{"without the keys", func(b []byte) []byte { return without(b, "assertionMethod") }, credential.Invalid, "keyNotPublished"},
		{"a page", func([]byte) []byte { return []byte("<!doctype html>") }, credential.Invalid, "keyNotPublished"},
		{"nothing", func([]byte) []byte { return nil }, credential.Unverifiable, "unreachable"},
		{"its own", func(b []byte) []byte { return b }, credential.Valid, "embedded"},
	}
	for _, c := range cases {
		w.spoil(path, c.spoil)
		w.expect(c.name, w.verify(stored.Document, verifier.Options{}), c.verdict, credential.CheckProof, c.reason)
	}
	w.cut(path)
	w.expect("a cut connection", w.verify(stored.Document, verifier.Options{}), credential.Unverifiable, credential.CheckProof, "unreachable")
	w.expect("the neighbour meanwhile", w.verify(foreign.Document, verifier.Options{}), credential.Valid, credential.CheckProof, "embedded")
}

func mustDocument(w *world, slug string) any {
	w.Helper()
	document, err := w.Document(w.Context(), slug)
	w.must(err)
	return document
}

// A thief of the key for lists can't sign badges: the document would have to say
// so. One key, one use.
func TestBadgeUnderAnUnpublishedKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	stored := w.issue(w.venue("atelier"))
	doc, err := jsonld.DecodeObject(stored.Document)
	w.must(err)
	delete(doc, "proof")
	_, key, err := ed25519.GenerateKey(rand.Reader)
	w.must(err)
	method, err := w.Addresses.Method("atelier", key.Public())
	w.must(err)
	proof, _, err := dataintegrity.Sign(t.Context(), doc, dataintegrity.Options{VerificationMethod: method, Created: dawn}, key)
	w.must(err)
	doc["proof"] = []any{proof.Map()}
	forged, err := json.Marshal(doc)
	w.must(err)
	w.expect("forged", w.verify(forged, verifier.Options{}), credential.Invalid, credential.CheckProof, "keyNotPublished")
}

// A bit of another purpose is no revocation, and says nothing of one.
func TestBitOfAnotherPurpose(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.venue("atelier")
	for _, purpose := range []string{"suspension", "message", "refresh"} {
		input := w.foreignEntry(purpose)
		w.expect(purpose, w.verify(input, verifier.Options{}), credential.Invalid, credential.CheckStatus, "foreign")
	}
	w.expect("revocation", w.verify(w.foreignEntry("revocation"), verifier.Options{}), credential.Invalid, credential.CheckStatus, "revoked")
}

// foreignEntry is a badge of the venue, signed by its key and never logged, whose
// bit is set in a list of that purpose.
func (w *world) foreignEntry(purpose string) []byte {
	w.Helper()
	set := func(p *statuslist.Params, _ *dataintegrity.Options) {
		p.Purpose = purpose
		p.Bits.Set(7, true)
	}
	list := w.list("atelier", "atelier", set)
	w.spoil("/status/1", func([]byte) []byte { return list })
	return w.forge(func(doc map[string]any) {
		doc["credentialStatus"] = map[string]any{"id": w.base + "/status/1#7", "type": "BitstringStatusListEntry",
			"statusPurpose": purpose, "statusListIndex": "7", "statusListCredential": w.base + "/status/1"}
	})
}

// forge signs with the venue's own key a badge that the venue never issued, as a
// thief of the key would.
func (w *world) forge(change func(map[string]any)) []byte {
	w.Helper()
	sc := w.venueOnce("vol")
	doc, err := jsonld.DecodeObject(w.issue(sc).Document)
	w.must(err)
	delete(doc, "proof")
	issuer := doc["issuer"].(map[string]any)
	issuer["id"] = w.Addresses.Issuer("atelier")
	change(doc)
	key, err := w.ring.Ensure(w.Context(), "atelier", keyring.Proof, keyring.Ed25519)
	w.must(err)
	method, err := w.Addresses.Method("atelier", key.Public())
	w.must(err)
	proof, _, err := dataintegrity.Sign(w.Context(), doc, dataintegrity.Options{VerificationMethod: method, Created: dawn}, key)
	w.must(err)
	doc["proof"] = []any{proof.Map()}
	raw, err := json.Marshal(doc)
	w.must(err)
	return raw
}
