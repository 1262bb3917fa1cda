package award_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"ramure/internal/award"
	"ramure/internal/openbadges"
)

// A hidden name, and what would give it away, is in nothing that anybody can
// read: the credential, the token, the proof, the list, the log.
func TestHiddenNameIsNowhere(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	person := award.Person{GivenName: "Ophélie", FamilyName: "Vernaison", Email: "ophelie@vernaison.example", Ref: "dossier-4711", BirthYear: 1987}
	stored := h.issue(sc, h.define(sc), func(o *award.Order) {
		o.Recipient = person
		o.Evidence = []award.Evidence{{Narrative: "Observé en séance."}}
	})
	h.must(h.revoke(sc, stored.ID))
	salt, err := hex.DecodeString(stored.NameSalt)
	h.must(err)
	secrets := map[string]string{"given name": "Ophélie", "family name": "Vernaison", "folded": "ophelie", "folded family": "vernaison",
		"address": "ophelie@", "reference": "dossier-4711", "year": "1987", "salt": stored.NameSalt,
		"salt in base64": base64.StdEncoding.EncodeToString(salt), "reason": "par erreur", "key of the order": stored.Key}
	for where, text := range h.published(stored) {
		for _, form := range forms(text) {
			for what, secret := range secrets {
				if bytes.Contains(bytes.ToLower(form), []byte(strings.ToLower(secret))) {
					t.Errorf("%s holds the %s", where, what)
				}
			}
			if where != "proof" && bytes.Contains(form, []byte(base64.StdEncoding.EncodeToString(stored.CommitSalt[:]))) {
				t.Errorf("%s opens the leaf", where)
			}
		}
	}
	if view, err := h.Examine(t.Context(), stored.ID); err != nil || view.Name != nil {
		t.Errorf("the page has the name: %v, %v", view.Name, err)
	}
}

// published is all that anybody may read about an award.
func (h *house) published(stored award.Stored) map[string][]byte {
	h.Helper()
	token, err := h.JWT(h.Context(), stored.ID)
	h.must(err)
	h.log.Settle(h.Context())
	proof, err := h.Proof(h.Context(), stored.ID)
	h.must(err)
	list, err := h.List(h.Context(), stored.Slot.List)
	h.must(err)
	view, err := h.Examine(h.Context(), stored.ID)
	h.must(err)
	report, err := json.Marshal(view.Report)
	h.must(err)
	printed, err := h.Printed(h.Context(), stored.ID)
	h.must(err)
	checkpoint, err := h.store.LastCheckpoint(h.Context())
	h.must(err)
	leaves, err := h.store.Leaves(h.Context(), 0, int(checkpoint.Size))
	h.must(err)
	profile, err := h.Profile(h.Context(), stored.Venue)
	h.must(err)
	document, err := h.Document(h.Context(), stored.Venue)
	h.must(err)
	return map[string][]byte{"credential": stored.Document, "token": []byte(token), "proof": proof, "list": list.Document,
		"report": report, "QR": []byte(printed), "log": bytes.Join(leaves, nil), "profile": profile, "DID document": fmt.Appendf(nil, "%+v", document)}
}

// forms are the text itself, and what its base64 parts and JSON escapes hide.
func forms(text []byte) [][]byte {
	list := [][]byte{text}
	for _, part := range bytes.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(". \n\"", r) }) {
		for _, encoding := range []*base64.Encoding{base64.RawURLEncoding, base64.StdEncoding, base64.RawStdEncoding} {
			if raw, err := encoding.DecodeString(string(part)); err == nil && len(raw) > 8 {
				list = append(list, raw)
			}
		}
	}
	var value any
	if json.Unmarshal(text, &value) == nil {
		list = append(list, fmt.Appendf(nil, "%v", value))
	}
	return list
}

// The hash of the name takes a salt of its own for each award, so that two
// badges of one person can't be told to be hers, and nobody guesses the name.
func TestHashOfTheName(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	id := h.define(sc)
	hashes, salts := map[string]bool{}, map[string]bool{}
	for range 10 {
		stored := h.issue(sc, id, func(o *award.Order) { o.Recipient.Ref = "same" })
		subject := decode(t, stored.Document)["credentialSubject"].(map[string]any)
		identity := subject["identifier"].([]any)[0].(map[string]any)
		hash := identity["identityHash"].(string)
		hashes[hash], salts[stored.NameSalt] = true, true
		if len(stored.NameSalt) != 32 || identity["salt"] != nil || identity["hashed"] != true || identity["identityType"] != "name" {
			t.Errorf("identity %v, salt of %d digits", identity, len(stored.NameSalt))
		}
		if want := openbadges.IdentityHash("lucie le goff d oeuvre", stored.NameSalt); hash != want {
			t.Errorf("hash %s, want %s", hash, want)
		}
		if hash == openbadges.IdentityHash("lucie le goff d oeuvre", "") {
			t.Error("the hash has no salt")
		}
	}
	if len(hashes) != 10 || len(salts) != 10 {
		t.Errorf("%d hashes and %d salts of 10 awards", len(hashes), len(salts))
	}
}

// A name is shown only if it is the one that was signed: a row that somebody
// changed shows nothing.
func TestNameThatWasNotSignedIsNotShown(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	stored := h.issue(sc, h.define(sc), func(o *award.Order) {
		o.ShowName, o.Consent = true, &award.Consent{By: "Lucie", At: dawn, How: "papier"}
		o.Recipient.Over15 = true
	})
	for name, spoil := range map[string]func(*award.Stored){
		"another name": func(s *award.Stored) { s.Holder.FamilyName = "Martin" },
		"another salt": func(s *award.Stored) { s.NameSalt = strings.Repeat("0", 32) },
		"hidden since": func(s *award.Stored) { s.ShowName = false },
	} {
		changed := h.Config
		changed.Store = storeBut{h.store, spoil}
		view, err := award.New(changed).Examine(t.Context(), stored.ID)
		h.must(err)
		if view.Name != nil {
			t.Errorf("%s: shown as %+v", name, view.Name)
		}
	}
	view, err := h.Examine(t.Context(), stored.ID)
	h.must(err)
	if view.Name == nil || view.Name.Salt != stored.NameSalt {
		t.Errorf("shown as %+v", view.Name)
	}
}
