package job

import (
	"context"
	"time"
)

// Kind names what is to be done: mail.send. There is one Handler for each.
type Kind string

// Job is a piece of work.
type Job struct {
	ID        string // public id, 22 base64url characters
	Kind      Kind
	Payload   []byte // the handler's own
	CreatedAt time.Time
	RunAt     time.Time // not before
	Tries     int       // how often it was begun
	Reason    string    // of the last failure; never personal data
}

// State is what the operator sees of the queue.
type State struct {
	Waiting int
	Oldest  *time.Time // since when the oldest is due; nil when none is
	Dead    int
}

// Store keeps jobs.
type Store interface {
	// AddJob stores a job.
	AddJob(ctx context.Context, j Job) error
	// ClaimJob takes the job that is due for longest, for as long as the lease, and
	// counts the try; problem.NotFound when none is due. Two never get the same.
	ClaimJob(ctx context.Context, now time.Time, lease time.Duration) (Job, error)
	// FinishJob forgets a job that is done.
	FinishJob(ctx context.Context, id string) error
	// RetryJob gives a claimed job back, to be tried again at a moment.
	RetryJob(ctx context.Context, id string, at time.Time, reason string) error
	// BuryJob keeps a job that is tried no more among the dead letters.
	BuryJob(ctx context.Context, id string, at time.Time, reason string) error
	// ReviveJob gives a dead letter another round of tries; problem.NotFound.
	ReviveJob(ctx context.Context, id string, at time.Time) error
	// DeadJobs lists the dead letters, newest first, at most 200.
	DeadJobs(ctx context.Context) ([]Job, error)
	// JobState sums the queue up.
	JobState(ctx context.Context, now time.Time) (State, error)
}
