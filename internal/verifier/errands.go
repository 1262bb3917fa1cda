package verifier

import (
	"context"
	"errors"
	"sync"

	"ramure/internal/credential"
)

// maxErrands is how many documents one examination may ask for: a badge with a
// status list, a log and some endorsements asks for about ten. Whoever hands in
// badges must not be able to make us a weapon against others.
const maxErrands = 60

// errTooManyErrands leaves unknown what a document would have said.
var errTooManyErrands = errors.New("verifier: more documents than one examination asks for")

// errands are what one examination asked others for. Each document is asked for
// once, however many checks need it.
type errands struct {
	ways [3]Fetch
	pool *Pool
	// until ends all waiting for others, before the examination's own end: what did
	// not answer by then is unknown, and there is time left to say so.
	until context.Context

	mu   sync.Mutex
	sent map[target]*errand
}

// way is how a document is asked for.
type way int

const (
	anywhere way = iota // redirects are followed
	within              // those that stay on the origin
	direct              // none
)

// target is a document: what an address answers may depend on what is accepted.
type target struct {
	address, accept string
	way             way
}

// errand is one document on its way.
type errand struct {
	back chan struct{}
	body []byte
	err  error
}

// newErrands makes the errands of an examination with these options; nil when it asks
// nobody. All waiting ends with a context.
func (s Service) newErrands(until context.Context, o Options) *errands {
	if s.Fetch == nil || o.Offline {
		return nil
	}
	e := &errands{ways: [3]Fetch{s.Fetch, s.Within, s.Direct}, pool: s.Pool, until: until, sent: map[target]*errand{}}
	for i, fetch := range e.ways {
		if fetch == nil {
			fetch = s.Fetch
		}
		if o.NoOutbound {
			fetch = s.near(fetch)
		}
		e.ways[i] = fetch
	}
	return e
}

// by gives a way of fetching documents; nil when nothing is fetched.
func (e *errands) by(w way) Fetch {
	if e == nil {
		return nil
	}
	return func(_ context.Context, address, accept string) ([]byte, error) {
		return e.run(target{address, accept, w})
	}
}

// run fetches, or gives what was fetched before. It is called from inside of
// Pool.work.
func (e *errands) run(to target) ([]byte, error) {
	one, first, err := e.send(to)
	if err != nil {
		return nil, err
	}
	e.pool.rest(func() {
		if first {
			one.goes(e.until, e.ways[to.way], to)
			return
		}
		<-one.back
	})
	return one.body, one.err
}

// send finds the errand of a document, or begins it; first says that the caller is
// the one to go.
func (e *errands) send(to target) (one *errand, first bool, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if one, sent := e.sent[to]; sent {
		return one, false, nil
	}
	if len(e.sent) >= maxErrands {
		return nil, false, errors.Join(credential.ErrUnreachable, errTooManyErrands)
	}
	one = &errand{back: make(chan struct{}), err: credential.ErrUnreachable}
	e.sent[to] = one
	return one, true, nil
}

// goes asks, and comes back whatever happens.
func (o *errand) goes(ctx context.Context, fetch Fetch, to target) {
	defer close(o.back)
	o.body, o.err = fetch(ctx, to.address, to.accept)
}

// near keeps a way of fetching to what is asked even without going out.
func (s Service) near(fetch Fetch) Fetch {
	return func(ctx context.Context, address, accept string) ([]byte, error) {
		if s.Near == nil || !s.Near(address) {
			return nil, credential.ErrOffline
		}
		return fetch(ctx, address, accept)
	}
}
