package award_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
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

// The same reference is the same person, and nobody else is.
func TestHolder(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc, other := h.venue("atelier"), h.venue("phare")
	id, theirs := h.define(sc), h.define(other)
	ref := func(ref string) func(*award.Order) { return func(o *award.Order) { o.Recipient.Ref = ref } }
	first, again := h.issue(sc, id, ref("u-1")), h.issue(sc, id, ref("u-1"))
	if first.Holder.Subject != again.Holder.Subject {
		t.Error("one reference, two subjects")
	}
	seen := map[string]string{first.Holder.Subject: "u-1"}
	for name, stored := range map[string]award.Stored{"another reference": h.issue(sc, id, ref("u-2")), "no reference": h.issue(sc, id),
		"no reference again": h.issue(sc, id), "another venue": h.issue(other, theirs, ref("u-1"))} {
		if with, taken := seen[stored.Holder.Subject]; taken {
			t.Errorf("%s has the subject of %s", name, with)
		}
		seen[stored.Holder.Subject] = name
	}
	before := h.awards(sc)
	for _, name := range []award.Person{{GivenName: "Lucie", FamilyName: "Martin"}, {GivenName: "LUCIE", FamilyName: "Le Goff-D’Œuvre"}} {
		_, err := h.Issue(t.Context(), sc, h.order(id, func(o *award.Order) { o.Recipient = name; o.Recipient.Ref = "u-1" }))
		h.refused(err, problem.Conflict, "error.holder.name")
	}
	if after := h.awards(sc); after != before {
		t.Errorf("a refused name left %d awards", after-before)
	}
}

// Orders for one new person at the same moment make one holder.
func TestHolderAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	id := h.define(sc)
	const callers = 8
	receipts := make(chan award.Receipt, callers)
	for range callers {
		order := h.order(id, func(o *award.Order) { o.Recipient.Ref = "new" })
		go func() {
			r, err := h.Issue(t.Context(), sc, order)
			if err != nil {
				t.Error(err)
			}
			receipts <- r
		}()
	}
	subjects := map[string]bool{}
	for range callers {
		r := <-receipts
		stored := h.read(r.ID)
		subjects[stored.Holder.Subject] = true
		view, err := h.Examine(t.Context(), r.ID)
		h.must(err)
		if got := view.Credential.CredentialSubject.ID; got != stored.Holder.Subject || view.Report.Verdict != credential.Valid {
			t.Errorf("subject %s, holder %s, %s", got, stored.Holder.Subject, view.Report.Verdict)
		}
	}
	if len(subjects) != 1 {
		t.Errorf("%d subjects of one person", len(subjects))
	}
}

// A bad order names what is wrong with it, and leaves nothing: neither award nor
// holder, nor its key.
func TestBadOrderLeavesNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	id := h.define(sc)
	long := func(n int) string { return strings.Repeat("é", n) }
	cases := []struct {
		path  string
		spoil func(*award.Order)
	}{
		{"header.Idempotency-Key", func(o *award.Order) { o.Key = "" }},
		{"header.Idempotency-Key", func(o *award.Order) { o.Key = strings.Repeat("k", 201) }},
		{"header.Idempotency-Key", func(o *award.Order) { o.Key = "clé" }},
		{"$.recipient.givenName", func(o *award.Order) { o.Recipient.GivenName = "" }},
		{"$.recipient.givenName", func(o *award.Order) { o.Recipient.GivenName = " Lucie" }},
		{"$.recipient.givenName", func(o *award.Order) { o.Recipient.GivenName = long(101) }},
		{"$.recipient.familyName", func(o *award.Order) { o.Recipient.FamilyName = "Le\nGoff" }},
		{"$.recipient.familyName", func(o *award.Order) { o.Recipient.FamilyName = "Goff\u202e" }},
		{"$.recipient.familyName", func(o *award.Order) { o.Recipient.FamilyName = "Goff\xff" }},
		{"$.recipient.email", func(o *award.Order) { o.Recipient.Email = "lucie" }},
		{"$.recipient.email", func(o *award.Order) { o.Recipient.Email = "Lucie <lucie@example.org>" }},
		{"$.recipient.ref", func(o *award.Order) { o.Recipient.Ref = "n° 1" }},
		{"$.birthYear", func(o *award.Order) { o.Recipient.BirthYear = 1895 }},
		{"$.birthYear", func(o *award.Order) { o.Recipient.BirthYear = 2027 }},
		{"$.level", func(o *award.Order) { o.Level = "8" }},
		{"$.evidence", func(o *award.Order) { o.Evidence = slices.Repeat([]award.Evidence{{Narrative: "x"}}, 11) }},
		{"$.evidence[0]", func(o *award.Order) { o.Evidence = []award.Evidence{{Name: "vide"}} }},
		{"$.evidence[0].url", func(o *award.Order) { o.Evidence = []award.Evidence{{URL: "preuves/1"}} }},
		{"$.evidence[0].url", func(o *award.Order) { o.Evidence = []award.Evidence{{URL: "javascript:alert(1)"}} }},
		{"$.evidence[0].url", func(o *award.Order) { o.Evidence = []award.Evidence{{URL: "https://u:p@example.org/"}} }},
		{"$.evidence[0].url", func(o *award.Order) { o.Evidence = []award.Evidence{{URL: "https://médiathèque.example/"}} }},
		{"$.evidence[0].url", func(o *award.Order) {
			o.Evidence = []award.Evidence{{URL: "https://example.org/" + strings.Repeat("a", 1980)}}
		}},
		{"$.evidence[0].narrative", func(o *award.Order) { o.Evidence = []award.Evidence{{Narrative: "\x07"}} }},
		{"$.evidence[0].narrative", func(o *award.Order) { o.Evidence = []award.Evidence{{Narrative: long(4001)}} }},
		{"$.awardedDate", func(o *award.Order) { o.AwardedOn = "2026-02-30" }},
		{"$.awardedDate", func(o *award.Order) { o.AwardedOn = "2026-11-23" }},
		{"$.awardedDate", func(o *award.Order) { o.AwardedOn = "1900-01-01" }},
		{"$.consent.at", func(o *award.Order) { o.Consent = &award.Consent{By: "Elle", How: "papier"} }},
		{"$.consent.by", func(o *award.Order) { o.Consent = &award.Consent{At: dawn, How: "papier"} }},
	}
	for i, c := range cases {
		order := h.order(id, c.spoil)
		order.Recipient.Ref = firstOf(order.Recipient.Ref, "person")
		_, err := h.Issue(t.Context(), sc, order)
		var broken *problem.Error
		if !errors.As(err, &broken) || broken.Kind != problem.Invalid ||
			!slices.ContainsFunc(broken.Violations, func(v problem.Violation) bool { return v.Path == c.path }) {
			t.Errorf("case %d: %v does not name %s", i, err, c.path)
		}
		if _, _, err := h.store.Answered(t.Context(), sc, order.Key); !problem.Is(err, problem.NotFound) {
			t.Errorf("case %d: its key is taken: %v", i, err)
		}
	}
	_, err := h.store.Holder(t.Context(), sc, "person")
	h.refused(err, problem.NotFound, "")
	if n := h.awards(sc); n != 0 {
		t.Errorf("%d awards", n)
	}
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// What belongs to another venue, or does not exist, or is withdrawn, is not
// awarded.
func TestAchievementThatIsNotToBeAwarded(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc, other := h.venue("atelier"), h.venue("phare")
	id := h.define(sc)
	_, foreign := h.Issue(t.Context(), other, h.order(id))
	_, missing := h.Issue(t.Context(), other, h.order("AAAAAAAAAAAAAAAAAAAAAA"))
	h.refused(foreign, problem.NotFound, "")
	if foreign.Error() != missing.Error() {
		t.Errorf("foreign %v, missing %v", foreign, missing)
	}
	kept := h.issue(sc, id)
	_, err := h.Withdraw(t.Context(), sc, id, "Remplacé.")
	h.must(err)
	_, err = h.Issue(t.Context(), sc, h.order(id))
	h.refused(err, problem.Conflict, "error.achievement.withdrawn")
	_, err = h.Revise(t.Context(), sc, id, definition())
	h.refused(err, problem.Conflict, "error.achievement.withdrawn")
	_, err = h.Withdraw(t.Context(), sc, id, "Encore.")
	h.refused(err, problem.Conflict, "")
	view, err := h.Examine(t.Context(), kept.ID)
	h.must(err)
	if view.Report.Verdict != credential.Valid {
		t.Errorf("an award made before is %s", view.Report.Verdict)
	}
}

// An award keeps the version that it was made under.
func TestAwardKeepsItsVersion(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	id := h.define(sc)
	before := h.issue(sc, id)
	changed := definition()
	changed.Criteria = "Avoir comparé **cinq** sources."
	a, err := h.Revise(t.Context(), sc, id, changed)
	h.must(err)
	after := h.issue(sc, id)
	if a.Version != 2 || before.Version != 1 || after.Version != 2 {
		t.Errorf("versions %d, %d, %d", a.Version, before.Version, after.Version)
	}
	for stored, words := range map[*award.Stored]string{&before: "**trois**", &after: "**cinq**"} {
		if !bytes.Contains(stored.Document, []byte(words)) {
			t.Errorf("version %d lacks %s", stored.Version, words)
		}
	}
	first, err := h.store.PublicAchievement(t.Context(), id, 1)
	h.must(err)
	if !bytes.Contains(first.Document, []byte("**trois**")) {
		t.Error("version 1 has changed")
	}
}
