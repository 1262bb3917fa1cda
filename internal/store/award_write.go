package store

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"

	"ramure/internal/award"
)

// errMisfit says that a record of a batch cannot be written, which a constraint
// would say of it alone.
var errMisfit = errors.New("a record of the batch does not fit")

// writing is one transaction of a batch under way.
type writing struct {
	*batch
	tx   *transaction
	part []int

	venue        rowID
	achievements map[version]rowID
	lists        map[int]rowID
	holders      map[string]rowID // by reference
}

// version names a version of an achievement.
type version struct {
	id     award.AchievementID
	number int
}

// writeAll writes records in one transaction: what they refer to is looked up
// once, then each table takes its rows in one stream.
func (b *batch) writeAll(ctx context.Context, part []int) error {
	return transactAlone(ctx, b.writer, func(tx *transaction) error {
		w := &writing{batch: b, tx: tx, part: part,
			achievements: map[version]rowID{}, lists: map[int]rowID{}, holders: map[string]rowID{}}
		for _, step := range []func(context.Context) error{w.resolve, w.meetHolders, w.insert} {
			if err := step(ctx); err != nil {
				return err
			}
		}
		return nil
	})
}

// resolve finds the rows of the venue, and of its achievements and lists.
func (w *writing) resolve(ctx context.Context) (err error) {
	w.venue, err = scalar[rowID](w.tx.QueryRowContext(ctx, `SELECT id FROM venue WHERE slug = $1`, w.scope.Venue()))
	if err != nil {
		return err
	}
	ids, numbers := map[award.AchievementID]bool{}, map[int]bool{}
	for _, i := range w.part {
		ids[w.records[i].Achievement], numbers[w.records[i].Slot.List] = true, true
	}
	_, err = listed(ctx, w.tx, w.scanVersion, `SELECT a.public_id, n.version, a.id FROM achievement a
		JOIN achievement_version n ON n.achievement = a.id
		WHERE a.venue = $1 AND NOT EXISTS (SELECT 1 FROM achievement_withdrawal w WHERE w.achievement = a.id)
			AND a.public_id IN `, w.venue, slices.Collect(maps.Keys(ids)))
	if err != nil {
		return err
	}
	_, err = listed(ctx, w.tx, w.scanList, `SELECT number, id FROM status_list WHERE venue = $1 AND number IN `,
		w.venue, slices.Collect(maps.Keys(numbers)))
	return err
}

func (w *writing) scanVersion(r row) (v version, err error) {
	var id rowID
	err = r.Scan(&v.id, &v.number, &id)
	w.achievements[v] = id
	return v, err
}

func (w *writing) scanList(r row) (number int, err error) {
	var id rowID
	err = r.Scan(&number, &id)
	w.lists[number] = id
	return number, err
}

// meetHolders makes or finds the holders that have a reference, and makes sure
// that they are the persons of the records: another instance may have been first.
func (w *writing) meetHolders(ctx context.Context) error {
	people := w.people()
	refs := slices.Sorted(maps.Keys(people)) // the order in which their locks are taken
	values := make([][]any, len(refs))
	for n, ref := range refs {
		id, err := w.newID(people[ref].IssuedAt)
		if err != nil {
			return err
		}
		values[n] = holderRowOf(id, w.venue, people[ref])
	}
	if err := insertRows(ctx, w.tx, tableRows{"holder", holderTable, values}, orLearn); err != nil {
		return err
	}
	found, err := listed(ctx, w.tx, w.scanMet, `SELECT h.id, `+holderColumns+` FROM holder h WHERE h.venue = $1 AND h.ref IN `, w.venue, refs)
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
