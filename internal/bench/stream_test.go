package bench

import (
	"slices"
	"sync"
	"testing"
	"time"
)

// stream is an open loop: requests come when they come, whether the ones before
// were answered or not, as from many clients that know nothing of each other.
type stream struct {
	to          *process
	rate        float64 // requests a second
	connections int     // to spread them over
	lasting     time.Duration
	maker       func() maker
	heard       func(reply)
	unanswered  func() // is told of a request that nobody knows the fate of
}

// flood is what a stream met. Times count from the moment at which a request
// was due, so that one that had to wait for a connection is not flattered.
type flood struct {
	admitted, refused []time.Duration
	took              time.Duration
	other             int    // neither 201 nor 503 with Retry-After
	first             string // the first of them
}

func (s stream) run(tb testing.TB) flood {
	tb.Helper()
	due := make(chan time.Time, int(s.rate*s.lasting.Seconds())+1)
	parts := make([]flood, s.connections)
	began := time.Now()
	var group sync.WaitGroup
	for n := range parts {
		group.Go(func() { s.converse(&parts[n], due) })
	}
	s.schedule(due)
	group.Wait()
	f := merge(parts)
	f.took = time.Since(began)
	return f
}

// schedule hands out the moments at an even pace.
func (s stream) schedule(due chan<- time.Time) {
	defer close(due)
	const tick = time.Millisecond
	began := time.Now()
	total := int(s.rate * s.lasting.Seconds())
	for n := 0; n < total; {
		at := began.Add(time.Duration(float64(n) / s.rate * float64(time.Second)))
		if wait := time.Until(at); wait > 0 {
			time.Sleep(max(wait, tick))
			continue
		}
		due <- at
		n++
	}
}

// converse takes what is due, over one connection that is opened anew when it
// breaks.
func (s stream) converse(f *flood, due <-chan time.Time) {
	next := s.maker()
	var w *wire
	defer func() {
		if w != nil {
			w.close()
		}
	}()
	for at := range due {
		var r reply
		var err error
		if w == nil {
			w, err = dial(s.to.address)
		}
		if err == nil {
			r, err = w.ask(next())
		}
		f.add(time.Since(at), r, err)
		switch {
		case err == nil:
			s.heard(r)
		case w != nil:
			s.unanswered()
		}
		if (err != nil || r.closing) && w != nil {
			w.close()
			w = nil
		}
	}
}

func (f *flood) add(took time.Duration, r reply, err error) {
	switch {
	case err == nil && r.status == 201:
		f.admitted = append(f.admitted, took)
	case err == nil && r.status == 503 && r.retryAfter:
		f.refused = append(f.refused, took)
	case f.first == "" && err != nil:
		f.other, f.first = f.other+1, err.Error()
	case f.first == "":
		f.other, f.first = f.other+1, string(r.body)
	default:
		f.other++
	}
}

func merge(parts []flood) (f flood) {
	for _, part := range parts {
		f.admitted, f.refused = append(f.admitted, part.admitted...), append(f.refused, part.refused...)
		f.other += part.other
		if f.first == "" {
			f.first = part.first
		}
	}
	slices.Sort(f.admitted)
	slices.Sort(f.refused)
	return f
}
