package main

import (
	"errors"
	"log/slog"

	"ramure/internal/app"
	"ramure/internal/config"
)

// complete checks the settings; what can't work is wrong use.
func complete(c *config.Config) error {
	if err := c.Complete(); err != nil {
		return misuse{err}
	}
	return nil
}

// withCore opens the product without its doors, for a command that works
// beside a running service on the same database, and closes it after.
func (s *session) withCore(c config.Config, act func(*app.Core) error) error {
	if err := complete(&c); err != nil {
		return err
	}
	core, err := app.Open(s, c, s.quiet())
	if err != nil {
		return err
	}
	return errors.Join(act(core), core.Close())
}

// quiet is the environment of a command: it logs only what is wrong.
func (s *session) quiet() app.Env {
	env := s.env
	env.Log = slog.New(slog.NewTextHandler(s.stderr, &slog.HandlerOptions{Level: slog.LevelError}))
	return env
}
