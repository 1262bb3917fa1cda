package job

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"ramure/internal/problem"
)

// Handler does one job. Its error is why it must be tried again; one that wraps
// ErrHopeless is not tried again. The reason is kept, so that it must hold no
// personal data.
type Handler func(ctx context.Context, payload []byte) error

// ErrHopeless marks a failure that no later try can mend.
var ErrHopeless = errors.New("job: no later try can mend this")

// ErrLater marks work that cannot be done yet, through no failure: it waits, however
// long, until it can.
var ErrLater = errors.New("job: not yet")

// Config is what a Runner is made of.
type Config struct {
	Store    Store
	Handlers map[Kind]Handler
	Now      func() time.Time
	Log      *slog.Logger
	// Lease is how long one try may take before another instance takes the job
	// over; 0 means two minutes.
	Lease time.Duration
}

// Runner does jobs, one after the other.
type Runner struct {
	Config
	wake chan struct{}
}

const (
	defaultLease = 2 * time.Minute
	idle         = 2 * time.Second // how often the queue is looked at when nobody wakes it
	maxTries     = 12
	firstPause   = 10 * time.Second
	longestPause = 6 * time.Hour
	laterPause   = 10 * time.Minute
	maxReason    = 300
)

// NewRunner makes a runner; several, in one process or in many, share the work.
func NewRunner(c Config) *Runner {
	if c.Lease <= 0 {
		c.Lease = defaultLease
	}
	return &Runner{Config: c, wake: make(chan struct{}, 1)}
}

// Wake says that there is work now, rather than in two seconds.
func (r *Runner) Wake() {
	select {
	case r.wake <- struct{}{}:
	default: // it is awake already
	}
}

// Run does what is due until ctx ends, and lets the job under way end first.
func (r *Runner) Run(ctx context.Context) {
	ticker := time.NewTicker(idle)
	defer ticker.Stop()
	for {
		r.Drain(ctx)
		select {
		case <-ctx.Done():
			return
		case <-r.wake:
		case <-ticker.C:
		}
	}
}

// Drain does all that is due now.
func (r *Runner) Drain(ctx context.Context) {
	for ctx.Err() == nil {
		j, err := r.Store.ClaimJob(ctx, r.Now(), r.Lease)
		if problem.Is(err, problem.NotFound) {
			return
		}
		if err != nil {
			if ctx.Err() == nil {
				r.Log.Error("the queue of jobs can't be read", "error", err)
			}
			return
		}
		if err := r.settle(ctx, j, r.do(context.WithoutCancel(ctx), j)); err != nil {
			r.Log.Error("the end of a job was not stored; it will be tried again", "kind", string(j.Kind), "job", j.ID, "error", err)
			return
		}
	}
}

// do runs the handler within the lease, and turns a panic into a failure.
func (r *Runner) do(ctx context.Context, j Job) (err error) {
	handler, known := r.Handlers[j.Kind]
	if !known {
		return fmt.Errorf("%w: nobody handles %s", ErrHopeless, j.Kind)
	}
	ctx, cancel := context.WithTimeout(ctx, r.Lease*3/4)
	defer cancel()
	defer func() {
		if reason := recover(); reason != nil {
			r.Log.Error("a job failed badly", "kind", string(j.Kind), "job", j.ID, "error", fmt.Sprint(reason), "stack", string(debug.Stack()))
			err = errors.New("our own fault, see the log of the service")
		}
	}()
	return handler(ctx, j.Payload)
}

// settle stores how a try ended.
func (r *Runner) settle(ctx context.Context, j Job, failure error) error {
	ctx = context.WithoutCancel(ctx)
	switch {
	case failure == nil:
		return r.Store.FinishJob(ctx, j.ID)
	case errors.Is(failure, ErrLater):
		return r.Store.RetryJob(ctx, j.ID, r.Now().Add(laterPause), brief(failure))
	case errors.Is(failure, ErrHopeless) || j.Tries >= maxTries:
		r.Log.Error("a job is given up", "kind", string(j.Kind), "job", j.ID, "tries", j.Tries)
		return r.Store.BuryJob(ctx, j.ID, r.Now(), brief(failure))
	}
	return r.Store.RetryJob(ctx, j.ID, r.Now().Add(pause(j.Tries)), brief(failure))
}

// pause doubles from ten seconds to six hours: twelve tries take about a day.
func pause(tries int) time.Duration {
	p := firstPause
	for range min(tries-1, 20) {
		p = min(2*p, longestPause)
	}
	return p
}

// brief is a reason that fits into a line.
func brief(err error) string {
	text := err.Error()
	if len(text) > maxReason {
		return text[:maxReason] + "…"
	}
	return text
}
