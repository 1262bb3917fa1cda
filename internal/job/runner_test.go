package job_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ramure/internal/job"
	"ramure/internal/store"
)

var dawn = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// bench is a runner over a real store, whose clock the test moves.
type bench struct {
	*testing.T
	store *store.Store
	clock time.Time
	log   bytes.Buffer
	ran   []string
	added int
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{T: t, clock: dawn}
	var err error
	b.store, err = store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "ramure.db"), store.Options{
		Now: func() time.Time { return b.clock }, IssuerDID: func(slug string) string { return slug }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.store.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := b.store.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bench) add(kind job.Kind, payload string) {
	b.Helper()
	b.added++
	err := b.store.AddJob(b.Context(), job.Job{ID: fmt.Sprintf("%022d", b.added), Kind: kind, Payload: []byte(payload), CreatedAt: b.clock, RunAt: b.clock})
	if err != nil {
		b.Fatal(err)
	}
}

// runner has handlers that do what their kind says.
func (b *bench) runner() *job.Runner {
	note := func(f func(payload string) error) job.Handler {
		return func(_ context.Context, payload []byte) error {
			b.ran = append(b.ran, string(payload))
			return f(string(payload))
		}
	}
	return job.NewRunner(job.Config{Store: b.store, Now: func() time.Time { return b.clock }, Log: slog.New(slog.NewTextHandler(&b.log, nil)),
		Handlers: map[job.Kind]job.Handler{
			"good":     note(func(string) error { return nil }),
			"bad":      note(func(string) error { return errors.New("away") }),
			"hopeless": note(func(string) error { return fmt.Errorf("%w: no such person", job.ErrHopeless) }),
			"later":    note(func(string) error { return job.ErrLater }),
			"panics":   note(func(string) error { panic("camille@example.org") }),
		}})
}

func (b *bench) state() job.State {
	b.Helper()
	state, err := b.store.JobState(b.Context(), b.clock)
	if err != nil {
		b.Fatal(err)
	}
	return state
}

// What is done goes; what fails is tried again, each time later, for about a day,
// and then is a dead letter.
func TestTriesAgainForADay(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add("good", "a")
	b.add("bad", "bb")
	r := b.runner()
	r.Drain(t.Context())
	if len(b.ran) != 2 || b.state().Waiting != 1 {
		t.Fatalf("%v, %+v", b.ran, b.state())
	}
	for b.state().Dead == 0 && b.clock.Before(dawn.Add(100*time.Hour)) {
		b.clock = b.clock.Add(time.Minute)
		r.Drain(t.Context())
	}
	if tries, took := len(b.ran)-1, b.clock.Sub(dawn); tries != 12 || took < 4*time.Hour || took > 48*time.Hour {
		t.Errorf("%d tries in %s", tries, took)
	}
	dead, err := b.store.DeadJobs(t.Context())
	if err != nil || len(dead) != 1 || dead[0].Reason != "away" {
		t.Errorf("%+v, %v", dead, err)
	}
}

// What no later try can mend is tried once; a panic is a failure like any other,
// whose words stay out of what is shown.
func TestHopelessAndPanics(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add("hopeless", "a")
	b.add("nobody's", "bb")
	r := b.runner()
	r.Drain(t.Context())
	if state := b.state(); state.Dead != 2 || state.Waiting != 0 || len(b.ran) != 1 {
		t.Errorf("%+v after %v", state, b.ran)
	}
	b.add("panics", "ccc")
	r.Drain(t.Context())
	b.clock = b.clock.Add(time.Minute)
	j, err := b.store.ClaimJob(t.Context(), b.clock, time.Minute)
	if err != nil || strings.Contains(j.Reason, "camille") || j.Reason == "" {
		t.Errorf("%+v, %v", j, err)
	}
}

// What an instance left undone when it died, another one does.
func TestTakesOverWhatWasLeft(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add("good", "a")
	if _, err := b.store.ClaimJob(t.Context(), b.clock, 2*time.Minute); err != nil { // and dies
		t.Fatal(err)
	}
	r := b.runner()
	r.Drain(t.Context())
	if len(b.ran) != 0 {
		t.Error("it was taken from somebody who may still be at it")
	}
	b.clock = b.clock.Add(2 * time.Minute)
	r.Drain(t.Context())
	if len(b.ran) != 1 || b.state().Waiting != 0 {
		t.Errorf("%v, %+v", b.ran, b.state())
	}
}

// Run is woken, and ends with its context.
func TestRunIsWoken(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	done := make(chan struct{})
	r := job.NewRunner(job.Config{Store: b.store, Now: func() time.Time { return dawn }, Log: slog.New(slog.DiscardHandler),
		Handlers: map[job.Kind]job.Handler{"good": func(context.Context, []byte) error { close(done); return nil }}})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { r.Run(ctx); close(ended) }()
	b.add("good", "a")
	r.Wake()
	<-done
	stop()
	<-ended
}

// What cannot be done yet waits for weeks, and is no dead letter.
func TestWaitsUntilItCan(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.add("later", "a")
	r := b.runner()
	for range 500 {
		r.Drain(t.Context())
		b.clock = b.clock.Add(time.Hour)
	}
	if state := b.state(); len(b.ran) != 500 || state.Waiting != 1 || state.Dead != 0 {
		t.Errorf("%d tries, %+v", len(b.ran), state)
	}
}
