package award_test

import (
	"context"
	"crypto/rand"
	"sync/atomic"
	"testing"
	"time"

	"ramure/internal/award"
	"ramure/internal/credential"
	"ramure/internal/freshness"
	"ramure/internal/problem"
	"ramure/internal/scope"
)

// counting is a store that counts what is read for the public, and says what it
// is told to of an award.
type counting struct {
	award.Store
	reads atomic.Int64
	says  atomic.Pointer[func(award.Stored, error) (award.Stored, error)]
}

func (c *counting) say(answer func(award.Stored, error) (award.Stored, error)) { c.says.Store(&answer) }

func (c *counting) PublicAward(ctx context.Context, id award.ID) (award.Stored, error) {
	c.reads.Add(1)
	stored, err := c.Store.PublicAward(ctx, id)
	if answer := c.says.Load(); answer != nil {
		return (*answer)(stored, err)
	}
	return stored, err
}

func (c *counting) PublicDocument(ctx context.Context, id award.ID) ([]byte, error) {
	stored, err := c.PublicAward(ctx, id)
	return stored.Document, err
}

func (c *counting) StatusList(ctx context.Context, number int) (award.StatusList, error) {
	c.reads.Add(1)
	return c.Store.StatusList(ctx, number)
}

// reader is an instance that keeps what it reads: the one of the house, which is
// told of its own changes, or another one, which is told by hand.
type reader struct {
	*house
	*award.Service
	store   *counting
	changes *freshness.Sequence
}

func (h *house) reader(own bool) *reader {
	h.Helper()
	r := &reader{house: h, store: &counting{Store: h.store}, changes: freshness.NewSequence(h.clock.now)}
	if own {
		r.changes = h.store.Changes()
	}
	place, err := time.LoadLocation("Europe/Paris")
	h.must(err)
	r.Service = award.New(award.Config{Base: base, Store: r.store, Keys: h.ring, Log: h.log, Catalog: h.Catalog,
		Now: h.clock.now, Rand: rand.Reader, Ready: h.ready, Place: place, Changes: r.changes})
	r.follow()
	return r
}

// follow asks for the change sequence, as an instance does several times a second.
func (r *reader) follow() {
	r.Helper()
	value, err := r.house.store.ChangeSequence(r.Context())
	r.must(err)
	r.changes.Learn(value, r.clock.now())
}

// verdict examines a badge and says how many readings that took.
func (r *reader) verdict(id award.ID) (credential.Verdict, int64) {
	r.Helper()
	before := r.store.reads.Load()
	view, err := r.Examine(r.Context(), id)
	r.must(err)
	if !view.Report.CheckedAt.Equal(r.clock.now()) {
		r.Errorf("checked at %s, it is %s", view.Report.CheckedAt, r.clock.now())
	}
	return view.Report.Verdict, r.store.reads.Load() - before
}

// finds checks the verdict, and whether the badge was read for it.
func (r *reader) finds(id award.ID, want credential.Verdict, read bool) {
	r.Helper()
	got, reads := r.verdict(id)
	if got != want || (reads > 0) != read {
		r.Errorf("got %s after %d readings, want %s, read: %t", got, reads, want, read)
	}
}

// badge issues one in a new house and lets it find its place in the log.
func badge(t *testing.T) (*house, scope.Scope, award.Stored) {
	h := newHouse(t)
	sc := h.venue("atelier")
	stored := h.issue(sc, h.define(sc))
	h.log.Settle(t.Context())
	return h, sc, h.read(stored.ID)
}

func TestRevocationShowsOnTheNextRead(t *testing.T) {
	t.Parallel()
	h, sc, stored := badge(t)
	here, there := h.reader(true), h.reader(false)
	for _, r := range []*reader{here, there} {
		r.finds(stored.ID, credential.Valid, true)
		r.finds(stored.ID, credential.Valid, false)
	}
	_, err := here.Revoke(t.Context(), sc, stored.ID, "erreur de saisie")
	h.must(err)
	here.finds(stored.ID, credential.Revoked, true)
	here.finds(stored.ID, credential.Revoked, false)
	there.finds(stored.ID, credential.Valid, false) // it may not know yet
	there.follow()
	there.finds(stored.ID, credential.Revoked, true)
}

// An instance that can't ask what has changed serves nothing that it kept.
func TestNothingIsServedBlindly(t *testing.T) {
	t.Parallel()
	h, sc, stored := badge(t)
	there := h.reader(false)
	there.finds(stored.ID, credential.Valid, true)
	h.must(h.revoke(sc, stored.ID))
	h.clock.advance(freshness.Limit - time.Nanosecond)
	there.finds(stored.ID, credential.Valid, false)
	h.clock.advance(time.Nanosecond)
	there.finds(stored.ID, credential.Revoked, true)
	there.finds(stored.ID, credential.Revoked, true)
}

// Without anybody to tell it of changes, an instance keeps nothing.
func TestNothingIsKeptUntold(t *testing.T) {
	t.Parallel()
	h, sc, stored := badge(t)
	before, err := h.Examine(t.Context(), stored.ID)
	h.must(err)
	h.must(h.revoke(sc, stored.ID))
	after, err := h.Examine(t.Context(), stored.ID)
	h.must(err)
	if before.Report.Verdict != credential.Valid || after.Report.Verdict != credential.Revoked {
		t.Errorf("%s, then %s", before.Report.Verdict, after.Report.Verdict)
	}
}

// What was kept turns with the clock as what is read anew would.
func TestKeptViewFollowsTheClock(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	id := h.define(sc)
	from, until := dawn.Add(10*time.Minute), dawn.Add(10*time.Minute+30*time.Second)
	stored := h.issue(sc, id, func(o *award.Order) { o.ValidFrom, o.ValidUntil = &from, &until })
	h.log.Settle(t.Context())
	r := h.reader(true)
	for _, step := range []struct {
		at   time.Duration // after dawn
		want credential.Verdict
		read bool
	}{
		{0, credential.NotYetValid, true},
		{5*time.Minute - time.Nanosecond, credential.NotYetValid, true},
		{5 * time.Minute, credential.Valid, true}, // clocks may differ by five minutes
		{10 * time.Minute, credential.Valid, true},
		{10*time.Minute + 30*time.Second, credential.Valid, false},
		{10*time.Minute + 30*time.Second + time.Nanosecond, credential.Expired, true},
		{11 * time.Minute, credential.Expired, false},
		{12 * time.Minute, credential.Expired, true}, // a minute is the most
	} {
		h.clock.advance(dawn.Add(step.at).Sub(h.clock.now()))
		r.follow()
		r.finds(stored.ID, step.want, step.read)
	}
	h.clock.advance(-2 * time.Minute)
	r.follow()
	got, _ := r.verdict(stored.ID)
	if got != credential.Valid {
		t.Errorf("with a clock gone back: %s", got)
	}
}

func TestPendingIsNotKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	h.log.held.Store(true)
	stored := h.issue(sc, h.define(sc))
	r := h.reader(true)
	r.finds(stored.ID, credential.Unverifiable, true)
	r.finds(stored.ID, credential.Unverifiable, true)
	h.log.held.Store(false)
	r.finds(stored.ID, credential.Valid, true)
	r.finds(stored.ID, credential.Valid, false)
}

// Neither the page nor the bytes of an erased badge outlive it, and a name that
// was hidden is shown no more.
func TestErasedAndHiddenAreNotKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	stored := h.issue(sc, h.define(sc), func(o *award.Order) {
		o.ShowName, o.Recipient.Over15 = true, true
		o.Consent = &award.Consent{By: "Lucie", At: dawn, How: "formulaire"}
	})
	h.log.Settle(t.Context())
	r := h.reader(true)
	shown := func() bool {
		view, err := r.Examine(t.Context(), stored.ID)
		h.must(err)
		return view.Name != nil
	}
	bytes := func() error { _, err := r.Credential(t.Context(), stored.ID); return err }
	h.must(bytes())
	reads := r.store.reads.Load()
	h.must(bytes())
	if r.store.reads.Load() != reads || !shown() {
		t.Fatal("nothing is kept, or no name is shown: nothing is tested")
	}
	change := func(answer func(award.Stored, error) (award.Stored, error)) {
		r.store.say(answer)
		value, _ := r.changes.Current()
		r.changes.Raise(value + 1)
	}
	change(func(s award.Stored, err error) (award.Stored, error) { s.ShowName = false; return s, err })
	if shown() {
		t.Error("a name that was hidden is still shown")
	}
	change(func(award.Stored, error) (award.Stored, error) {
		return award.Stored{}, problem.New(problem.Gone, "error.gone")
	})
	h.refused(bytes(), problem.Gone, "")
	_, err := r.Examine(t.Context(), stored.ID)
	h.refused(err, problem.Gone, "")
}

// Doors write their sentences into a report: into their own copy.
func TestReadersDoNotMeet(t *testing.T) {
	t.Parallel()
	h, _, stored := badge(t)
	r := h.reader(true)
	for range 2 {
		view, err := r.Examine(t.Context(), stored.ID)
		h.must(err)
		if view.Report.Checks[0].Detail != "" {
			t.Fatal("another reader's sentence")
		}
		view.Report.Describe(func(string, map[string]string) string { return "une phrase" })
	}
}

func TestKeptListIsFresh(t *testing.T) {
	t.Parallel()
	h, sc, stored := badge(t)
	here, there := h.reader(true), h.reader(false)
	count := func(r *reader) (revoked int, signatures int64, reads int64) {
		before := r.store.reads.Load()
		l, err := r.List(t.Context(), stored.Slot.List)
		h.must(err)
		return len(l.Revoked), l.Signatures, r.store.reads.Load() - before
	}
	for _, r := range []*reader{here, there} {
		count(r)
		if _, _, reads := count(r); reads != 0 {
			t.Errorf("read %d times", reads)
		}
	}
	_, err := here.Revoke(t.Context(), sc, stored.ID, "erreur")
	h.must(err)
	if revoked, _, _ := count(here); revoked != 1 {
		t.Error("the revocation is not in the list")
	}
	there.follow()
	if revoked, _, _ := count(there); revoked != 1 {
		t.Error("the revocation is not in the list of another instance")
	}
	_, before, _ := count(here)
	h.clock.advance(24*time.Hour - 2*time.Minute) // its signature is about to end
	here.follow()
	if _, after, _ := count(here); after != before+1 {
		t.Errorf("signed %d times, then %d", before, after)
	}
}
