package award_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"ramure/internal/award"
	"ramure/internal/credential"
	"ramure/internal/problem"
	"ramure/internal/scope"
)

// told is what a batch said, in its order.
type told struct {
	n       int
	receipt award.Receipt
	err     error
}

// issueAll issues a batch that must not end early.
func (h *house) issueAll(sc scope.Scope, orders []award.Order) []told {
	h.Helper()
	var all []told
	h.must(h.IssueBatch(h.Context(), sc, slices.Values(orders), func(n int, r award.Receipt, err error) error {
		all = append(all, told{n, r, err})
		return nil
	}))
	if len(all) != len(orders) {
		h.Fatalf("told of %d orders out of %d", len(all), len(orders))
	}
	for i, one := range all {
		if one.n != i {
			h.Fatalf("told of order %d after %d others", one.n, i)
		}
	}
	return all
}

func (h *house) orders(id award.AchievementID, count int) []award.Order {
	orders := make([]award.Order, count)
	for i := range orders {
		orders[i] = h.order(id, func(o *award.Order) {
			if i%3 == 0 {
				o.Recipient.Ref = fmt.Sprintf("A-%d", i/6) // each twice
			}
		})
	}
	return orders
}

func TestBatchIssuesAsIssueDoes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	orders := h.orders(h.define(sc), 1_103) // more than two parts
	first := h.issueAll(sc, orders)
	h.log.Settle(t.Context())
	subjects := map[string]bool{}
	for i, one := range first {
		h.must(one.err)
		stored := h.read(one.receipt.ID)
		subjects[stored.Holder.Subject] = true
		if i%100 == 0 {
			view, err := h.Examine(t.Context(), one.receipt.ID)
			h.must(err)
			if view.Report.Verdict != credential.Valid || view.DocHash != one.receipt.DocHash {
				t.Errorf("%d is %s", i, view.Report.Verdict)
			}
		}
	}
	if want := 735 + 184; len(subjects) != want { // without a reference; with one, each twice
		t.Errorf("%d persons, want %d", len(subjects), want)
	}
	for i, one := range h.issueAll(sc, orders) {
		if one.err != nil || !one.receipt.Replayed || one.receipt.ID != first[i].receipt.ID {
			t.Fatalf("%d again: %+v, %v", i, one.receipt, one.err)
		}
	}
}

func TestBatchRefusesOneAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	id, ended := h.define(sc), h.define(sc)
	replayed := h.order(ended)
	before, err := h.Issue(t.Context(), sc, replayed)
	h.must(err)
	_, err = h.Withdraw(t.Context(), sc, ended, "remplacé")
	h.must(err)
	h.issue(sc, id, func(o *award.Order) { o.Recipient.Ref = "TAKEN" })
	for name, c := range map[string]struct {
		spoil func(*award.Order)
		kind  problem.Kind
		says  string
	}{
		"unknown level":         {func(o *award.Order) { o.Level = "9" }, problem.Invalid, "$.level"},
		"unknown achievement":   {func(o *award.Order) { o.Achievement = "nothing" }, problem.NotFound, ""},
		"withdrawn achievement": {func(o *award.Order) { o.Achievement = ended }, problem.Conflict, "error.achievement.withdrawn"},
		"another name":          {func(o *award.Order) { o.Recipient.Ref, o.Recipient.GivenName = "TAKEN", "Zoé" }, problem.Conflict, "error.holder.name"},
		"key of another order":  {func(o *award.Order) { o.Key = replayed.Key }, problem.Conflict, "error.idempotency.mismatch"},
		"no key":                {func(o *award.Order) { o.Key = "" }, problem.Invalid, "Idempotency-Key"},
	} {
		for k := range 5 {
			orders := h.orders(id, 5)
			c.spoil(&orders[k])
			for i, one := range h.issueAll(sc, orders) {
				if i == k {
					h.refused(one.err, c.kind, c.says)
				} else if one.err != nil {
					t.Errorf("%s at %d: %d was refused too: %v", name, k, i, one.err)
				}
			}
		}
	}
	again := h.issueAll(sc, []award.Order{h.order(id), replayed})
	if again[1].err != nil || again[1].receipt.ID != before.ID || !again[1].receipt.Replayed {
		t.Errorf("accepted before its achievement was withdrawn: %+v", again[1])
	}
}

// failing is a store that goes away.
type failing struct {
	award.Store
	parts int // that it still takes
}

var errAway = problem.New(problem.Unavailable, "error.store.unavailable")

func (f *failing) RecordAwards(ctx context.Context, sc scope.Scope, records []award.Record) ([]award.Outcome, error) {
	if f.parts--; f.parts >= 0 {
		return f.Store.RecordAwards(ctx, sc, records)
	}
	outcomes := make([]award.Outcome, len(records))
	for i := range outcomes {
		outcomes[i].Err = errAway
	}
	return outcomes, errAway
}

// A batch that ends early has told of nothing that is not there, and goes on
// where it ended.
func TestBatchEndsEarly(t *testing.T) {
	t.Parallel()
	enough := errors.New("enough")
	for name, c := range map[string]struct {
		parts, stop, told int
		want              error
	}{
		"the database goes away at once": {parts: 0, stop: -1, told: 0, want: errAway},
		"the database goes away":         {parts: 1, stop: -1, told: 500, want: errAway},
		"nobody wants to hear more":      {parts: 9, stop: 7, told: 8, want: enough},
	} {
		h := newHouse(t)
		sc := h.venue("atelier")
		orders := h.orders(h.define(sc), 700)
		whole := h.Service.Store
		h.Service.Store = &failing{Store: whole, parts: c.parts}
		count := 0
		err := h.IssueBatch(t.Context(), sc, slices.Values(orders), func(n int, r award.Receipt, err error) error {
			h.must(err)
			h.read(r.ID)
			if count++; n == c.stop {
				return enough
			}
			return nil
		})
		if !errors.Is(err, c.want) || count != c.told {
			t.Errorf("%s: told of %d, %v", name, count, err)
		}
		h.Service.Store = whole
		for _, one := range h.issueAll(sc, orders) {
			h.must(one.err)
		}
	}
}

func TestBatchNeedsAClock(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	orders := h.orders(h.define(sc), 3)
	h.doubt.Store(true)
	err := h.IssueBatch(t.Context(), sc, slices.Values(orders), func(int, award.Receipt, error) error {
		t.Error("told of something")
		return nil
	})
	h.refused(err, problem.Unavailable, "error.clock")
}
