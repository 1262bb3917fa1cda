package award_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"testing"

	"ramure/internal/award"
	"ramure/internal/credential"
	"ramure/internal/openbadges"
	"ramure/internal/problem"
	"ramure/internal/translog"
)

// What is issued is what was asked for, and a stranger finds it valid.
func TestIssue(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	stored := h.issue(sc, h.define(sc), func(o *award.Order) {
		o.Evidence = []award.Evidence{{Name: "Carte", URL: "https://example.org/carte", Narrative: "Trois sources."}}
	})
	view, err := h.Examine(t.Context(), stored.ID)
	h.must(err)
	if view.Report.Verdict != credential.Valid {
		t.Fatalf("%+v", view.Report)
	}
	c := view.Credential
	for what, pair := range map[string][2]string{
		"id": {c.ID, base + "/credentials/" + string(stored.ID)}, "issuer": {c.Issuer.ID, "did:web:badges.example:issuers:atelier"},
		"issuer's name": {c.Issuer.Name, "ERIC atelier"}, "name": {c.Name, "Vérifier une information"},
		"level": {c.CredentialSubject.Result[0].AchievedLevel, c.CredentialSubject.Achievement.ID + "#niveau-3"},
		"from":  {c.ValidFrom, "2026-11-22T09:00:00Z"}, "until": {c.ValidUntil, "2029-11-22T09:00:00Z"},
		"day of award": {c.AwardedDate, "2026-11-22T11:00:00Z"}, "evidence": {c.Evidence[0].ID, "https://example.org/carte"},
		"subject": {c.CredentialSubject.ID, stored.Holder.Subject}, "address of the list": {c.CredentialStatus.StatusListCredential, base + "/status/1"},
		"hash": {view.Report.DocHash, hex.EncodeToString(stored.DocHash[:])}, "actor": {stored.IssuedBy, "operator"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %q, want %q", what, pair[0], pair[1])
		}
	}
	if target := c.CredentialSubject.Achievement.Alignment[0].TargetURL; target != base+"/competences/acunum.c1.4" {
		t.Error(target)
	}
	if broken := openbadges.Validate(decode(t, stored.Document), openbadges.Strict); len(broken) > 0 {
		t.Error(broken)
	}
}

// Nothing can be taken out of an award without a trace: no statement stands in it
// twice.
func TestNothingCanBeTakenOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	stored := h.issue(sc, h.define(sc), func(o *award.Order) {
		o.Evidence = []award.Evidence{{Name: "Carte", URL: "https://example.org/carte", Narrative: "Trois sources."}, {Narrative: "Vu en séance."}}
	})
	doc, taken := decode(t, stored.Document), 0
	var take func(path string, value any)
	take = func(path string, value any) {
		object, isObject := value.(map[string]any)
		for name, member := range object {
			delete(object, name)
			taken++
			if r := h.report(string(marshal(t, doc))); r.Check(credential.CheckProof).Status == credential.OK {
				t.Errorf("without %s.%s the proof holds", path, name)
			}
			object[name] = member
			take(path+"."+name, member)
		}
		if list, isList := value.([]any); isList && !isObject {
			for i, item := range list {
				take(fmt.Sprintf("%s[%d]", path, i), item)
			}
		}
	}
	take("$", doc)
	if r := h.report(string(marshal(t, doc))); r.Check(credential.CheckProof).Status != credential.OK || taken < 50 {
		t.Errorf("%d members taken out and put back: %+v", taken, r.Check(credential.CheckProof))
	}
}

// The leaf commits to the document: nobody else's fits.
func TestLeafCommitsToTheDocument(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	id := h.define(sc)
	for range 3 {
		stored := h.issue(sc, id)
		want := translog.IssueLeaf("2026-11-22", h.Addresses.Issuer("atelier"), stored.Thumbprint,
			translog.Commit(stored.CommitSalt, stored.DocHash))
		raw, err := want.Marshal()
		h.must(err)
		if !bytes.Equal(stored.Leaf, raw) {
			t.Errorf("leaf %q, want %q", stored.Leaf, raw)
		}
	}
}

// The same key is the same award for ever; with another order it is a conflict.
func TestSameKey(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc, other := h.venue("atelier"), h.venue("phare")
	id := h.define(sc)
	order := h.order(id)
	first, err := h.Issue(t.Context(), sc, order)
	h.must(err)
	h.clock.advance(100 * 24 * 60 * 60 * 1e9)
	h.doubt.Store(true) // an answer that was given needs no clock
	again, err := h.Issue(t.Context(), sc, order)
	h.must(err)
	if first.Replayed || !again.Replayed {
		t.Errorf("replayed: %v, then %v", first.Replayed, again.Replayed)
	}
	if again.Replayed = false; fmt.Sprint(first) != fmt.Sprint(again) || first.Status() != again.Status() {
		t.Errorf("first %+v, again %+v", first, again)
	}
	h.doubt.Store(false)
	changed := order
	changed.Fingerprint[0] ^= 1
	_, err = h.Issue(t.Context(), sc, changed)
	h.refused(err, problem.Conflict, "error.idempotency.mismatch")
	_, err = h.Issue(t.Context(), other, order)
	h.refused(err, problem.NotFound, "") // the key is free there, the achievement is not theirs
	if n := h.awards(sc); n != 1 {
		t.Errorf("%d awards", n)
	}
}

// Many callers with one key get one award.
func TestSameKeyAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	order := h.order(h.define(sc))
	const callers = 12
	ids := make(chan award.ID, callers)
	for range callers {
		go func() {
			r, err := h.Issue(t.Context(), sc, order)
			if err != nil {
				t.Error(err)
			}
			ids <- r.ID
		}()
	}
	first := <-ids
	for range callers - 1 {
		if id := <-ids; id != first || id == "" {
			t.Errorf("%q, then %q", first, id)
		}
	}
	if n := h.awards(sc); n != 1 {
		t.Errorf("%d awards of one key", n)
	}
}
