package app

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"ramure/internal/failpoint"
	"ramure/internal/store"
	"ramure/internal/translog"
)

const (
	// sequencerPause is the longest that a leaf of another instance waits when
	// nothing here wakes the sequencer.
	sequencerPause = 200 * time.Millisecond
	// gatherPause lets the leaves that follow each other closely share one run:
	// a run for each would take the database from those who issue. A reader who
	// asks for a badge that has just been issued does not wait for it (Settle).
	gatherPause = 100 * time.Millisecond
	// settleLimit is how long a reader waits for a leaf to find its place.
	settleLimit = 2 * time.Second
)

// sequencer gives waiting leaves their places in the log and signs checkpoints.
// Any number of instances may run one: the head's row lock makes them take
// turns.
type sequencer struct {
	*store.Store // reads nodes
	signer       *translog.Signer
	policy       translog.Policy
	clock        *clock
	log          *slog.Logger
	wake         chan struct{}
	running      sync.Mutex // one run at a time in this process
	said         string     // the failure that was logged last; empty while it works
}

func newSequencer(s *store.Store, signer *translog.Signer, base string, clock *clock, log *slog.Logger) *sequencer {
	return &sequencer{Store: s, signer: signer, policy: signer.Policy(base + "/log"), clock: clock, log: log,
		wake: make(chan struct{}, 1)}
}

// Wake tells the sequencer that a leaf is waiting.
func (q *sequencer) Wake() {
	select {
	case q.wake <- struct{}{}:
	default: // it was told already
	}
}

// Settle gives the waiting leaves their places now, unless that takes too long.
func (q *sequencer) Settle(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, settleLimit)
	defer cancel()
	if err := q.Drain(ctx); err != nil {
		q.log.Warn("log not settled", "error", err)
	}
}

// Latest gives the latest signed checkpoint, the first one of an empty log if
// there is none yet.
func (q *sequencer) Latest(ctx context.Context) ([]byte, error) {
	checkpoint, err := q.LastCheckpoint(ctx)
	return checkpoint.Note, err
}

// Policy is what a verifier of this log trusts.
func (q *sequencer) Policy() translog.Policy { return q.policy }

// Drain sequences until nothing waits.
func (q *sequencer) Drain(ctx context.Context) error {
	q.running.Lock()
	defer q.running.Unlock()
	if err := q.clock.trusted(); err != nil {
		return err
	}
	ctx = failpoint.In(ctx, "sequence")
	for more := true; more; {
		var result translog.Result
		err := q.Sequence(ctx, func(ctx context.Context, tx translog.Tx) (err error) {
			result, err = translog.Sequence(ctx, tx, q.signer, q.clock.now, translog.Batch)
			return err
		})
		if err != nil {
			return err
		}
		if result.Checkpoint != nil {
			q.clock.sign(result.Checkpoint.At)
		}
		more = result.More
	}
	return nil
}

// run sequences whenever it is woken, and regularly for the leaves of others.
func (q *sequencer) run(ctx context.Context) {
	ticker := time.NewTicker(sequencerPause)
	defer ticker.Stop()
	for {
		err := q.Drain(ctx)
		select {
		case <-ctx.Done():
			return
		default:
			q.tell(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-q.wake:
			if !pause(ctx, gatherPause) {
				return
			}
		case <-ticker.C:
		}
	}
}

// pause waits, and reports whether ctx has not ended.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// tell logs a failure once and its end: while a database is away, the same line
// five times a second would bury all others.
func (q *sequencer) tell(err error) {
	var text string
	if err != nil {
		text = err.Error()
	}
	switch {
	case text == q.said:
		return
	case err != nil:
		q.log.Error("the log does not advance", "error", err)
	default:
		q.log.Info("the log advances again")
	}
	q.said = text
}
