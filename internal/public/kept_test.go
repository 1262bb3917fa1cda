package public_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"ramure/internal/award"
	"ramure/internal/freshness"
	"ramure/internal/public"
)

// examiner counts the examinations that a door asks for.
type examiner struct {
	public.Awards
	asked atomic.Int64
}

func (e *examiner) Examine(ctx context.Context, id award.ID) (award.View, error) {
	e.asked.Add(1)
	return e.Awards.Examine(ctx, id)
}

// keeping is a stage whose door keeps pages, and is told of changes by hand.
func keeping(t *testing.T) (*stage, *examiner, *freshness.Sequence) {
	t.Helper()
	s := open(t)
	e := &examiner{Awards: s.award}
	changes := freshness.NewSequence(s.clock)
	changes.Learn(1, s.clock())
	s.config.Awards, s.config.Changes = e, changes
	s.mount(s.config)
	return s, e, changes
}

// Within a second, all readers of a language get the page that one of them had
// drawn.
func TestPageIsDrawnOnceASecond(t *testing.T) {
	t.Parallel()
	s, e, changes := keeping(t)
	path := "/v/" + string(s.issue(s.define(definition()), nil))
	var bodies []string
	for _, step := range []struct {
		wait  time.Duration
		query string
		drawn int64 // so far
	}{
		{0, "", 1}, {0, "", 1}, {900 * time.Millisecond, "", 1}, // the same second
		{0, "?lang=en", 2}, {0, "?lang=en", 3}, // an address with a query is for its reader alone
		{100 * time.Millisecond, "", 4}, {0, "", 4}, // the next second
	} {
		s.wait(step.wait)
		changes.Learn(1, s.clock())
		bodies = append(bodies, s.get(path+step.query, browser).Body.String())
		if got := e.asked.Load(); got != step.drawn {
			t.Fatalf("after %d requests %d pages were drawn, want %d", len(bodies), got, step.drawn)
		}
	}
	if bodies[0] != bodies[2] || bodies[0] == bodies[3] || bodies[2] == bodies[5] {
		t.Error("the page of a second, of another language or of the next second is mistaken for another")
	}
}

// A change shows at once: the second is not waited for.
func TestKeptPageEndsWithAChange(t *testing.T) {
	t.Parallel()
	s, _, changes := keeping(t)
	id := s.issue(s.define(definition()), nil)
	path := "/v/" + string(id)
	if word := s.page(path).h1(); word != "Valable" {
		t.Fatal(word)
	}
	s.revoke(id)
	changes.Raise(2)
	if word := s.page(path).h1(); word != "Retiré" {
		t.Errorf("read after the revocation, in the same second: %s", word)
	}
}

// What the next reader may be told more of is not kept.
func TestUnsettledPageIsNotKept(t *testing.T) {
	t.Parallel()
	s, e, _ := keeping(t)
	s.log.asleep = true
	path := "/v/" + string(s.issue(s.define(definition()), nil))
	s.page(path)
	s.log.asleep = false
	if word := s.page(path).h1(); word != "Valable" || e.asked.Load() != 2 {
		t.Errorf("once the log has the leaf: %s after %d examinations", word, e.asked.Load())
	}
}
