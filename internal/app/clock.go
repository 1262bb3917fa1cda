package app

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"ramure/internal/problem"
	"ramure/internal/store"
)

const (
	// clockSkew is how far this machine's clock may be from the database's
	// before nothing is signed any more (decisions.md, Dates).
	clockSkew = 5 * time.Second
	clockTick = time.Minute
)

// clock compares this machine's clock with the database's, so that instances
// do not sign with times that contradict each other.
type clock struct {
	store *store.Store
	log   *slog.Logger
	apart atomic.Bool
}

// ready refuses to sign while the clocks are too far apart.
func (c *clock) ready() error {
	if c.apart.Load() {
		return problem.New(problem.Unavailable, "error.clock").After(clockTick)
	}
	return nil
}

// check compares once. A database that does not answer says nothing about the
// clock, so the last comparison stands.
func (c *clock) check(ctx context.Context) {
	skew, err := c.store.ClockSkew(ctx)
	if err != nil {
		return
	}
	apart := skew.Abs() > clockSkew
	if c.apart.Swap(apart) != apart {
		c.log.Warn("clock compared with the database's", "skew", skew.String(), "signing", !apart)
	}
}
