package award_test

import (
	"testing"

	"ramure/internal/award"
	"ramure/internal/credential"
	"ramure/internal/problem"
)

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
