package store

import (
	"context"
	"slices"

	"ramure/internal/award"
	"ramure/internal/problem"
)

// sift decides those records of a part that were answered before, or cannot be
// written, and answers the others.
func (b *batch) sift(ctx context.Context, part []int) (rest []int, err error) {
	known, err := b.look(ctx, part)
	if err != nil {
		return nil, err
	}
	for _, i := range part {
		outcome, decided := known.decide(b.records[i])
		if decided {
			b.outcomes[i] = outcome
		} else {
			rest = append(rest, i)
		}
	}
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
