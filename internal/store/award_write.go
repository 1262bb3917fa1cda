package store

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"ramure/internal/award"
)

// writing is one transaction of a batch under way.
type writing struct {
	*batch
	tx      *transaction
	part    []int
	grounds []ground         // one for each of the part
	holders map[string]rowID // by reference
}

// write writes records in one transaction, each table in one stream.
func (b *batch) write(ctx context.Context, part []int) error {
	w := writing{batch: b, part: part, grounds: make([]ground, len(part))}
	for n, i := range part {
		var err error
		if w.grounds[n], err = b.ground(ctx, b.scope, b.records[i]); err != nil {
			return groundless(err)
		}
	}
	return b.persist(ctx, "record awards", func(ctx context.Context) error {
		return transactAlone(ctx, b.writer, func(tx *transaction) error {
			w.tx, w.holders = tx, map[string]rowID{}
			return w.steps(ctx, w.checkOffers, w.meetHolders, w.insert)
		})
	})
}

func (w *writing) steps(ctx context.Context, all ...func(context.Context) error) error {
	for _, step := range all {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// checkOffers makes sure that none of the achievements was withdrawn meanwhile.
func (w *writing) checkOffers(ctx context.Context) error {
	ids := map[rowID]bool{}
	for _, g := range w.grounds {
		ids[g.achievement] = true
	}
	withdrawn, err := listed(ctx, w.tx, scalar[rowID], `SELECT achievement FROM achievement_withdrawal WHERE achievement IN `,
		slices.Collect(maps.Keys(ids)))
	if err == nil && len(withdrawn) > 0 {
		err = errMisfit
	}
	return err
}

// meetHolders makes or finds the holders that have a reference, and makes sure
// that they are the persons of the records: another instance may have been first.
func (w *writing) meetHolders(ctx context.Context) error {
	venue, people := w.grounds[0].venue, w.people()
	refs := slices.Sorted(maps.Keys(people)) // the order in which their locks are taken
	values := make([][]any, len(refs))
	for n, ref := range refs {
		id, err := w.newID(people[ref].IssuedAt)
		if err != nil {
			return err
		}
		values[n] = holderValues(id, venue, people[ref])
	}
	if err := insertRows(ctx, w.tx, tableRows{"holder", holderTable, values}, orLearn); err != nil {
		return err
	}
	found, err := listed(ctx, w.tx, w.scanMet, `SELECT h.id, `+holderColumns+` FROM holder h WHERE h.venue = $1 AND h.ref IN `, refs, venue)
	if err != nil {
		return err
	}
	for _, h := range found {
		if samePerson(h, people[h.Ref].Holder) != nil {
			return errMisfit
		}
	}
	return nil
}

func (w *writing) scanMet(r row) (award.Holder, error) {
	var id rowID
	var h holderRow
	err := r.Scan(append([]any{&id}, h.dest()...)...)
	if err == nil {
		w.holders[*h.ref] = id
	}
	return h.word(), err
}

// people gives one record for each reference, with all that the records of the
// reference know.
func (w *writing) people() map[string]award.Record {
	people := map[string]award.Record{}
	for _, i := range w.part {
		r := w.records[i]
		ref := r.Holder.Ref
		if ref == "" {
			continue
		}
		if first, met := people[ref]; met {
			r.Holder.Email = cmp.Or(first.Holder.Email, r.Holder.Email)
			r.Holder.BirthYear = cmp.Or(first.Holder.BirthYear, r.Holder.BirthYear)
			r.Holder.Over15 = first.Holder.Over15 || r.Holder.Over15
		}
		people[ref] = r
	}
	return people
}
