package award

import (
	"context"
	"iter"
	"runtime"

	"golang.org/x/sync/errgroup"

	"ramure/internal/mediation"
	"ramure/internal/problem"
	"ramure/internal/scope"
)

// Tell says what became of the n-th order of a batch, from 0, in their order. An
// error that it answers ends the batch.
type Tell func(n int, r Receipt, err error) error

// IssueBatch awards many orders, each as Issue would: a bad one is refused alone.
//
//	orders → parts → signed on all cores → recorded while the next part is signed
//	→ Tell, after the commit
//
// Of any number of orders it holds a few hundred at a time. An error means that
// the batch has ended early: the database failed, the clock is in doubt, ctx has
// ended, or Tell wanted it to. Orders that were not told of can be sent again
// under their keys.
func (s *Service) IssueBatch(ctx context.Context, sc scope.Scope, orders iter.Seq[Order], tell Tell) error {
	venue, err := s.Store.Venue(ctx, sc.Venue())
	if err != nil {
		return err
	}
	b := &batch{Service: s, scope: sc, venue: venue, tell: tell}
	parts := make(chan []*ordered)
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(parts)
		return b.signAll(ctx, orders, parts)
	})
	group.Go(func() error {
		for part := range parts {
			if err := b.record(ctx, part); err != nil {
				return err
			}
		}
		return nil
	})
	return group.Wait()
}

// partSize is how many orders are signed, and then recorded, together.
const partSize = 500

// batch is one under way.
type batch struct {
	*Service
	scope scope.Scope
	venue mediation.Venue
	tell  Tell
}

// ordered is an order on its way to its receipt.
type ordered struct {
	n      int
	order  Order
	record Record
	Outcome
}

// signAll hands on the orders in signed parts.
func (b *batch) signAll(ctx context.Context, orders iter.Seq[Order], parts chan<- []*ordered) error {
	var part []*ordered
	n := 0
	for order := range orders {
		part = append(part, &ordered{n: n, order: order})
		if n++; len(part) < partSize {
			continue
		}
		if err := b.handOn(ctx, part, parts); err != nil {
			return err
		}
		part = nil
	}
	if len(part) == 0 {
		return nil
	}
	return b.handOn(ctx, part, parts)
}

func (b *batch) handOn(ctx context.Context, part []*ordered, parts chan<- []*ordered) error {
	if err := b.signPart(ctx, part); err != nil {
		return err
	}
	select {
	case parts <- part:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// signPart makes the records of a part on all cores. An order that can't be signed
// has its reason as its outcome; an error is of all of them.
func (b *batch) signPart(ctx context.Context, part []*ordered) error {
	if err := b.ready(); err != nil {
		return err
	}
	holders, err := b.meet(ctx, part)
	if err != nil {
		return err
	}
	achievements := map[AchievementID]Achievement{}
	for _, o := range part {
		if err := b.find(ctx, o, achievements); err != nil {
			return err
		}
	}
	var workers errgroup.Group
	workers.SetLimit(runtime.GOMAXPROCS(0))
	for i, o := range part {
		if o.Err != nil {
			continue
		}
		workers.Go(func() error {
			o.record, o.Err = b.compose(ctx, b.scope, o.order, b.venue, achievements[o.order.Achievement], holders[i])
			return nil
		})
	}
	return workers.Wait()
}

// meet gives each order of a part its holder: the one of its reference, the same
// for all orders that name it, or a new person.
func (b *batch) meet(ctx context.Context, part []*ordered) ([]Holder, error) {
	var refs []string
	for _, o := range part {
		if ref := o.order.Recipient.Ref; ref != "" {
			refs = append(refs, ref)
		}
	}
	known, err := b.Store.Holders(ctx, b.scope, refs)
	if err != nil {
		return nil, err
	}
	subjects := map[string]string{}
	for _, h := range known {
		subjects[h.Ref] = h.Subject
	}
	holders := make([]Holder, len(part))
	for i, o := range part {
		person := o.order.Recipient
		subject := subjects[person.Ref]
		if subject == "" {
			if subject, err = b.newSubject(); err != nil {
				return nil, err
			}
		}
		if person.Ref != "" {
			subjects[person.Ref] = subject
		}
		holders[i] = Holder{Person: person, Subject: subject}
	}
	return holders, nil
}

// find looks an order's achievement up, once for all orders of it, and checks the
// order against it.
func (b *batch) find(ctx context.Context, o *ordered, found map[AchievementID]Achievement) error {
	id := o.order.Achievement
	a, known := found[id]
	if !known {
		var err error
		if a, err = b.Store.Achievement(ctx, b.scope, id); problem.Is(err, problem.NotFound) {
			o.Err = err
			return nil
		}
		if err != nil {
			return err
		}
		found[id] = a
	}
	o.Err = b.checkOrder(o.order, a)
	return nil
}

// record writes what was signed, and tells.
func (b *batch) record(ctx context.Context, part []*ordered) error {
	var signed []*ordered
	var records []Record
	for _, o := range part {
		if o.Err == nil {
			signed, records = append(signed, o), append(records, o.record)
		}
	}
	outcomes, failure := b.Store.RecordAwards(ctx, b.scope, records)
	for i, o := range signed {
		o.Outcome = outcomes[i]
	}
	b.Log.Wake()
	for _, o := range part {
		if failure == nil && o.Err != nil {
			o.Receipt, o.Err = b.Issue(ctx, b.scope, o.order) // which knows all that may help
		}
		if down(o.Err) {
			return o.Err // what became of the rest is asked for under their keys
		}
		if err := b.tell(o.n, o.Receipt, o.Err); err != nil {
			return err
		}
	}
	return failure
}
