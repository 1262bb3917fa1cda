package storetest

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"ramure/internal/award"
	"ramure/internal/problem"
	"ramure/internal/scope"
	"ramure/internal/store"
	"ramure/internal/translog"
)

// batch is n records of the atelier, every third for a person with a reference,
// every fifth with a consent.
func (w *world) batch(n int) []award.Record {
	w.Helper()
	records := make([]award.Record, n)
	for i := range records {
		r := w.record(w.atelier)
		if i%3 == 0 {
			known(fmt.Sprintf("B-%d", w.next()), fmt.Sprint("batch-", w.next()))(&r)
			r.Holder.Email, r.Holder.BirthYear = "zoe@example.org", 1990
		}
		if i%5 == 0 {
			until := r.ValidFrom.AddDate(1, 0, 0)
			r.ValidUntil, r.ShowName = &until, true
			r.Consent = &award.Consent{By: "Zoé", At: cut(dawn), How: "formulaire signé"}
		}
		records[i] = r
	}
	return records
}

// recordAll writes a batch, which the database must take.
func (w *world) recordAll(s *store.Store, sc scope.Scope, records []award.Record) []award.Outcome {
	w.Helper()
	outcomes, err := s.RecordAwards(w.ctx(), sc, records)
	w.must(err)
	w.same(len(outcomes), len(records))
	return outcomes
}

// stands checks that a record is read as it was given.
func (w *world) stands(r award.Record) {
	w.Helper()
	got, err := w.PublicAward(w.ctx(), r.ID)
	w.must(err)
	w.same(got, award.Stored{Record: r, Venue: "atelier"})
}

var batchPromises = map[string]func(*world){
	"is read as it was written": func(w *world) {
		records := w.batch(263) // more than a transaction of SQLite, more than runs of 50 and 10
		var outcomes []award.Outcome
		w.raises(false, func() { outcomes = w.recordAll(w.Store, w.atelier.scope, records) })
		for i, o := range outcomes {
			w.must(o.Err)
			w.same(o.Receipt, award.Receipt{ID: records[i].ID, DocHash: records[i].DocHash, IssuedAt: records[i].IssuedAt,
				ValidFrom: records[i].ValidFrom, ValidUntil: records[i].ValidUntil})
			w.stands(records[i])
		}
		waiting := map[string]bool{}
		for _, leaf := range w.pending() {
			waiting[leaf] = true
		}
		for _, r := range records {
			w.same(waiting[string(r.Leaf)], true)
		}
	},
	"may be empty": func(w *world) {
		w.same(len(w.recordAll(w.Store, w.atelier.scope, nil)), 0)
	},
	"of one or two is a batch too": func(w *world) {
		for n := range 3 {
			for _, o := range w.recordAll(w.Store, w.atelier.scope, w.batch(n)) {
				w.must(o.Err)
			}
		}
	},
	"answers what was answered before": repeatsABatch,
	"refuses a bad record alone, wherever it stands": func(w *world) {
		w.refusesAlone(w.spoils())
	},
	"refuses all records of a venue that is not theirs": func(w *world) {
		before := w.pending()
		for _, s := range []scope.Scope{w.phare.scope, {}} {
			for _, o := range w.recordAll(w.Store, s, w.batch(5)) {
				w.fails(o.Err, problem.NotFound)
			}
		}
		w.same(w.pending(), before)
	},
	"may name a person several times": severalOfOne,
	"may name a key several times": func(w *world) {
		records := w.batch(4)
		records[2].Key, records[2].Fingerprint = records[1].Key, records[1].Fingerprint
		records[3].Key = records[1].Key
		outcomes := w.recordAll(w.Store, w.atelier.scope, records)
		w.must(errors.Join(outcomes[0].Err, outcomes[1].Err, outcomes[2].Err))
		w.same([]any{outcomes[2].Receipt.ID, outcomes[2].Receipt.Replayed}, []any{records[1].ID, true})
		w.fails(outcomes[3].Err, problem.Conflict, "error.idempotency.mismatch")
	},
}

func repeatsABatch(w *world) {
	records := w.batch(20)
	first := w.recordAll(w.Store, w.atelier.scope, records[:15])
	for i := range records { // signed anew, as after a crash
		fresh := w.record(w.atelier)
		fresh.Key, fresh.Fingerprint, fresh.Holder = records[i].Key, records[i].Fingerprint, records[i].Holder
		records[i] = fresh
	}
	records[3].Fingerprint[0]++
	second := w.recordAll(w.open(), w.atelier.scope, records)
	for i, o := range second {
		switch {
		case i == 3:
			w.fails(o.Err, problem.Conflict, "error.idempotency.mismatch")
			continue
		case i < 15:
			w.same([]any{o.Receipt.ID, o.Receipt.DocHash}, []any{first[i].Receipt.ID, first[i].Receipt.DocHash})
		}
		w.must(o.Err)
		w.same(o.Receipt.Replayed, i < 15)
	}
	w.same(len(w.turn(newest(100), nil)), 20)
}

// spoil makes one record of a batch bad, in a way that fails like that.
type spoil struct {
	do   func(*award.Record)
	kind problem.Kind
}

// spoils are the ways in which a record can be bad.
func (w *world) spoils() map[string]spoil {
	w.Helper()
	taken := w.award(w.atelier, known("TAKEN", "taken"))
	withdrawn := w.achievement("atelier")
	w.must(w.AddAchievement(w.ctx(), w.atelier.scope, withdrawn, w.leaf(translog.KindAchievement, "atelier")))
	w.must(w.Withdraw(w.ctx(), w.atelier.scope, withdrawn.ID, award.Withdrawal{At: dawn, By: "x", Reason: "y"}))
	return map[string]spoil{
		"withdrawn achievement":  {func(r *award.Record) { r.Achievement = withdrawn.ID }, problem.Conflict},
		"foreign achievement":    {func(r *award.Record) { r.Achievement = w.phare.achievement }, problem.NotFound},
		"unknown version":        {func(r *award.Record) { r.Version = 9 }, problem.Internal},
		"slot taken":             {func(r *award.Record) { r.Slot = taken.Slot }, problem.Internal},
		"list of another venue":  {func(r *award.Record) { r.Slot.List = w.phare.list }, problem.Internal},
		"id taken":               {func(r *award.Record) { r.ID = taken.ID }, problem.Internal},
		"key taken":              {func(r *award.Record) { r.Key = taken.Key }, problem.Conflict},
		"no leaf":                {func(r *award.Record) { r.Leaf = nil }, problem.Internal},
		"no document":            {func(r *award.Record) { r.Document = nil }, problem.Internal},
		"no calendar day":        {func(r *award.Record) { r.AwardedOn = "2026-11-223" }, problem.Internal},
		"end before beginning":   {func(r *award.Record) { r.ValidUntil = &dawn }, problem.Internal},
		"consent without author": {func(r *award.Record) { r.Consent = &award.Consent{At: dawn, How: "?"} }, problem.Internal},
		"another name":           {func(r *award.Record) { known("TAKEN", "taken")(r); r.Holder.GivenName = "Léa" }, problem.Conflict},
	}
}

// refusesAlone spoils each record of a batch in turn, in every way.
func (w *world) refusesAlone(spoils map[string]spoil) {
	w.Helper()
	const n = 7
	for name, s := range spoils {
		for k := range n {
			records := w.batch(n)
			s.do(&records[k])
			for i, o := range w.recordAll(w.Store, w.atelier.scope, records) {
				if want := s.kind; i == k && (problem.KindOf(o.Err) != want || o.Err == nil) {
					w.Errorf("%s at %d: got %v, want a problem of kind %s", name, k, o.Err, want)
				}
				if i == k {
					continue
				}
				if o.Err != nil {
					w.Errorf("%s at %d: %d was refused too: %v", name, k, i, o.Err)
					continue
				}
				w.stands(records[i])
			}
		}
	}
}

func severalOfOne(w *world) {
	records := w.batch(6)
	for i := range records[:5] {
		known("A-1", "one")(&records[i])
		records[i].Holder.Email, records[i].Holder.BirthYear = "", 0
	}
	records[1].Holder.Email = "first@example.org"
	records[2].Holder.Email, records[2].Holder.Over15 = "second@example.org", true
	known("A-1", "two")(&records[3])
	records[4].Holder.FamilyName = "Autre"
	outcomes := w.recordAll(w.Store, w.atelier.scope, records)
	w.must(errors.Join(outcomes[0].Err, outcomes[1].Err, outcomes[2].Err, outcomes[5].Err))
	if !errors.Is(outcomes[3].Err, award.ErrHolderMoved) {
		w.Fatalf("got %v", outcomes[3].Err)
	}
	w.fails(outcomes[4].Err, problem.Conflict, "error.holder.name")
	got, err := w.Holder(w.ctx(), w.atelier.scope, "A-1")
	w.must(err)
	w.same([]any{got.Email, got.Over15}, []any{"first@example.org", true})
	later := w.batch(3) // meets them again, and brings a year
	known("A-1", "one")(&later[0])
	later[0].Holder.BirthYear, later[0].Holder.Email = 1990, "third@example.org"
	w.must(w.recordAll(w.Store, w.atelier.scope, later)[0].Err)
	got, err = w.Holder(w.ctx(), w.atelier.scope, "A-1")
	w.must(err)
	w.same([]any{got.Email, got.BirthYear}, []any{"first@example.org", 1990})
}

// sameFileTwice lets two instances issue the same rows at once, each with its own
// signatures, in its own order.
func sameFileTwice(w *world) {
	const rows = 5000
	instances := []*store.Store{w.Store, w.open()}
	files := make([][]award.Record, 2)
	for i := range files {
		files[i] = make([]award.Record, rows)
	}
	for n := range rows {
		for i := range files {
			r := w.record(w.atelier)
			r.Key, r.Fingerprint = fmt.Sprintf("row %05d", n), [32]byte{byte(n), byte(n >> 8)}
			if n%4 == 0 {
				known(fmt.Sprintf("F-%d", n), fmt.Sprintf("instance-%d-%d", i, n))(&r)
			}
			place := n
			if i == 1 {
				place = (n + rows/3) % rows
			}
			files[i][place] = r
		}
	}
	var mutex sync.Mutex
	answers := map[string]award.ID{}
	w.must(errors.Join(w.atOnce(2, func(caller int) error {
		return w.issueFile(instances[caller], files[caller], func(key string, id award.ID) error {
			mutex.Lock()
			defer mutex.Unlock()
			if before, told := answers[key]; told && before != id {
				return fmt.Errorf("%s is %s here and %s there", key, id, before)
			}
			answers[key] = id
			return nil
		})
	})...))
	w.same(len(answers), rows)
	w.same(len(w.turn(award.Query{Limit: 1000, Now: dawn.Add(time.Hour)}, nil)), rows)
}

// issueFile records a file as the act does: what met another instance's holder is
// signed again, for that holder.
func (w *world) issueFile(s *store.Store, file []award.Record, tell func(key string, id award.ID) error) error {
	outcomes, err := s.RecordAwards(w.ctx(), w.atelier.scope, file)
	for tries := 1; problem.Is(err, problem.Unavailable) && tries < 5; tries++ { // as one does who was told to come back
		outcomes, err = s.RecordAwards(w.ctx(), w.atelier.scope, file)
	}
	if err != nil {
		return err
	}
	for i, o := range outcomes {
		if errors.Is(o.Err, award.ErrHolderMoved) {
			holder, err := s.Holder(w.ctx(), w.atelier.scope, file[i].Holder.Ref)
			if err != nil {
				return err
			}
			file[i].Holder.Subject = holder.Subject
			o.Receipt, o.Err = s.RecordAward(w.ctx(), w.atelier.scope, file[i])
		}
		if o.Err != nil {
			return fmt.Errorf("%s: %w", file[i].Key, o.Err)
		}
		if err := tell(file[i].Key, o.Receipt.ID); err != nil {
			return err
		}
	}
	return nil
}
