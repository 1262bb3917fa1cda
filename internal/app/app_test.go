package app

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ramure/internal/config"
	"ramure/internal/mediation"
	"ramure/internal/problem"
	"ramure/internal/store/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Run(m)) }

// shifted is a clock that a test sets wrong.
type shifted struct{ by atomic.Int64 }

func (s *shifted) now() time.Time { return time.Now().Add(time.Duration(s.by.Load())) }

// open makes an App whose background work does not run.
func open(t *testing.T, databaseURL string, clock *shifted) *App {
	t.Helper()
	return openIn(t, t.TempDir(), databaseURL, clock)
}

func openIn(t *testing.T, folder, databaseURL string, clock *shifted) *App {
	t.Helper()
	c := config.Config{Listen: "127.0.0.1:8080", AdminListen: "127.0.0.1:8081", DataDir: folder, DatabaseURL: databaseURL}
	if err := c.Complete(); err != nil {
		t.Fatal(err)
	}
	a, err := New(t.Context(), c, Env{Now: clock.now, Rand: rand.Reader, Version: "test", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

// Nothing is signed while this machine's clock and the database's are more than
// five seconds apart, either way; it goes on once they agree.
func TestClocksApart(t *testing.T) {
	t.Parallel()
	clock := new(shifted)
	a := open(t, pgtest.Database(t), clock)
	for _, c := range []struct {
		by    time.Duration
		ready bool
	}{{0, true}, {-10 * time.Second, false}, {time.Second, true}, {10 * time.Second, false}, {0, true}} {
		clock.by.Store(int64(c.by))
		a.clock.check(t.Context())
		err := a.Award.Ready()
		if (err == nil) != c.ready {
			t.Errorf("%s apart: %v", c.by, err)
		}
		var refusal *problem.Error
		if !c.ready && (!errors.As(err, &refusal) || refusal.Kind != problem.Unavailable || refusal.RetryAfter <= 0) {
			t.Errorf("%s apart: %v does not say when to try again", c.by, err)
		}
	}
}

// A comparison that could not be made changes nothing: a database that is away
// says nothing of the clock.
func TestClockOfALostDatabase(t *testing.T) {
	t.Parallel()
	clock := new(shifted)
	a := open(t, pgtest.Database(t), clock)
	clock.by.Store(int64(time.Minute))
	a.clock.check(t.Context())
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	clock.by.Store(0)
	a.clock.check(gone)
	if a.clock.ready() == nil {
		t.Error("no answer was taken for a right one")
	}
}

// The service is not ready while a leaf waits for longer than a minute: badges
// would be issued that nobody can prove.
func TestReadyWantsTheLogToAdvance(t *testing.T) {
	t.Parallel()
	clock := new(shifted)
	a := open(t, "", clock)
	if _, err := a.Network.Join(t.Context(), mediation.Venue{Slug: "eric-embrun", Name: "ERIC", Commune: "05046"}); err != nil {
		t.Fatal(err)
	}
	if err := a.Ready(t.Context()); err != nil {
		t.Errorf("a leaf of this very moment: %v", err)
	}
	clock.by.Store(int64(logPatience + time.Second))
	if err := a.Ready(t.Context()); !problem.Is(err, problem.Unavailable) || !strings.Contains(err.Error(), "error.log.stuck") {
		t.Errorf("a leaf that waits for a minute: %v", err)
	}
	if err := a.Log.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := a.Ready(t.Context()); err != nil {
		t.Errorf("once it has its place: %v", err)
	}
}

// A failure that lasts is logged once, another one anew, and its end too.
func TestSequencerTellsOnce(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	q := &sequencer{log: slog.New(slog.NewTextHandler(&out, nil))}
	away, full := errors.New("away"), errors.New("full")
	for _, err := range []error{nil, nil, away, away, full, full, nil, nil, away} {
		q.tell(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	want := []string{"error=away", "error=full", "advances again", "error=away"}
	if len(lines) != len(want) {
		t.Fatalf("%d lines, want %d:\n%s", len(lines), len(want), &out)
	}
	for i, line := range lines {
		if !strings.Contains(line, want[i]) {
			t.Errorf("line %d is %q, want %q", i, line, want[i])
		}
	}
}

// run ends with its context, and gives waiting leaves their places meanwhile.
func TestRunSequences(t *testing.T) {
	t.Parallel()
	a := open(t, "", new(shifted))
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { a.Run(ctx); close(ended) }()
	if _, err := a.Network.Join(t.Context(), mediation.Venue{Slug: "eric-embrun", Name: "ERIC", Commune: "05046"}); err != nil {
		t.Fatal(err)
	}
	a.Log.Wake()
	for size := int64(0); size < 2; { // the leaves of two keys; the test's own time-out bounds it
		checkpoint, err := a.Log.LastCheckpoint(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		size = checkpoint.Size
		<-time.After(5 * time.Millisecond)
	}
	stop()
	<-ended
}
