package store

import (
	"cmp"
	"context"
	"slices"

	"ramure/internal/award"
	"ramure/internal/problem"
)

// sift decides what needs no writing, keeps apart what would be in its own way,
// and answers the rest in the order of keys: two instances that write the same
// then wait for one another, and never both.
func (b *batch) sift(ctx context.Context, part []int) ([]int, error) {
	known, err := b.look(ctx, part)
	if err != nil {
		return nil, err
	}
	var rest []int
	keys, people := map[string]bool{}, map[string]award.Holder{}
	for _, i := range part {
		r := b.records[i]
		if outcome, decided := known.decide(r); decided {
			b.outcomes[i] = outcome
			continue
		}
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
	return rest, nil
}

// known is what the database already says of records.
type known struct {
	answers      map[string]answer             // by key
	holders      map[string]award.Holder       // by reference
	achievements map[award.AchievementID]error // why none may be awarded
}

// decide answers a record that was answered before, or cannot be written. It asks
// in the order of refusal.
func (k known) decide(r award.Record) (o award.Outcome, decided bool) {
	if before, found := k.answers[r.Key]; found {
		o.Receipt, o.Err = before.to(r)
		return o, true
	}
	if o.Err = k.achievements[r.Achievement]; o.Err != nil {
		return o, true
	}
	if holder, found := k.holders[r.Holder.Ref]; found {
		o.Err = samePerson(holder, r.Holder)
	}
	return o, o.Err != nil
}

// look reads what there is of a part's keys, references and achievements.
func (b *batch) look(ctx context.Context, part []int) (k known, err error) {
	ctx, cancel := context.WithTimeout(ctx, b.timeout)
	defer cancel()
	k = known{answers: map[string]answer{}, holders: map[string]award.Holder{}, achievements: map[award.AchievementID]error{}}
	answers, err := listed(ctx, b.reader, scanAnswer, selectAnswer+` AND a.key IN `, b.keys(part), b.scope.Venue())
	if err != nil {
		return k, failed("read the receipts", err)
	}
	for _, a := range answers {
		k.answers[a.key] = a
	}
	holders, err := b.Holders(ctx, b.scope, b.refs(part))
	if err != nil {
		return k, err
	}
	for _, h := range holders {
		k.holders[h.Ref] = h
	}
	return k, b.lookAchievements(ctx, part, k)
}

func (b *batch) lookAchievements(ctx context.Context, part []int, k known) error {
	for _, i := range part {
		id := b.records[i].Achievement
		if _, asked := k.achievements[id]; asked {
			continue
		}
		err := b.refusedAchievement(ctx, b.scope, id)
		if err != nil && !problem.Is(err, problem.NotFound) && !problem.Is(err, problem.Conflict) {
			return err
		}
		k.achievements[id] = err
	}
	return nil
}

func (b *batch) keys(part []int) []string {
	keys := make([]string, len(part))
	for n, i := range part {
		keys[n] = b.records[i].Key
	}
	return keys
}

func (b *batch) refs(part []int) (refs []string) {
	for _, i := range part {
		if ref := b.records[i].Holder.Ref; ref != "" {
			refs = append(refs, ref)
		}
	}
	slices.Sort(refs)
	return slices.Compact(refs)
}
