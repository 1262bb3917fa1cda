package storetest

import (
	"fmt"
	"time"

	"ramure/internal/award"
	"ramure/internal/problem"
)

var pagePromises = map[string]func(*world){
	"has every award once, newest first, while others are made": func(w *world) {
		at := cut(dawn)
		var want []award.ID
		for i := range 25 {
			r := w.award(w.atelier, func(r *award.Record) { r.IssuedAt = at.Add(time.Duration(i/5) * time.Microsecond) })
			want = append([]award.ID{r.ID}, want...)
		}
		for _, size := range []int{1, 4, 5, 24, 25, 26} {
			got := w.turn(award.Query{Limit: size, Now: dawn}, func() {
				w.award(w.atelier, func(r *award.Record) { r.IssuedAt = at.Add(time.Hour) })
				w.award(w.phare)
			})
			w.same(fmt.Sprint(size, got[len(got)-25:]), fmt.Sprint(size, want))
		}
	},
	"keeps to what was issued since": func(w *world) {
		var ids []award.ID
		for i := range 4 {
			ids = append(ids, w.award(w.atelier, func(r *award.Record) {
				r.IssuedAt = cut(dawn).Add(time.Duration(i) * time.Microsecond)
			}).ID)
		}
		since := cut(dawn).Add(2 * time.Microsecond)
		w.same(w.turn(award.Query{Since: &since, Now: dawn}, nil), []award.ID{ids[3], ids[2]})
	},
	"keeps to one status": keepsToStatus,
	"refuses what it cannot read": func(w *world) {
		for _, q := range []award.Query{{Status: "erased"}, {Cursor: "x"}, {Cursor: "MjAyNg"}, {Cursor: "====="}} {
			_, _, err := w.Awards(w.ctx(), w.atelier.scope, q)
			w.fails(err, problem.Invalid)
		}
	},
}

// turn reads all pages and answers the ids in order; between comes between two
// pages.
func (w *world) turn(q award.Query, between func()) (ids []award.ID) {
	w.Helper()
	for {
		items, next, err := w.Awards(w.ctx(), w.atelier.scope, q)
		w.must(err)
		if q.Limit > 0 && len(items) > q.Limit {
			w.Fatalf("a page of %d items, %d were asked for", len(items), q.Limit)
		}
		for _, a := range items {
			ids = append(ids, a.ID)
		}
		if next == "" {
			return ids
		}
		q.Cursor = next
		if between != nil {
			between()
		}
	}
}

func keepsToStatus(w *world) {
	now := cut(dawn)
	period := func(from, until time.Duration) func(*award.Record) {
		return func(r *award.Record) {
			end := now.Add(until)
			r.ValidFrom, r.ValidUntil = now.Add(from), &end
		}
	}
	endless := w.award(w.atelier, func(r *award.Record) { r.ValidFrom = now }).ID
	lastInstant := w.award(w.atelier, period(-time.Hour, 0)).ID
	expired := w.award(w.atelier, period(-time.Hour, -time.Microsecond)).ID
	early := w.award(w.atelier, period(time.Microsecond, time.Hour)).ID
	revoked := w.award(w.atelier, period(-time.Hour, -time.Minute)).ID
	w.revoke(w.atelier, revoked)
	for status, want := range map[string][]award.ID{
		"":            {revoked, early, expired, lastInstant, endless},
		"valid":       {lastInstant, endless},
		"expired":     {expired},
		"notYetValid": {early},
		"revoked":     {revoked},
	} {
		w.same(fmt.Sprint(status, w.turn(award.Query{Status: status, Now: now}, nil)), fmt.Sprint(status, want))
	}
}
