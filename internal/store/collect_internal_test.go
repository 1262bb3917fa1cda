package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"ramure/internal/problem"
)

// desk is a collector over a file with one table of numbers and texts.
type desk struct {
	*testing.T
	*collector
	db pool
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	s, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "x.db"), Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	d := &desk{T: t, db: s.writer, collector: &collector{engine: fileCommitter{s.writer, newJoiner()}, timeout: 10 * time.Second, most: 1}}
	d.exec(`CREATE TABLE number (n INTEGER PRIMARY KEY, body TEXT) STRICT`)
	return d
}

func (d *desk) exec(text string) {
	d.Helper()
	if _, err := d.db.DB.Exec(text); err != nil {
		d.Fatal(err)
	}
}

// insert is the list of a caller: two rows, both or none, the second of which goes
// with those of others.
func insert(n int, body string) []statement {
	return []statement{
		{text: `INSERT INTO number (n, body) VALUES ($1, $2)`, args: []any{n, body}},
		{text: `INSERT INTO number (n, body) VALUES `, row: `(?, ?)`, args: []any{-n, body}},
	}
}

// queue lets callers wait, as they do while a commit is under way.
func (d *desk) queue(lists ...[]statement) []*errand {
	d.running = 1
	errands := make([]*errand, len(lists))
	for i, list := range lists {
		errands[i] = &errand{list: list}
		d.join(errands[i])
	}
	return errands
}

func (d *desk) count() (n int) {
	d.Helper()
	if err := d.db.QueryRow(`SELECT COUNT(*) FROM number`).Scan(&n); err != nil {
		d.Fatal(err)
	}
	return n
}

func TestCollectorTakesAllWhoWait(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var lists [][]statement
	for n := range largestGroup + 10 {
		lists = append(lists, insert(n+1, ""))
	}
	d.queue(lists...)
	for _, want := range []int{largestGroup, 10, 0} {
		group := d.next()
		if len(group) != want || (d.running > 0) != (want > 0) {
			t.Fatalf("%d of a group of %d, running: %d", len(group), want, d.running)
		}
		for i, err := range d.commit(group) {
			if err != nil {
				t.Errorf("%d: %v", i, err)
			}
		}
	}
	if got := d.count(); got != 2*len(lists) {
		t.Errorf("%d rows of %d", got, 2*len(lists))
	}
}

// A list that is refused leaves nothing, and the others nothing to wish for.
func TestCollectorRefusesOne(t *testing.T) {
	t.Parallel()
	for bad := range 5 {
		d := newDesk(t)
		lists := [][]statement{insert(1, ""), insert(2, ""), insert(3, ""), insert(4, ""), insert(5, "")}
		lists[bad] = append(lists[bad], statement{text: `INSERT INTO number (n) VALUES ($1)`, args: []any{bad + 1}})
		for i, err := range d.commit(d.queue(lists...)) {
			if (err != nil) != (i == bad) || err != nil && !isRefused(err) {
				t.Errorf("%d with %d bad: %v", i, bad, err)
			}
		}
		if got := d.count(); got != 8 {
			t.Errorf("%d rows with %d bad", got, bad)
		}
	}
}

// Arguments that the driver does not take, and statements that make no sense, are
// the fault of one caller too.
func TestCollectorSurvivesNonsense(t *testing.T) {
	t.Parallel()
	for name, nonsense := range map[string]statement{
		"argument":  {text: `INSERT INTO number (n) VALUES ($1)`, args: []any{make(chan int)}},
		"statement": {text: `INSERT nowhere`},
		"type":      {text: `INSERT INTO number (n) VALUES ($1)`, args: []any{"text"}},
	} {
		d := newDesk(t)
		failures := d.commit(d.queue(insert(1, ""), []statement{nonsense}, insert(3, "")))
		if failures[0] != nil || failures[1] == nil || failures[2] != nil || d.count() != 4 {
			t.Errorf("%s: %v, %d rows", name, failures, d.count())
		}
	}
}

// When the engine gives up the whole transaction, nobody is told that theirs was
// written, nor that theirs was wrong.
func TestCollectorLosesTheTransaction(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	var pages int
	if err := d.db.QueryRow(`PRAGMA page_count`).Scan(&pages); err != nil {
		t.Fatal(err)
	}
	d.exec(fmt.Sprintf(`PRAGMA max_page_count = %d`, pages+8))
	refused := append(insert(2, ""), insert(2, "")...)
	failures := d.commit(d.queue(insert(1, ""), refused, insert(3, strings.Repeat("x", 100_000)), insert(4, "")))
	told := 0
	for i, err := range failures {
		switch {
		case err == nil:
			told += 2
		case !isFull(err): // the refused one too: what refused it may be undone as well
			t.Errorf("%d: %v", i, err)
		}
	}
	if failures[1] == nil || failures[2] == nil || d.count() != told {
		t.Errorf("%v, %d rows", failures, d.count())
	}
	if failures := d.commit(d.queue(insert(5, ""))); failures[0] != nil || d.count() != told+2 {
		t.Errorf("afterwards: %v", failures)
	}
}

// Whoever leaves while waiting has nothing written; the others have, even when
// those who left were a whole group.
func TestCollectorForgetsWhoLeft(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	errands := d.queue(insert(1, ""), insert(2, ""), insert(3, ""))
	d.leave(errands[1])
	failures := d.commit(d.next())
	if len(failures) != 2 || errors.Join(failures...) != nil || d.count() != 4 {
		t.Errorf("%v, %d rows", failures, d.count())
	}
	for n := range largestGroup + 1 {
		one := d.queue(insert(10+n, ""))[0]
		if n < largestGroup {
			d.leave(one)
		}
	}
	if group := d.next(); len(group) != 1 || group[0].left {
		t.Errorf("%d of a group of one", len(group))
	}
}

// A caller whose time is up while others commit learns that, and nothing more.
func TestCollectorTimeIsUp(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.queue() // a commit is under way that never ends
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := failed("try", d.apply(ctx, insert(1, ""))); !problem.Is(err, problem.Unavailable) {
		t.Errorf("got %v", err)
	}
	if len(d.waiting) != 1 || !d.waiting[0].left {
		t.Errorf("got %+v", d.waiting)
	}
}

// The goroutine that commits goes when nobody waits, and comes again.
func TestCollectorRests(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for round := range 50 {
		var group sync.WaitGroup
		for i := range 4 {
			group.Go(func() {
				if err := d.apply(t.Context(), insert(4*round+i+1, "")); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
	}
	if got := d.count(); got != 2*50*4 {
		t.Errorf("%d rows", got)
	}
}
