package app

import (
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"ramure/internal/store/pgtest"
)

// A clock that is set while it runs, hand by hand: what the program believes, and
// whether it signs.
func TestClockIsSet(t *testing.T) {
	t.Parallel()
	const hour, year = time.Hour, 365 * 24 * time.Hour
	type step struct {
		passed, set time.Duration // by the steady clock; by hand
		now         time.Duration // since the beginning
		ready       bool
	}
	for name, c := range map[string]struct {
		server bool
		steps  []step
	}{
		"runs":                             {false, []step{{0, 0, 0, true}, {hour, 0, hour, true}}},
		"a leap second":                    {false, []step{{hour, 0, hour, true}, {1, -time.Second, hour + 1 - time.Second, true}}},
		"a leap second, server":            {true, []step{{hour, 0, hour, true}, {1, -time.Second, hour + 1 - time.Second, true}}},
		"more than a second back":          {false, []step{{hour, 0, hour, true}, {1, -1500 * time.Millisecond, hour + 1 - 1500*time.Millisecond, false}}},
		"an hour back":                     {false, []step{{2 * hour, 0, 2 * hour, true}, {1, -hour, 2*hour + 1, false}, {hour / 2, 0, 2*hour + hour/2 + 1, false}}},
		"an hour back, until it is caught": {false, []step{{2 * hour, 0, 2 * hour, true}, {1, -hour, 2*hour + 1, false}, {hour, 0, 2*hour + 1, true}}},
		"an hour back and again right":     {false, []step{{2 * hour, 0, 2 * hour, true}, {1, -hour, 2*hour + 1, false}, {1, hour, 2*hour + 2, true}}},
		"a year forth, as after a sleep":   {false, []step{{hour, year, year + hour, true}, {1, 0, year + hour + 1, true}}},
		"a year forth and back":            {false, []step{{hour, year, year + hour, true}, {1, -year, year + hour + 1, false}}},
		"a year forth, server":             {true, []step{{hour, year, hour, false}, {hour, 0, 2 * hour, false}, {1, -year, 2*hour + 1, true}}},
		"a year back, server":              {true, []step{{hour, -year, hour, false}, {1, year, hour + 1, true}}},
		"three seconds forth, server":      {true, []step{{hour, 3 * time.Second, hour, false}}},
	} {
		begun := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
		wall, steady := begun, time.Duration(0)
		clock := newClock(func() time.Time { return wall }, slog.New(slog.DiscardHandler))
		clock.steady, clock.server = func() time.Duration { return steady }, c.server
		clock.at, clock.signed = 0, begun.Add(-time.Hour)
		for i, s := range c.steps {
			wall, steady = wall.Add(s.passed+s.set), steady+s.passed
			now, err := clock.now(), clock.ready()
			if now.Sub(begun) != s.now || (err == nil) != s.ready {
				t.Errorf("%s, step %d: %s, %v; want %s, ready %t", name, i, now.Sub(begun), err, s.now, s.ready)
			}
		}
	}
}

// What was signed before the start counts, too.
func databaseOf(t *testing.T, engine string) string {
	if engine == "postgres" {
		return pgtest.Database(t)
	}
	return "sqlite:" + filepath.Join(t.TempDir(), "ramure.db")
}

func TestClockBeforeTheLog(t *testing.T) {
	t.Parallel()
	for _, engine := range []string{"sqlite", "postgres"} {
		folder, address := t.TempDir(), databaseOf(t, engine)
		first := openIn(t, folder, address, new(shifted))
		if err := first.Log.Drain(t.Context()); err != nil { // signs the empty log
			t.Fatal(err)
		}
		for by, ready := range map[time.Duration]bool{0: true, -time.Hour: false, time.Second: true} {
			late := new(shifted)
			late.by.Store(int64(by))
			again := openIn(t, folder, address, late)
			if err := again.Award.Ready(); (err == nil) != ready {
				t.Errorf("%s: a start %s after the last checkpoint: %v", engine, by, err)
			}
			if err := again.Log.Drain(t.Context()); (err == nil) != ready {
				t.Errorf("%s: a checkpoint %s after the last one: %v", engine, by, err)
			}
		}
	}
}
