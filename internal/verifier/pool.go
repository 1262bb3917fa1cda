package verifier

import (
	"time"

	"ramure/internal/problem"
)

// Pool bounds what verifying takes of the machine. An examination has a place from
// its beginning to its end; there are few, and when all are taken the next one is
// refused at once. Of those with a place only so many compute at a time, and one
// that waits for somebody else's answer lets another compute meanwhile: hosts that
// are slow to answer stop nobody but themselves.
type Pool struct {
	places  chan struct{}
	workers chan struct{}
}

// NewPool makes a pool where so many examinations may be under way, and so many of
// them compute at once.
func NewPool(workers, places int) *Pool {
	workers = max(1, workers)
	return &Pool{places: make(chan struct{}, max(places, workers)), workers: make(chan struct{}, workers)}
}

// busyPause is when a refused caller should come back.
const busyPause = 2 * time.Second

// enter takes a place; leave must be called. The refusal is problem.Unavailable.
func (p *Pool) enter() (leave func(), err error) {
	if p == nil {
		return func() {}, nil
	}
	select {
	case p.places <- struct{}{}:
		return func() { <-p.places }, nil
	default:
		return nil, problem.New(problem.Unavailable, "error.verify.busy").After(busyPause)
	}
}

// work computes once a worker is free.
func (p *Pool) work(compute func()) {
	if p == nil {
		compute()
		return
	}
	p.workers <- struct{}{}
	defer func() { <-p.workers }()
	compute()
}

// rest is called from inside of work: it waits for somebody else without keeping a
// worker. Nobody computes for long, so that there is one again soon.
func (p *Pool) rest(wait func()) {
	if p == nil {
		wait()
		return
	}
	<-p.workers
	defer func() { p.workers <- struct{}{} }()
	wait()
}
