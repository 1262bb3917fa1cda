package store_test

import (
	"crypto/sha256"
	"sync/atomic"
	"testing"
	"time"

	"ramure/internal/auth"
	"ramure/internal/freshness"
	"ramure/internal/mediation"
	"ramure/internal/store"
)

// handClock is moved by hand.
type handClock struct{ offset atomic.Int64 }

func (c *handClock) now() time.Time {
	return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC).Add(time.Duration(c.offset.Load()))
}

func (c *handClock) advance(d time.Duration) { c.offset.Add(int64(d)) }

// What is asked for at every issue is read once while nothing changes, and read
// again when something did, when nobody knows, and after a minute.
func TestKept(t *testing.T) {
	t.Parallel()
	onEachEngine(t, func(t *testing.T, url func(*testing.T) string) {
		for name, c := range map[string]struct {
			between func(t *testing.T, s *store.Store, c *handClock)
			kept    bool
		}{
			"nothing": {func(*testing.T, *store.Store, *handClock) {}, true},
			"a while": {func(_ *testing.T, _ *store.Store, c *handClock) { c.advance(freshness.Limit - 1) }, true},
			"an own change": {func(t *testing.T, s *store.Store, _ *handClock) {
				must(t, s.AddVenue(t.Context(), mediation.Venue{Slug: "quai", Name: "Quai", Commune: "13055", JWTAlg: "RS256", CreatedAt: time.Now()}))
			}, false},
			"a change elsewhere": {func(t *testing.T, s *store.Store, c *handClock) {
				value, err := s.ChangeSequence(t.Context())
				must(t, err)
				s.Changes().Learn(value+1, c.now())
			}, false},
			"silence": {func(_ *testing.T, _ *store.Store, c *handClock) { c.advance(freshness.Limit) }, false},
			"a minute of news that nothing changed": {func(_ *testing.T, s *store.Store, c *handClock) {
				value, _ := s.Changes().Current()
				c.advance(time.Minute + 1)
				s.Changes().Learn(value, c.now())
			}, false},
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				clock := &handClock{}
				s := open(t, url(t), store.Options{Now: clock.now})
				ready(t, s)
				readsOnce(t, s, clock, func() { c.between(t, s, clock) }, c.kept)
			})
		}
	})
}

// readsOnce reads a venue, an achievement and a token, changes them behind the
// back of the instance, and tells by a second reading whether they were kept.
func readsOnce(t *testing.T, s *store.Store, c *handClock, between func(), kept bool) {
	t.Helper()
	hash := sha256.Sum256([]byte("secret"))
	must(t, s.AddToken(t.Context(), auth.Token{ID: "0000000000000000000000", Venue: "atelier", Name: "first",
		Rights: []auth.Right{auth.Issue}, Hash: hash, CreatedAt: c.now()}))
	value, err := s.ChangeSequence(t.Context())
	must(t, err)
	s.Changes().Learn(value, c.now())
	read := func() [3]string {
		v, err := s.Venue(t.Context(), "atelier")
		must(t, err)
		a, err := s.Achievement(t.Context(), operator, achievement)
		must(t, err)
		token, err := s.TokenByHash(t.Context(), hash)
		must(t, err)
		return [3]string{v.Name, a.Definition.Name, token.Name}
	}
	before := read()
	for _, statement := range []string{
		`UPDATE venue SET name = 'changed' WHERE slug = 'atelier'`,
		`UPDATE achievement_version SET definition = '{"name":"changed"}'`,
		`UPDATE api_token SET name = 'changed'`,
	} {
		_, err := s.Database().Exec(statement)
		must(t, err)
	}
	between()
	want := [3]string{"changed", "changed", "changed"}
	if kept {
		want = before
	}
	if got := read(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
