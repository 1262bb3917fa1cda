package e2e

import (
	"context"
	"iter"
	"runtime/debug"
	"slices"
	"sync"
	"testing"
	"time"
)

// The attack corpora of the verifier, each a table of data or a few lines that
// write one. Nothing hostile may be let through, and nothing may fall over: that is
// asserted. How long the slowest answer took and how much memory grew depends on
// the machine: these are printed, for `make check` and the README.
//
//	go test ./internal/e2e -run TestCorpora -v
//	go test ./internal/e2e -run TestCorpora/JWT -v
func TestCorpora(t *testing.T) {
	var rows []*row
	defer func() { show(t, rows) }()
	d := newDesk(t)
	for _, c := range []corpus{
		addressAttacks(t), typedAttacks(t, d), tokenAttacks(t), byteChanges(t), droppedContent(t), duplicates(t), graphs(t),
		listBombs(t), answerAttacks(t), pictureBombs(t), bodies(t, d), forms(d),
	} {
		t.Run(c.name, func(t *testing.T) { rows = append(rows, c.run(t)) })
	}
}

// attack is one hostile input. ask answers why it was let through, "" when it was
// not; it may panic, which is a crash.
type attack struct {
	name string
	ask  func(context.Context) (through string)
}

// corpus is a set of attacks. least is how many there must be, so that a table that
// lost its lines is noticed.
type corpus struct {
	name    string
	least   int
	attacks iter.Seq[attack]
	// many are made one by one and asked on two cores; fewer are all made before the
	// first is asked, so that what is told is the answers' time and not the making's.
	many bool
	// heavy says which attacks are asked with a clean heap, so that their own memory
	// shows: each (1), each tenth (10), none (0: what is told is of all together).
	heavy int
}

// run asks all attacks of a corpus, and asserts what must hold on any machine.
func (c corpus) run(t *testing.T) *row {
	t.Helper()
	r, begin := &row{name: c.name}, time.Now()
	if c.many {
		r.heaviest.note(c.name, grown(func() { r.abreast(t, c.attacks, 2) }))
	} else {
		c.inTurn(t, r)
	}
	t.Logf("%.1f s in all; slowest: %.100s; heaviest: %.100s", time.Since(begin).Seconds(), r.slowest.name, r.heaviest.name)
	if n := r.count.Load(); n < int64(c.least) {
		t.Errorf("only %d attacks, at least %d are promised", n, c.least)
	}
	return r
}

func (c corpus) inTurn(t *testing.T, r *row) {
	attacks := slices.Collect(c.attacks)
	if c.heavy == 0 {
		r.heaviest.note(c.name, grown(func() { r.abreast(t, slices.Values(attacks), 1) }))
		return
	}
	for i, one := range attacks {
		before := allocated()
		if i%c.heavy == 0 {
			r.heaviest.note(one.name, grown(func() { r.try(t, one) }))
		} else {
			r.try(t, one)
		}
		if used := allocated() - before; used > allowance {
			t.Errorf("%.200s: %d MiB were allocated on the way to the answer", one.name, used>>20)
		}
	}
}

// allowance is what one answer may allocate in all, freed or not, in bytes: no less
// than what it holds at once, and the same on every machine.
const allowance = 64 << 20

// abreast asks attacks with so many hands.
func (r *row) abreast(t *testing.T, attacks iter.Seq[attack], hands int) {
	work := make(chan attack)
	var group sync.WaitGroup
	for range hands {
		group.Go(func() {
			for one := range work {
				r.try(t, one)
			}
		})
	}
	for one := range attacks {
		work <- one
	}
	close(work)
	group.Wait()
}

// enough is how many failures of a corpus are told; all are counted.
const enough = 5

// try asks one attack.
func (r *row) try(t *testing.T, one attack) {
	r.count.Add(1)
	begin := time.Now()
	defer func() {
		if fault := recover(); fault != nil && r.crashes.Add(1) <= enough {
			t.Errorf("%.200s: panic: %v\n%.2000s", one.name, fault, debug.Stack())
		}
		r.slowest.note(one.name, int64(time.Since(begin)))
	}()
	if through := one.ask(t.Context()); through != "" && r.through.Add(1) <= enough {
		t.Errorf("%.200s: let through: %.300s", one.name, through)
	}
}
