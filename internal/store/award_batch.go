package store

import (
	"cmp"
	"context"
	"slices"

	"ramure/internal/award"
	"ramure/internal/problem"
	"ramure/internal/scope"
)

// batch is records that are written together, with the outcomes of all.
type batch struct {
	*Store
	scope    scope.Scope
	records  []award.Record
	outcomes []award.Outcome
	apart    []int // records that are best written one by one, after the others
}

// RecordAwards writes many awards: as many in one transaction as dialect.bulk
// says, in one stream for each table. When a transaction is refused, what is known
// of its records is looked up; where that explains nothing they go on in two
// halves, so that a bad one ends up alone and is refused alone. See the contract
// in package award.
func (s *Store) RecordAwards(ctx context.Context, sc scope.Scope, records []award.Record) ([]award.Outcome, error) {
	b := &batch{Store: s, scope: sc, records: records, outcomes: make([]award.Outcome, len(records))}
	undecided := make([]int, len(records))
	for i := range undecided {
		undecided[i] = i
	}
	for part := range slices.Chunk(undecided, s.dialect.bulk) {
		if err := b.record(ctx, b.spread(part)); err != nil {
			return b.giveUp(err)
		}
	}
	for _, i := range b.apart {
		if err := b.recordAlone(ctx, i); err != nil {
			return b.giveUp(err)
		}
	}
	return b.outcomes, nil
}

// spread keeps apart what would be in the way of others of its part (the same key
// again, a person who is another one under the same reference), and answers the
// rest in the order of keys: two instances that write the same then wait for one
// another, and never both.
func (b *batch) spread(part []int) (rest []int) {
	keys, people := map[string]bool{}, map[string]award.Holder{}
	for _, i := range part {
		r := b.records[i]
		met, again := people[r.Holder.Ref]
		if keys[r.Key] || again && samePerson(met, r.Holder) != nil {
			b.apart = append(b.apart, i)
			continue
		}
		keys[r.Key] = true
		if r.Holder.Ref != "" {
			people[r.Holder.Ref] = r.Holder
		}
		rest = append(rest, i)
	}
	slices.SortFunc(rest, func(i, j int) int { return cmp.Compare(b.records[i].Key, b.records[j].Key) })
	return rest
}

// giveUp gives the failure of the database to the records that have no outcome.
func (b *batch) giveUp(err error) ([]award.Outcome, error) {
	for i, o := range b.outcomes {
		if o.Err == nil && o.Receipt.ID == "" {
			b.outcomes[i].Err = err
		}
	}
	return b.outcomes, err
}

// record decides these records, which are not in each other's way; an error is
// one of the database. It hopes for the best: only what was refused is looked at.
func (b *batch) record(ctx context.Context, part []int) error {
	if len(part) == 0 {
		return nil
	}
	if len(part) == 1 {
		return b.recordAlone(ctx, part[0])
	}
	err := b.write(ctx, part)
	switch {
	case err == nil:
		for _, i := range part {
			b.outcomes[i].Receipt = receipt(b.records[i])
		}
		return nil
	case isDown(err):
		return err
	}
	rest, err := b.sift(ctx, part)
	if err != nil {
		return err
	}
	if len(rest) < len(part) {
		return b.record(ctx, rest)
	}
	middle := len(part) / 2
	if err := b.record(ctx, part[:middle]); err != nil {
		return err
	}
	return b.record(ctx, part[middle:])
}

// recordAlone decides one record in a transaction of its own, which knows why it
// was refused.
func (b *batch) recordAlone(ctx context.Context, i int) error {
	o := &b.outcomes[i]
	o.Receipt, o.Err = b.RecordAward(ctx, b.scope, b.records[i])
	if isDown(o.Err) {
		return o.Err
	}
	return nil
}

// isDown tells a failure of the database from one of a record.
func isDown(err error) bool {
	return problem.Is(err, problem.Unavailable) || problem.Is(err, problem.Full)
}
