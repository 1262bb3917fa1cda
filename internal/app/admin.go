package app

import (
	"context"
	"time"

	"ramure/internal/problem"
)

// logPatience is how long a leaf may wait before the service says that it is
// not ready: a sequencer that does not run leaves every new badge unproven.
const logPatience = time.Minute

// Ready says why the service can't issue, nil when it can: the database, the
// clock, and the sequencer.
func (a *App) Ready(ctx context.Context) error {
	if err := a.Store.Ping(ctx); err != nil {
		return err
	}
	if err := a.clock.trusted(); err != nil {
		return err
	}
	age, err := a.Store.PendingAge(ctx)
	if err == nil && age > logPatience {
		return problem.New(problem.Unavailable, "error.log.stuck").After(logPatience)
	}
	return err
}
