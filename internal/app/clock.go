package app

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"ramure/internal/keyring"
	"ramure/internal/problem"
	"ramure/internal/store"
)

const (
	// clockSkew is how far this machine's clock may be from the database's
	// before nothing is signed any more (decisions.md, Dates).
	clockSkew = 5 * time.Second
	clockTick = time.Minute
	// clockJump is the smallest step that is taken for one: a leap second is none,
	// nor is a program that had to wait for its turn between two readings.
	clockJump = 2 * time.Second
	// clockBack is how far before the last signed time another one may be.
	clockBack = time.Second
)

// clock is the time of this process. Nothing is signed while it may be wrong: while
// it is far from the database's, or before what was signed already.
//
//	machine's clock → a step? → believed again by the database's clock, or without
//	a server unless it is before what was signed → now, ready
//
// While it is not believed, the last time that was goes on by the steady clock,
// which nobody sets: what expires keeps expiring, and nothing else does.
type clock struct {
	outside func() time.Time     // the machine's, which may be set at any moment
	steady  func() time.Duration // since some beginning
	store   *store.Store         // nil until it is open
	log     *slog.Logger
	wake    chan struct{} // asks for a comparison at once

	mutex  sync.Mutex
	good   time.Time     // the last reading that was believed
	at     time.Duration // of steady, then
	jumped bool          // the readings since are not believed
	apart  bool          // from the database's, at the last comparison
	server bool          // there is a clock of the database's to ask
	signed time.Time     // the latest time that something was signed with
}

func newClock(outside func() time.Time, log *slog.Logger) *clock {
	begun := time.Now()
	return &clock{outside: outside, steady: func() time.Duration { return time.Since(begun) }, log: log,
		wake: make(chan struct{}, 1), good: outside()}
}

// now is the time.
func (c *clock) now() time.Time {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.read()
}

// read reads the machine's clock, and believes it unless it has jumped.
func (c *clock) read() time.Time {
	reading, at := c.outside(), c.steady()
	expected := c.good.Add(at - c.at)
	step := reading.Round(0).Sub(expected.Round(0)) // of the wall: Sub of the readings would be that of the steady clock
	if step.Abs() > clockJump && !c.mayJump(reading) {
		if !c.jumped {
			c.jumped = true
			c.log.Warn("the machine's clock has jumped: nothing is signed until it is compared", "step", step.String())
		}
		return expected
	}
	if c.jumped {
		c.jumped = false
		c.log.Info("clock believed again", "step", step.String())
	}
	c.good, c.at = reading, at
	return reading
}

// mayJump says whether a step is a correction, or the end of a sleep: where no
// server knows better, that is any time after what was signed.
func (c *clock) mayJump(reading time.Time) bool {
	return !c.server && !reading.Before(c.signed.Add(-clockBack))
}

// trusted refuses while nothing may be signed.
func (c *clock) trusted() error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.refusal(c.read())
}

// ready is trusted for somebody who is about to sign.
func (c *clock) ready() error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	now := c.read()
	if err := c.refusal(now); err != nil {
		return err
	}
	c.signed = later(c.signed, now)
	return nil
}

// sign remembers a time that was signed with.
func (c *clock) sign(at time.Time) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.signed = later(c.signed, at)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// refusal has a comparison made soon, so that nobody waits for the next one who
// need not.
func (c *clock) refusal(now time.Time) error {
	if !c.jumped && !c.apart && !now.Before(c.signed.Add(-clockBack)) {
		return nil
	}
	select {
	case c.wake <- struct{}{}:
	default: // it was asked already
	}
	return problem.New(problem.Unavailable, "error.clock").After(clockSkew)
}

// timedKeys makes no key, whose leaf bears its day, while the time is in doubt.
type timedKeys struct {
	*keyring.Ring
	clock *clock
}

// Ensure gives the active key of a use, and makes it if there is none.
func (k timedKeys) Ensure(ctx context.Context, issuer string, use keyring.Use, algorithm string) (*keyring.Signer, error) {
	if err := k.clock.ready(); err != nil {
		return nil, err
	}
	return k.Ring.Ensure(ctx, issuer, use, algorithm)
}

// open learns what was signed before, here or elsewhere, and compares.
func (c *clock) open(ctx context.Context, s *store.Store) error {
	latest, err := s.LatestOfLog(ctx)
	if err != nil {
		return err
	}
	c.mutex.Lock()
	c.store, c.signed = s, latest
	c.mutex.Unlock()
	c.check(ctx)
	return nil
}

// check compares once. A database that does not answer says nothing about the
// clock, so the last comparison stands.
func (c *clock) check(ctx context.Context) {
	at, reading := c.steady(), c.outside()
	skew, known, err := c.store.ClockSkew(ctx, c.outside)
	if err != nil {
		return
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.server = known
	before := c.apart
	if c.apart = skew.Abs() > clockSkew; c.apart != before {
		c.log.Warn("clock compared with the database's", "skew", skew.String(), "signing", !c.apart)
	}
	if known && !c.apart {
		c.good, c.at, c.jumped = reading, at, false
	}
}

// follow compares now and then, and at once when the clock has jumped, until ctx
// ends.
func (c *clock) follow(ctx context.Context) {
	ticker := time.NewTicker(clockTick)
	defer ticker.Stop()
	for {
		c.check(ctx)
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		case <-c.wake:
		}
	}
}
