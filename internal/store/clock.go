package store

import (
	"context"
	"time"
)

// ClockSkew is how far the clock of the database server stands before ours;
// negative when it is behind. A SQLite file has no clock: zero.
func (s *Store) ClockSkew(ctx context.Context) (time.Duration, error) {
	if s.dialect.clock == "" {
		return 0, nil
	}
	before := s.now()
	server, err := readOne(ctx, s, "read the clock of the database", scalar[Time], s.dialect.clock)
	if err != nil {
		return 0, err
	}
	after := s.now()
	middle := before.Add(after.Sub(before) / 2) // as long there as back
	return server.Sub(middle), nil
}
