package storetest

import (
	"errors"

	"ramure/internal/award"
	"ramure/internal/problem"
)

// known is a change that names the person by the venue's own reference.
func known(ref, subject string) func(*award.Record) {
	return func(r *award.Record) {
		r.Holder.Ref = ref
		r.Holder.Subject = "urn:uuid:" + subject
	}
}

var holderPromises = map[string]func(*world){
	"is found by reference": func(w *world) {
		r := w.award(w.atelier, known("A-1", "one"), func(r *award.Record) {
			r.Holder.Email, r.Holder.BirthYear, r.Holder.Over15 = "zoe@example.org", 1990, true
		})
		got, err := w.open().Holder(w.ctx(), w.atelier.scope, "A-1")
		w.must(err)
		w.same(got, r.Holder)
		all, err := w.Holders(w.ctx(), w.atelier.scope, []string{"A-2", "A-1", "a-1"})
		w.must(err)
		w.same(all, []award.Holder{r.Holder})
		for _, refs := range [][]string{nil, {"A-2"}} {
			all, err = w.Holders(w.ctx(), w.atelier.scope, refs)
			w.must(err)
			w.same(len(all), 0)
		}
		for _, ref := range []string{"", "A-2", "a-1"} {
			_, err = w.Holder(w.ctx(), w.atelier.scope, ref)
			w.fails(err, problem.NotFound)
		}
	},
	"has several awards under one reference": func(w *world) {
		first := w.award(w.atelier, known("A-1", "one"))
		second := w.award(w.atelier, known("A-1", "one"))
		for _, id := range []award.ID{first.ID, second.ID} {
			got, err := w.Award(w.ctx(), w.atelier.scope, id)
			w.must(err)
			w.same(got.Holder, first.Holder)
		}
	},
	"learns what was not known, and forgets nothing": func(w *world) {
		w.award(w.atelier, known("A-1", "one"), func(r *award.Record) { r.Holder.Email = "first@example.org" })
		w.award(w.atelier, known("A-1", "one"), func(r *award.Record) {
			r.Holder.Email, r.Holder.BirthYear, r.Holder.Over15 = "second@example.org", 1990, true
		})
		w.award(w.atelier, known("A-1", "one"))
		got, err := w.Holder(w.ctx(), w.atelier.scope, "A-1")
		w.must(err)
		w.same([]any{got.Email, got.BirthYear, got.Over15}, []any{"first@example.org", 1990, true})
	},
	"keeps the name of its reference": func(w *world) {
		w.award(w.atelier, known("A-1", "one"))
		r := w.record(w.atelier)
		known("A-1", "one")(&r)
		r.Holder.GivenName = "Léa"
		_, err := w.RecordAward(w.ctx(), w.atelier.scope, r)
		w.fails(err, problem.Conflict, "error.holder.name")
		_, err = w.Award(w.ctx(), w.atelier.scope, r.ID)
		w.fails(err, problem.NotFound)
	},
	"asks for a new signature when it has another subject": func(w *world) {
		w.award(w.atelier, known("A-1", "one"))
		r := w.record(w.atelier)
		known("A-1", "two")(&r)
		_, err := w.RecordAward(w.ctx(), w.atelier.scope, r)
		if !errors.Is(err, award.ErrHolderMoved) {
			w.Fatalf("got %v", err)
		}
		known("A-1", "one")(&r)
		_, err = w.RecordAward(w.ctx(), w.atelier.scope, r)
		w.must(err)
	},
	"is never matched by name": func(w *world) {
		first, second := w.award(w.atelier), w.award(w.atelier)
		if first.Holder.Subject == second.Holder.Subject {
			w.Fatal("the records have one subject: nothing is tested")
		}
		got, err := w.Award(w.ctx(), w.atelier.scope, second.ID)
		w.must(err)
		w.same(got.Holder, second.Holder)
	},
	"belongs to one venue": func(w *world) {
		w.award(w.atelier, known("A-1", "one"))
		w.award(w.phare, known("A-1", "two"), func(r *award.Record) { r.Holder.GivenName = "Léa" })
		got, err := w.Holder(w.ctx(), w.phare.scope, "A-1")
		w.must(err)
		w.same(got.GivenName, "Léa")
	},
}
