package verifier

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"sync"
	"time"

	"ramure/internal/baking"
	"ramure/internal/credential"
	"ramure/internal/problem"
)

// The limits of one examination.
const (
	MaxItems = 20       // badges, wherever they were
	MaxTotal = 20 << 20 // bytes of all inputs
	maxText  = 1 << 20  // of an input that is no picture: a list of badges; one badge has its own, smaller limit

	patience  = 15 * time.Second // of waiting for others
	timeLimit = 40 * time.Second // of the whole
	sideways  = 4                // inputs, then badges, that are looked at side by side
)

var most = strconv.Itoa(MaxItems)

// examination is one call of Examine under way.
type examination struct {
	Service
	options Options
	now     time.Time
	fetch   Fetch // nil: nothing is fetched
	within  Fetch // the same, without redirects to elsewhere
	direct  Fetch // the same, without any
}

// Examine says of everything that was handed in what it is worth; one input may
// hold several badges, and none gives none. It fails as a whole only when nothing
// was begun: problem.TooLarge for more than the limits allow, problem.Unavailable
// with a pause when too many verifications are under way, problem.Malformed when
// the policy or the proof of the options can't be read. What is wrong with one
// input is in the Err of its item, and what is wrong with a badge in its report.
func (s Service) Examine(ctx context.Context, inputs []Input, o Options) ([]Item, error) {
	if err := admissible(inputs); err != nil {
		return nil, err
	}
	if err := o.check(); err != nil {
		return nil, err
	}
	leave, err := s.Pool.enter()
	if err != nil {
		return nil, err
	}
	defer leave()
	ctx, cancel := context.WithTimeout(ctx, timeLimit)
	defer cancel()
	until, cancel := context.WithTimeout(ctx, cmp.Or(s.Patience, patience))
	defer cancel()
	return s.begin(until, o).all(ctx, inputs)
}

// begin makes an examination that waits for others at most until a context ends.
func (s Service) begin(until context.Context, o Options) *examination {
	e := s.newErrands(until, o)
	return &examination{Service: s, options: o, now: s.Now(), fetch: e.by(anywhere), within: e.by(within), direct: e.by(direct)}
}

// admissible refuses what is too much before anything is looked at.
func admissible(inputs []Input) error {
	if len(inputs) > MaxItems {
		return tooMany()
	}
	total := 0
	for _, input := range inputs {
		switch size := len(input.Data); {
		case size > baking.MaxPicture:
			return problem.New(problem.TooLarge, "error.verify.picture")
		case size > maxText && sniff(input.Data) != picture && sniff(input.Data) != foreign:
			return problem.New(problem.TooLarge, "error.verify.text")
		}
		total += len(input.Data)
	}
	if total > MaxTotal {
		return problem.New(problem.TooLarge, "error.verify.total")
	}
	return nil
}

func tooMany() error {
	return problem.New(problem.TooLarge, "error.verify.tooMany").With("most", most)
}

// all opens every input, then examines every badge that was in them.
func (x *examination) all(ctx context.Context, inputs []Input) ([]Item, error) {
	opened := make([][]piece, len(inputs))
	x.abreast(len(inputs), func(i int) {
		first := piece{Item: Item{Name: inputs[i].Name, Digest: digestOf(inputs[i].Data)}}
		opened[i] = first.failed(unfinished())
		opened[i] = x.unpack(ctx, first, inputs[i].Data, 0)
	}, func(i int, err error) { opened[i][0].Err = err })
	var pieces []piece
	for _, some := range opened {
		pieces = append(pieces, some...)
	}
	if len(pieces) > MaxItems {
		return nil, tooMany()
	}
	items := make([]Item, len(pieces))
	x.abreast(len(pieces), func(i int) {
		items[i] = x.missing(pieces[i].Item, unfinished())
		items[i] = x.judge(ctx, pieces[i])
	}, func(i int, err error) { items[i].Err = err })
	return items, nil
}

// abreast does the work for each of so many, some side by side, as workers of the
// pool. What panics is told to failed, and stops nobody else: we read what strangers
// wrote.
func (x *examination) abreast(count int, do func(int), failed func(int, error)) {
	var group sync.WaitGroup
	gate := make(chan struct{}, sideways)
	for i := range count {
		gate <- struct{}{}
		group.Go(func() {
			defer func() { <-gate }()
			x.Pool.work(func() {
				defer func() {
					if fault := recover(); fault != nil {
						failed(i, problem.Wrap(problem.Internal, "error.kind.internal.text", fmt.Errorf("verifier: panic: %v", fault)))
					}
				}()
				do(i)
			})
		})
	}
	group.Wait()
}

// unfinished is the answer on what nobody got to the end of.
func unfinished() error { return problem.New(problem.Internal, "error.kind.internal.text") }

// judge examines one badge.
func (x *examination) judge(ctx context.Context, p piece) Item {
	switch {
	case p.Err != nil:
		return x.missing(p.Item, p.Err)
	case p.erased:
		item := x.missing(p.Item, nil)
		item.Report.Verdict = credential.Erased
		return item
	}
	item := p.Item
	item.Report = x.verify(ctx, p.Document)
	x.hold(&item.Report, p.fragment)
	x.place(ctx, &item)
	if p.shown != nil {
		check := p.shown.Verify(ctx, x.plainSources())
		item.Holder = &check
	}
	return item
}

// missing is an item without a badge: its report says of each check that it was not
// reached.
func (x *examination) missing(item Item, err error) Item {
	item.Err = err
	item.Report = credential.Conclude(credential.Report{IssuerStanding: credential.UnknownStanding, CheckedAt: x.now})
	return item
}
