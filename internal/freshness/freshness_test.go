package freshness_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ramure/internal/freshness"
)

// clock is moved by hand.
type clock struct{ offset atomic.Int64 }

func (c *clock) now() time.Time          { return dawn.Add(time.Duration(c.offset.Load())) }
func (c *clock) advance(d time.Duration) { c.offset.Add(int64(d)) }

var dawn = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

func TestSequence(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		do    func(*freshness.Sequence, *clock)
		value int64
		known bool
	}{
		"knows nothing at first":                     {func(*freshness.Sequence, *clock) {}, 0, false},
		"an own change alone says nothing of others": {func(s *freshness.Sequence, _ *clock) { s.Raise(7) }, 7, false},
		"knows what it learnt":                       {func(s *freshness.Sequence, c *clock) { s.Learn(5, c.now()) }, 5, true},
		"is raised at once":                          {func(s *freshness.Sequence, c *clock) { s.Learn(5, c.now()); s.Raise(6) }, 6, true},
		"never goes back": {func(s *freshness.Sequence, c *clock) {
			s.Learn(5, c.now())
			s.Raise(9)
			s.Learn(6, c.now()) // asked before the change, answered after it
		}, 9, true},
		"holds for just less than its limit": {func(s *freshness.Sequence, c *clock) {
			s.Learn(5, c.now())
			c.advance(freshness.Limit - 1)
		}, 5, true},
		"does not hold for its limit": {func(s *freshness.Sequence, c *clock) {
			s.Learn(5, c.now())
			c.advance(freshness.Limit)
		}, 5, false},
		"counts from the question, not from the answer": {func(s *freshness.Sequence, c *clock) {
			asked := c.now()
			c.advance(freshness.Limit)
			s.Learn(5, asked)
		}, 5, false},
		"an answer that came late takes nothing back": {func(s *freshness.Sequence, c *clock) {
			early := c.now()
			c.advance(freshness.Limit)
			s.Learn(5, c.now())
			s.Learn(5, early)
		}, 5, true},
		"does not trust a clock that went back": {func(s *freshness.Sequence, c *clock) {
			s.Learn(5, c.now())
			c.advance(-1)
		}, 5, false},
	} {
		clock := &clock{}
		s := freshness.NewSequence(clock.now)
		c.do(s, clock)
		if value, known := s.Current(); value != c.value || known != c.known {
			t.Errorf("%s: got %d, %t", name, value, known)
		}
	}
}

// desk is a cache of texts of one byte each, and what they are read from.
type desk struct {
	*clock
	*freshness.Sequence
	*freshness.Cache[string, string]
	truth string
	terms freshness.Terms
	err   error
	reads int
}

func newDesk(bytes int) *desk {
	d := &desk{clock: &clock{}, truth: "first", terms: freshness.Terms{Size: 1}}
	d.Sequence = freshness.NewSequence(d.now)
	d.Cache = freshness.NewCache[string, string](d.Sequence, d.now, bytes)
	d.Learn(1, d.now())
	return d
}

func (d *desk) read() (string, freshness.Terms, error) {
	d.reads++
	return d.truth, d.terms, d.err
}

func TestCache(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		between func(*desk) // one reading and the next, after the truth has changed
		want    string
	}{
		"keeps":                       {func(*desk) {}, "first"},
		"keeps while time goes by":    {func(d *desk) { d.advance(time.Second / 2) }, "first"},
		"sees an own change at once":  {func(d *desk) { d.Raise(2) }, "second"},
		"sees a change of others":     {func(d *desk) { d.Learn(2, d.now()) }, "second"},
		"does not keep what is blind": {func(d *desk) { d.advance(freshness.Limit) }, "second"},
	} {
		d := newDesk(100)
		for _, want := range []string{"first", c.want} {
			if got, err := d.Get("key", d.read); got != want || err != nil {
				t.Errorf("%s: got %q, %v, want %q", name, got, err, want)
			}
			if d.truth == "first" {
				d.truth = "second"
				c.between(d)
			}
		}
	}
}

func TestTerms(t *testing.T) {
	t.Parallel()
	end := dawn.Add(time.Second / 2)
	for name, c := range map[string]struct {
		terms   freshness.Terms
		advance time.Duration
		reads   int
	}{
		"none":              {freshness.Terms{}, 0, 2},
		"the last moment":   {freshness.Terms{Size: 1, Until: end}, time.Second / 2, 1},
		"past it":           {freshness.Terms{Size: 1, Until: end}, time.Second/2 + 1, 2},
		"a clock gone back": {freshness.Terms{Size: 1}, -1, 2},
		"too large":         {freshness.Terms{Size: 51}, 0, 2},
		"just not":          {freshness.Terms{Size: 50}, 0, 1},
	} {
		d := newDesk(100)
		d.terms = c.terms
		d.Learn(1, d.now().Add(-time.Millisecond))
		for range 2 {
			if _, err := d.Get("key", d.read); err != nil {
				t.Fatal(err)
			}
			d.advance(c.advance)
		}
		if d.reads != c.reads {
			t.Errorf("%s: read %d times, want %d", name, d.reads, c.reads)
		}
	}
}

func TestCacheKeepsNoFailure(t *testing.T) {
	t.Parallel()
	d := newDesk(100)
	d.err = errors.New("away")
	if _, err := d.Get("key", d.read); !errors.Is(err, d.err) {
		t.Fatalf("got %v", err)
	}
	d.err = nil
	if got, err := d.Get("key", d.read); got != "first" || err != nil {
		t.Fatalf("got %q, %v", got, err)
	}
}

// A change that comes while a value is read leaves nothing stale behind.
func TestCacheChangedWhileReading(t *testing.T) {
	t.Parallel()
	d := newDesk(100)
	_, err := d.Get("key", func() (string, freshness.Terms, error) {
		before, terms, _ := d.read()
		d.truth = "second"
		d.Raise(2)
		return before, terms, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := d.Get("key", d.read); got != "second" {
		t.Fatalf("got %q", got)
	}
}

// What is asked for again stays when much else is read once.
func TestCacheIsBounded(t *testing.T) {
	t.Parallel()
	d := newDesk(100)
	for i := range 1000 {
		for _, key := range []string{"dear", fmt.Sprint(i)} {
			if _, err := d.Get(key, d.read); err != nil {
				t.Fatal(err)
			}
		}
	}
	if d.reads != 1001 {
		t.Errorf("read %d times, want 1001", d.reads)
	}
	d.reads = 0
	for i := range 1000 {
		_, _ = d.Get(fmt.Sprint(i), d.read)
	}
	if d.reads < 900 {
		t.Errorf("%d of 1000 values were kept in 100 bytes", 1000-d.reads)
	}
}

// Callers at the same moment share one reading; when it fails, each reads.
func TestCacheSharesAReading(t *testing.T) {
	t.Parallel()
	for _, failure := range []error{nil, errors.New("the first caller left")} {
		d := newDesk(100)
		var reads atomic.Int64
		entered, leave := make(chan struct{}), make(chan struct{})
		var group sync.WaitGroup
		group.Go(func() {
			_, _ = d.Get("key", func() (string, freshness.Terms, error) {
				close(entered)
				<-leave
				return "shared", d.terms, failure
			})
		})
		<-entered
		for range 8 {
			group.Go(func() {
				_, _ = d.Get("key", func() (string, freshness.Terms, error) {
					reads.Add(1)
					return "own", freshness.Terms{}, nil
				})
			})
		}
		close(leave)
		group.Wait()
		if failure == nil && reads.Load() != 0 {
			t.Errorf("read %d times more", reads.Load())
		}
		if failure != nil && reads.Load() == 0 {
			t.Error("nobody read after the failure")
		}
	}
}

// A reading that panics leaves nobody waiting.
func TestCachePanics(t *testing.T) {
	t.Parallel()
	d := newDesk(100)
	func() {
		defer func() { _ = recover() }()
		_, _ = d.Get("key", func() (string, freshness.Terms, error) { panic("fault") })
	}()
	if got, err := d.Get("key", d.read); got != "first" || err != nil {
		t.Fatalf("got %q, %v", got, err)
	}
}

// No reader is ever given what was changed, and told to be changed, before they
// asked.
func TestCacheUnderWriters(t *testing.T) {
	t.Parallel()
	d := newDesk(100)
	var truth, told atomic.Int64
	read := func() (string, freshness.Terms, error) {
		return fmt.Sprint(truth.Load()), freshness.Terms{Size: 1}, nil
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 2000 {
				before := told.Load()
				got, err := d.Get("key", read)
				var seen int64
				if _, scan := fmt.Sscan(got, &seen); err != nil || scan != nil || seen < before {
					t.Errorf("got %q, %v after %d", got, err, before)
					return
				}
			}
		})
	}
	group.Go(func() {
		for i := range int64(500) {
			truth.Store(i + 1)
			d.Raise(i + 2)
			told.Store(i + 1)
		}
	})
	group.Wait()
}
