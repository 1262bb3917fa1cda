package verifier_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"testing"

	"ramure/internal/credential"
	"ramure/internal/credential/dataintegrity"
	"ramure/internal/credential/statuslist"
	"ramure/internal/jsonld"
	"ramure/internal/keyring"
	"ramure/internal/verifier"
)

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
	for purpose, reason := range map[string]string{"message": "none", "refresh": "none", "suspension": "suspended", "revocation": "revoked"} {
		w.expect(purpose, w.verify(w.foreignEntry(purpose), verifier.Options{}), credential.Invalid, credential.CheckStatus, reason)
	}
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
