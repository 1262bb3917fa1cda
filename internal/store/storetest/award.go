package storetest

import (
	"time"

	"ramure/internal/award"
	"ramure/internal/problem"
	"ramure/internal/translog"
)

var awardPromises = map[string]func(*world){
	"is read as it was written": func(w *world) {
		until := cut(dawn.AddDate(3, 0, 0))
		full := func(r *award.Record) {
			known("A-1", "one")(r)
			r.Holder.Email, r.Holder.BirthYear, r.Holder.Over15 = "zoe@example.org", 1990, true
			r.Level, r.AwardedOn, r.ValidUntil = "2", "2024-02-29", &until
			r.ShowName = true
			r.Consent = &award.Consent{By: "Zoé", At: cut(dawn.Add(-time.Hour)), How: "formulaire signé"}
			r.Document = []byte("\x00\xff bytes, not text \r\n")
		}
		for _, r := range []award.Record{w.award(w.atelier), w.award(w.atelier, full)} {
			want := award.Stored{Record: r, Venue: "atelier"}
			got, err := w.Award(w.ctx(), w.atelier.scope, r.ID)
			w.must(err)
			w.same(got, want)
			got, err = w.open().PublicAward(w.ctx(), r.ID)
			w.must(err)
			w.same(got, want)
		}
	},
	"keeps a consent that was not used": func(w *world) {
		consent := award.Consent{By: "Zoé", At: cut(dawn), How: "de vive voix"}
		r := w.award(w.atelier, func(r *award.Record) { r.Consent = &consent })
		got, err := w.PublicAward(w.ctx(), r.ID)
		w.must(err)
		w.same([]any{got.ShowName, got.Consent}, []any{false, &consent})
	},
	"is answered once per key": answersOncePerKey,
	"keeps apart the keys of two venues": func(w *world) {
		first := w.award(w.atelier, func(r *award.Record) { r.Key = "shared" })
		second := w.award(w.phare, func(r *award.Record) { r.Key = "shared" })
		got, _, err := w.Answered(w.ctx(), w.phare.scope, "shared")
		w.must(err)
		w.same([]bool{got.ID == second.ID, got.ID == first.ID}, []bool{true, false})
	},
	"writes all or nothing": writesAllOrNothing,
	"does not raise the change sequence": func(w *world) {
		w.raises(false, func() { w.award(w.atelier) })
	},
	"is made under the version that it names": func(w *world) {
		a, err := w.Achievement(w.ctx(), w.atelier.scope, w.atelier.achievement)
		w.must(err)
		a.Version = 2
		w.must(w.AddVersion(w.ctx(), w.atelier.scope, a, w.leaf(translog.KindAchievement, "atelier")))
		first := w.award(w.atelier)
		second := w.award(w.atelier, func(r *award.Record) { r.Version = 2 })
		for id, version := range map[award.ID]int{first.ID: 1, second.ID: 2} {
			got, err := w.PublicAward(w.ctx(), id)
			w.must(err)
			w.same(got.Version, version)
		}
	},
	"that nobody made is not found": func(w *world) {
		_, err := w.PublicAward(w.ctx(), "0000000000000000000000")
		w.fails(err, problem.NotFound)
		_, _, err = w.Answered(w.ctx(), w.atelier.scope, "never asked")
		w.fails(err, problem.NotFound)
	},
}

func answersOncePerKey(w *world) {
	until := dawn.AddDate(1, 0, 0)
	r := w.record(w.atelier)
	r.IssuedAt, r.ValidFrom, r.ValidUntil = dawn, dawn, &until // with fractions that are cut
	first, err := w.RecordAward(w.ctx(), w.atelier.scope, r)
	w.must(err)
	want := award.Receipt{ID: r.ID, DocHash: r.DocHash, IssuedAt: cut(dawn), ValidFrom: cut(dawn), ValidUntil: first.ValidUntil}
	w.same(first, want)
	w.same(*first.ValidUntil, cut(until))

	want.Replayed = true
	again := w.record(w.atelier) // signed anew: another id, another slot
	again.Key, again.Fingerprint = r.Key, r.Fingerprint
	second, err := w.open().RecordAward(w.ctx(), w.atelier.scope, again)
	w.must(err)
	w.same(second, want)
	kept, fingerprint, err := w.Answered(w.ctx(), w.atelier.scope, r.Key)
	w.must(err)
	w.same([]any{kept, fingerprint}, []any{want, r.Fingerprint})

	again.Fingerprint[0]++
	_, err = w.RecordAward(w.ctx(), w.atelier.scope, again)
	w.fails(err, problem.Conflict, "error.idempotency.mismatch")
	_, err = w.PublicAward(w.ctx(), again.ID)
	w.fails(err, problem.NotFound)
}

// writesAllOrNothing spoils one part of a record after the other.
func writesAllOrNothing(w *world) {
	taken := w.award(w.atelier)
	withdrawn := w.achievement("atelier")
	w.must(w.AddAchievement(w.ctx(), w.atelier.scope, withdrawn, w.leaf(translog.KindAchievement, "atelier")))
	w.must(w.Withdraw(w.ctx(), w.atelier.scope, withdrawn.ID, award.Withdrawal{At: dawn, By: "x", Reason: "y"}))
	before := w.pending()
	for name, c := range map[string]struct {
		spoil func(*award.Record)
		kind  problem.Kind
	}{
		"withdrawn achievement":  {func(r *award.Record) { r.Achievement = withdrawn.ID }, problem.Conflict},
		"foreign achievement":    {func(r *award.Record) { r.Achievement = w.phare.achievement }, problem.NotFound},
		"unknown achievement":    {func(r *award.Record) { r.Achievement = "nothing" }, problem.NotFound},
		"unknown version":        {func(r *award.Record) { r.Version = 9 }, problem.Internal},
		"slot taken":             {func(r *award.Record) { r.Slot = taken.Slot }, problem.Internal},
		"list of another venue":  {func(r *award.Record) { r.Slot.List = w.phare.list }, problem.Internal},
		"unknown list":           {func(r *award.Record) { r.Slot.List = 99 }, problem.Internal},
		"id taken":               {func(r *award.Record) { r.ID = taken.ID }, problem.Internal},
		"no leaf":                {func(r *award.Record) { r.Leaf = nil }, problem.Internal},
		"end before beginning":   {func(r *award.Record) { r.ValidUntil = &dawn }, problem.Internal},
		"consent without author": {func(r *award.Record) { r.Consent = &award.Consent{At: dawn, How: "?"} }, problem.Internal},
	} {
		r := w.record(w.atelier)
		known("R-"+name, name)(&r)
		c.spoil(&r)
		_, err := w.RecordAward(w.ctx(), w.atelier.scope, r)
		if problem.KindOf(err) != c.kind {
			w.Errorf("%s: got %v, want a problem of kind %s", name, err, c.kind)
		}
		_, _, err = w.Answered(w.ctx(), w.atelier.scope, r.Key)
		w.fails(err, problem.NotFound)
		_, err = w.Holder(w.ctx(), w.atelier.scope, "R-"+name)
		w.fails(err, problem.NotFound)
	}
	w.same(w.pending(), before)
}
