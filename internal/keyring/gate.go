package keyring

import (
	"context"

	"ramure/internal/problem"
)

// gate lets one caller at a time work on a slot. A caller that gives up does not
// take the others with it: the next one does the work with its own context.
type gate struct {
	turn    chan struct{}
	callers int // inside or waiting; the last one takes the gate away
}

// enter waits for the slot's turn; leave must be called.
func (r *Ring) enter(ctx context.Context, at slot) (leave func(), err error) {
	g := r.join(at)
	select {
	case g.turn <- struct{}{}:
		return func() { <-g.turn; r.part(at, g) }, nil
	case <-ctx.Done():
		r.part(at, g)
		return nil, problem.Wrap(problem.Unavailable, "error.key.busy", ctx.Err())
	}
}

func (r *Ring) join(at slot) *gate {
	r.mu.Lock()
	defer r.mu.Unlock()
	g := r.gates[at]
	if g == nil {
		g = &gate{turn: make(chan struct{}, 1)}
		r.gates[at] = g
	}
	g.callers++
	return g
}

func (r *Ring) part(at slot, g *gate) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if g.callers--; g.callers == 0 {
		delete(r.gates, at)
	}
}
