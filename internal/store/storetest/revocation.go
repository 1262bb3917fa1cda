package storetest

import (
	"errors"
	"slices"
	"time"

	"ramure/internal/award"
	"ramure/internal/problem"
	"ramure/internal/translog"
)

// revoke takes back an award, which must succeed.
func (w *world) revoke(p place, id award.ID) award.Revocation {
	w.Helper()
	r := award.Revocation{At: cut(dawn.Add(time.Hour)), By: "token:test", Reason: "erreur de saisie"}
	w.must(w.RecordRevocation(w.ctx(), p.scope, id, r, w.leaf(translog.KindRevoke, p.slug), w.sign))
	return r
}

var revocationPromises = map[string]func(*world){
	"shows on the next read, everywhere": func(w *world) {
		id, spared := w.award(w.atelier), w.award(w.atelier)
		var want award.Revocation
		w.raises(true, func() { want = w.revoke(w.atelier, id.ID) })
		for _, s := range []award.Store{w.Store, w.open()} {
			got, err := s.PublicAward(w.ctx(), id.ID)
			w.must(err)
			w.same(got.Revocation, &want)
			got, err = s.PublicAward(w.ctx(), spared.ID)
			w.must(err)
			w.same(got.Revocation == nil, true)
			list, err := s.StatusList(w.ctx(), w.atelier.list)
			w.must(err)
			w.same(list.Revoked, []int{id.Slot.Index})
		}
	},
	"is in the list that was signed with it": func(w *world) {
		var want []int
		for range 3 {
			r := w.award(w.atelier)
			w.award(w.atelier)
			w.revoke(w.atelier, r.ID)
			want = append(want, r.Slot.Index)
			list, err := w.StatusList(w.ctx(), w.atelier.list)
			w.must(err)
			w.same(list.Revoked, want)
			signed, err := w.sign(list)
			w.must(err)
			w.same(list.Document, signed.Document)
		}
	},
	"happens once": func(w *world) {
		r := w.award(w.atelier)
		first := w.revoke(w.atelier, r.ID)
		second := award.Revocation{At: dawn.Add(time.Minute), By: "other", Reason: "encore"}
		pending := w.pending()
		err := w.RecordRevocation(w.ctx(), w.atelier.scope, r.ID, second, w.leaf(translog.KindRevoke, "atelier"), w.sign)
		w.fails(err, problem.Conflict, "error.award.revoked")
		got, err := w.Award(w.ctx(), w.atelier.scope, r.ID)
		w.must(err)
		w.same(got.Revocation, &first)
		w.same(w.pending(), pending)
	},
	"is nothing at all when the list cannot be signed": func(w *world) {
		r := w.award(w.atelier)
		before, pending := w.list(), w.pending()
		err := w.RecordRevocation(w.ctx(), w.atelier.scope, r.ID, award.Revocation{At: dawn, By: "x", Reason: "y"},
			w.leaf(translog.KindRevoke, "atelier"), cannotSign)
		if !errors.Is(err, errNoInk) {
			w.Fatalf("got %v", err)
		}
		got, err := w.Award(w.ctx(), w.atelier.scope, r.ID)
		w.must(err)
		w.same(got.Revocation == nil, true)
		w.same(w.list(), before)
		w.same(w.pending(), pending)
	},
	"has its leaf behind that of the award, whatever the clocks say": func(w *world) {
		late := func(r *award.Record) { r.IssuedAt = dawn.AddDate(10, 0, 0) } // by an instance whose clock is ahead
		r := w.award(w.atelier, late)
		leaf := w.leaf(translog.KindRevoke, "atelier")
		w.must(w.RecordRevocation(w.ctx(), w.atelier.scope, r.ID, award.Revocation{At: dawn, By: "x", Reason: "y"}, leaf, w.sign))
		order := w.pending()
		if slices.Index(order, string(r.Leaf)) > slices.Index(order, string(leaf)) {
			w.Fatal("the revocation stands before the award")
		}
	},
}

// list reads the list of the atelier.
func (w *world) list() award.StatusList {
	w.Helper()
	l, err := w.StatusList(w.ctx(), w.atelier.list)
	w.must(err)
	return l
}
