package award_test

import (
	"testing"
	"time"

	"ramure/internal/award"
	"ramure/internal/credential"
	"ramure/internal/problem"
	"ramure/internal/scope"
)

func (h *house) revoke(sc scope.Scope, id award.ID) error {
	_, err := h.Revoke(h.Context(), sc, id, "Délivré par erreur.")
	return err
}

// A revocation is seen by the next read: on the page, in the list, once for good.
func TestRevoke(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc, other := h.venue("atelier"), h.venue("phare")
	id := h.define(sc)
	stored, kept := h.issue(sc, id), h.issue(sc, id)
	issuer := h.Addresses.Issuer("atelier")
	if h.listed(1, issuer, stored.Slot) {
		t.Error("revoked before it was")
	}
	h.refused(h.revoke(other, stored.ID), problem.NotFound, "")
	h.refused(h.revoke(sc, "AAAAAAAAAAAAAAAAAAAAAA"), problem.NotFound, "")
	_, err := h.Revoke(t.Context(), sc, stored.ID, " \n")
	h.refused(err, problem.Invalid, "$.reason")
	h.clock.advance(time.Hour)
	h.must(h.revoke(sc, stored.ID))
	if !h.listed(1, issuer, stored.Slot) || h.listed(1, issuer, kept.Slot) {
		t.Error("the list does not say which one was revoked")
	}
	for id, want := range map[award.ID]credential.Verdict{stored.ID: credential.Revoked, kept.ID: credential.Valid} {
		view, err := h.Examine(t.Context(), id)
		h.must(err)
		if view.Report.Verdict != want {
			t.Errorf("%s, want %s", view.Report.Verdict, want)
		}
	}
	h.refused(h.revoke(sc, stored.ID), problem.Conflict, "error.award.revoked")
	if r := h.read(stored.ID).Revocation; r == nil || !r.At.Equal(h.clock.now()) || r.By != "operator" || r.Reason != "Délivré par erreur." {
		t.Errorf("recorded as %+v", r)
	}
}

// Many callers revoke once.
func TestRevokeAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	stored := h.issue(sc, h.define(sc))
	const callers = 8
	results := make(chan error, callers)
	for range callers {
		go func() { results <- h.revoke(sc, stored.ID) }()
	}
	done := 0
	for range callers {
		if err := <-results; err == nil {
			done++
		} else if !problem.Is(err, problem.Conflict) {
			t.Error(err)
		}
	}
	if done != 1 {
		t.Errorf("revoked %d times", done)
	}
}
