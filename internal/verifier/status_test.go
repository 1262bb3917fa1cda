package verifier_test

import (
	"bytes"
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
		{"another address", func([]byte) []byte { return w.list("atelier", "atelier", address) }, credential.Unverifiable, "unreadable"},
		{"another purpose", func([]byte) []byte { return w.list("atelier", "atelier", suspension) }, credential.Unverifiable, "unreadable"},
		{"past its end", func([]byte) []byte { return w.list("atelier", "atelier", ended) }, credential.Unverifiable, "stale"},
		{"before its beginning", func([]byte) []byte { return w.list("atelier", "atelier", early) }, credential.Unverifiable, "early"},
		{"an error page", func([]byte) []byte { return []byte("<!doctype html>") }, credential.Unverifiable, "unreadable"},
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

func purpose(_ *statuslist.Params, o *dataintegrity.Options) { o.Purpose = "authentication" }

func address(p *statuslist.Params, _ *dataintegrity.Options) { p.ID += "0" }

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
