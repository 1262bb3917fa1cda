package bench

import (
	"bytes"
	"fmt"
	"sync"
	"testing"
	"time"
)

// load is a closed loop: each connection asks again as soon as it was answered.
type load struct {
	to          *process
	connections int
	lasting     time.Duration
	pace        time.Duration // least time between two requests of a connection
	status      int           // the only right answer
	maker       func() maker  // one for each connection
	heard       func(r reply) // is told every answer, by many goroutines; nil for nobody
}

// maker makes the next request; its bytes are good until the one after.
type maker func() []byte

// warmth is the share of a run that comes before it and is not counted.
const warmth = 8

// run is take for a benchmark that has nothing else to do meanwhile.
func (l load) run(tb testing.TB) figures {
	tb.Helper()
	f, err := l.take()
	if err != nil {
		tb.Fatal(err)
	}
	return f
}

// meanwhile is run beside something else; the figures are had by calling what
// it answers.
func (l load) meanwhile(tb testing.TB) func() figures {
	tb.Helper()
	var f figures
	var err error
	done := make(chan struct{})
	go func() { f, err = l.take(); close(done) }()
	return func() figures {
		if <-done; err != nil {
			tb.Fatal(err)
		}
		return f
	}
}

// take measures. An answer that is not the right one is counted as wrong; a
// connection that breaks is an error.
func (l load) take() (figures, error) {
	from := time.Now().Add(l.lasting / warmth)
	until := from.Add(l.lasting)
	tallies := make([]tally, l.connections)
	before := make(chan cost, 1)
	time.AfterFunc(l.lasting/warmth, func() { before <- l.to.spentSoFar() })
	var group sync.WaitGroup
	for i := range tallies {
		group.Go(func() { tallies[i].err = l.converse(&tallies[i], from, until) })
	}
	group.Wait()
	after := l.to.spentSoFar()
	f, err := sum(tallies, l.lasting)
	f.cost = after.since(<-before, int(f.rate*l.lasting.Seconds()))
	if err != nil {
		err = fmt.Errorf("%s: %w", l.to.name, err)
	}
	return f, err
}

// converse is one connection from beginning to end.
func (l load) converse(t *tally, from, until time.Time) error {
	w, err := dial(l.to.address)
	if err != nil {
		return err
	}
	defer func() { w.close() }()
	next := l.maker()
	for {
		request := next()
		began := time.Now()
		if began.After(until) {
			return nil
		}
		r, err := w.ask(request)
		if err != nil {
			return err
		}
		if l.heard != nil {
			l.heard(r)
		}
		if began.After(from) {
			t.add(time.Since(began), r, l.status)
		}
		if r.closing {
			w.close()
			if w, err = dial(l.to.address); err != nil {
				return err
			}
		}
		if rest := l.pace - time.Since(began); rest > 0 {
			time.Sleep(rest)
		}
	}
}

// tally is what one connection saw.
type tally struct {
	times []time.Duration // of right answers
	wrong int
	first string // the first wrong answer
	err   error
}

func (t *tally) add(took time.Duration, r reply, want int) {
	if r.status == want {
		t.times = append(t.times, took)
		return
	}
	if t.wrong++; t.first == "" {
		t.first = fmt.Sprintf("%d %s", r.status, bytes.TrimSpace(r.body))
	}
}

// always makes the same request again and again.
func always(request []byte) func() maker {
	return func() maker { return func() []byte { return request } }
}

// get is a request as a browser or a program would make it.
func get(path, accept string) []byte {
	return fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: badges.example.org\r\nAccept: %s\r\nAccept-Language: fr\r\n\r\n", path, accept)
}
