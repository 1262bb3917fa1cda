package store

import (
	"context"
	"time"

	"ramure/internal/problem"
)

// ClockSkew is how far the clock of the database server stands before ours;
// negative when it is behind. A SQLite file has no clock: known is false.
func (s *Store) ClockSkew(ctx context.Context, ours func() time.Time) (skew time.Duration, known bool, err error) {
	if s.dialect.clock == "" {
		return 0, false, nil
	}
	before := ours()
	server, err := readOne(ctx, s, "read the clock of the database", scalar[Time], s.dialect.clock)
	if err != nil {
		return 0, true, err
	}
	after := ours()
	middle := before.Add(after.Sub(before) / 2) // as long there as back
	return server.Sub(middle), true, nil
}

// LatestOfLog is the latest instant in the log: that of its last checkpoint, or
// of a leaf that waits for its place; zero when there is nothing.
func (s *Store) LatestOfLog(ctx context.Context) (time.Time, error) {
	last, err := s.LastCheckpoint(ctx)
	if err != nil && !problem.Is(err, problem.NotFound) {
		return time.Time{}, err
	}
	pending, failed := readOne(ctx, s, "read the latest leaf", scalar[optionalTime],
		`SELECT MAX(created_at) FROM log_leaf WHERE log = $1 AND idx IS NULL`, logID)
	if failed == nil && pending.at != nil && pending.at.After(last.At) {
		return *pending.at, nil
	}
	return last.At, failed
}
