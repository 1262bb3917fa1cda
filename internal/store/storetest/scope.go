package storetest

import (
	"ramure/internal/award"
	"ramure/internal/problem"
	"ramure/internal/scope"
	"ramure/internal/translog"
)

var scopePromises = map[string]func(*world){
	"of another venue finds nothing and changes nothing": func(w *world) { w.finds(w.phare.scope) },
	"of nobody finds nothing and changes nothing":        func(w *world) { w.finds(scope.Scope{}) },
}

// finds tries every scoped method on what belongs to the atelier.
func (w *world) finds(s scope.Scope) {
	r := w.award(w.atelier, known("A-1", "one"))
	a, err := w.Achievement(w.ctx(), w.atelier.scope, w.atelier.achievement)
	w.must(err)
	a.Version = 2
	leaf := w.leaf(translog.KindAchievement, "phare")
	before, pending := w.list(), w.pending()
	reads := map[string]func() error{
		"Achievement": func() error { _, err := w.Achievement(w.ctx(), s, a.ID); return err },
		"AddVersion":  func() error { return w.AddVersion(w.ctx(), s, a, leaf) },
		"Withdraw": func() error {
			return w.Withdraw(w.ctx(), s, a.ID, award.Withdrawal{At: dawn, By: "x", Reason: "y"})
		},
		"Answered":         func() error { _, _, err := w.Answered(w.ctx(), s, r.Key); return err },
		"Holder":           func() error { _, err := w.Holder(w.ctx(), s, "A-1"); return err },
		"Award":            func() error { _, err := w.Award(w.ctx(), s, r.ID); return err },
		"RecordAward":      func() error { _, err := w.RecordAward(w.ctx(), s, w.record(w.atelier)); return err },
		"RecordRevocation": func() error { return w.RecordRevocation(w.ctx(), s, r.ID, award.Revocation{At: dawn}, leaf, w.sign) },
	}
	for name, read := range reads {
		if err := read(); !problem.Is(err, problem.NotFound) {
			w.Errorf("%s: got %v, want not found", name, err)
		}
	}
	people, err := w.Holders(w.ctx(), s, []string{"A-1"})
	w.must(err)
	w.same(len(people), 0)
	awards, _, err := w.Awards(w.ctx(), s, award.Query{Now: dawn})
	w.must(err)
	w.same(len(awards), 0)
	items, _, err := w.Achievements(w.ctx(), s, "", 10)
	w.must(err)
	for _, item := range items {
		w.same(item.Venue, s.Venue())
	}
	kept, err := w.PublicAward(w.ctx(), r.ID)
	w.must(err)
	w.same(kept, award.Stored{Record: r, Venue: "atelier"})
	latest, err := w.PublicAchievement(w.ctx(), a.ID, 0)
	w.must(err)
	w.same([]any{latest.Version, latest.Withdrawal == nil}, []any{1, true})
	w.same(w.list(), before)
	w.same(w.pending(), pending)
}

// newest asks for the newest awards.
func newest(limit int) award.Query { return award.Query{Now: dawn, Limit: limit} }
