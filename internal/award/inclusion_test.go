package award_test

import (
	"context"
	"testing"

	"ramure/internal/award"
	"ramure/internal/credential"
	"ramure/internal/problem"
	"ramure/internal/translog"
)

// storeBut is a store that answers something else about an award.
type storeBut struct {
	award.Store
	spoil func(*award.Stored)
}

func (s storeBut) PublicAward(ctx context.Context, id award.ID) (award.Stored, error) {
	stored, err := s.Store.PublicAward(ctx, id)
	s.spoil(&stored)
	return stored, err
}

// A badge whose leaf waits for the log is not yet valid, and says so.
func TestPendingIsNotValid(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	h.log.held.Store(true)
	stored := h.issue(sc, h.define(sc))
	view, err := h.Examine(t.Context(), stored.ID)
	h.must(err)
	if c := view.Report.Check(credential.CheckInclusion); view.Report.Verdict != credential.Unverifiable || c.Reason != "pending" {
		t.Errorf("%s, %+v", view.Report.Verdict, c)
	}
	_, err = h.Proof(t.Context(), stored.ID)
	h.refused(err, problem.Unavailable, "error.log.pending")
	h.log.held.Store(false) // whoever asks next settles it
	view, err = h.Examine(t.Context(), stored.ID)
	h.must(err)
	if c := view.Report.Check(credential.CheckInclusion); view.Report.Verdict != credential.Valid || c.Args["day"] != "2026-11-22" {
		t.Errorf("%s, %+v", view.Report.Verdict, c)
	}
	if h.log.woken.Load() == 0 {
		t.Error("nobody told the sequencer")
	}
}

// The proof convinces a stranger who has the policy, of this badge only.
func TestProofConvincesStrangers(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc, other := h.venue("atelier"), h.venue("phare")
	id, theirs := h.define(sc), h.define(other)
	badges := []award.Stored{h.issue(sc, id), h.issue(sc, id), h.issue(other, theirs)}
	policy := h.log.Policy()
	for i, proven := range badges {
		text, err := h.Proof(t.Context(), proven.ID)
		h.must(err)
		proof, err := translog.ParseProof(text)
		h.must(err)
		for j, badge := range badges {
			_, err := translog.VerifyInclusion(policy, proof, badge.DocHash, h.Addresses.Issuer(badge.Venue))
			if (err == nil) != (i == j) {
				t.Errorf("the proof of badge %d, held against badge %d: %v", i, j, err)
			}
		}
		if _, err := translog.VerifyInclusion(stranger(t), proof, proven.DocHash, h.Addresses.Issuer(proven.Venue)); err == nil {
			t.Error("a policy of another log accepts the proof")
		}
	}
}

// stranger is the policy of another log of the same name.
func stranger(t *testing.T) translog.Policy {
	t.Helper()
	other := newHouse(t)
	return other.log.Policy()
}

// What was changed in the store is seen: the page makes every check anew.
func TestExamineSeesChangedRows(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc, other := h.venue("atelier"), h.venue("phare")
	stored, foreign := h.issue(sc, h.define(sc)), h.issue(other, h.define(other))
	h.log.Settle(t.Context())
	for name, c := range map[string]struct {
		spoil func(*award.Stored)
		check credential.CheckID
	}{
		"one byte of the document": {func(s *award.Stored) { s.Document = replaced(s.Document, "trois", "trios") }, credential.CheckProof},
		"the document of another":  {func(s *award.Stored) { s.Document = h.read(foreign.ID).Document }, credential.CheckStatus},
		"another salt":             {func(s *award.Stored) { s.CommitSalt[0] ^= 1 }, credential.CheckInclusion},
		"another leaf":             {func(s *award.Stored) { s.Leaf = foreign.Leaf }, credential.CheckInclusion},
		"another slot":             {func(s *award.Stored) { s.Slot.Index ^= 1 }, credential.CheckStatus},
		"another list":             {func(s *award.Stored) { s.Slot.List++ }, credential.CheckStatus},
		"no document":              {func(s *award.Stored) { s.Document = []byte("{}") }, credential.CheckContexts},
	} {
		changed := h.Config
		changed.Store = storeBut{h.store, c.spoil}
		view, err := award.New(changed).Examine(t.Context(), stored.ID)
		h.must(err)
		if got := view.Report.Check(c.check); got.Status == credential.OK || view.Report.Verdict == credential.Valid {
			t.Errorf("%s: %s, %+v", name, view.Report.Verdict, got)
		}
	}
}

// While the clock is in doubt nothing is signed, and everything is read.
func TestNothingIsSignedByAClockInDoubt(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	id := h.define(sc)
	stored := h.issue(sc, id)
	h.log.Settle(t.Context())
	before, err := h.store.LastCheckpoint(t.Context())
	h.must(err)
	h.doubt.Store(true)
	signing := map[string]func() error{
		"issue":  func() error { _, err := h.Issue(t.Context(), sc, h.order(id)); return err },
		"define": func() error { _, err := h.Define(t.Context(), sc, definition()); return err },
		"revise": func() error { _, err := h.Revise(t.Context(), sc, id, definition()); return err },
		"revoke": func() error { return h.revoke(sc, stored.ID) },
		"token":  func() error { _, err := h.JWT(t.Context(), stored.ID); return err },
	}
	for name, sign := range signing {
		if err := sign(); !problem.Is(err, problem.Unavailable) {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.log.Settle(t.Context())
	after, err := h.store.LastCheckpoint(t.Context())
	h.must(err)
	if after.Size != before.Size {
		t.Errorf("%d leaves more", after.Size-before.Size)
	}
	if view, err := h.Examine(t.Context(), stored.ID); err != nil || view.Report.Verdict != credential.Valid {
		t.Errorf("reading needs a clock: %v", err)
	}
	h.doubt.Store(false)
	for name, sign := range signing {
		if err := sign(); err != nil {
			t.Errorf("%s, the clock being right again: %v", name, err)
		}
	}
}

// Without chance nothing is made.
func TestNoChanceNoAward(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	id := h.define(sc)
	h.issue(sc, id)
	drained := h.Config
	drained.Rand = empty{}
	_, err := award.New(drained).Issue(t.Context(), sc, h.order(id))
	h.refused(err, problem.Internal, "")
	if n := h.awards(sc); n != 1 {
		t.Errorf("%d awards", n)
	}
}

// empty has no chance left.
type empty struct{}

func (empty) Read([]byte) (int, error) { return 0, context.Canceled }
