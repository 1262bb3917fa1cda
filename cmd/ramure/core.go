package main

import (
	"errors"
	"log/slog"
	"strings"

	"ramure/internal/app"
	"ramure/internal/config"
	"ramure/internal/locale"
	"ramure/internal/problem"
	"ramure/web"
)

// withCore opens the product without its doors, for a command that works
// beside a running server on the same database, and closes it after.
func (s *session) withCore(c config.Config, act func(*app.Core) error) error {
	if err := c.Complete(); err != nil {
		return err
	}
	env := s.env
	env.Log = slog.New(slog.NewTextHandler(s.stderr, &slog.HandlerOptions{Level: slog.LevelError}))
	core, err := app.Open(s, c, env)
	if err != nil {
		return err
	}
	return errors.Join(act(core), core.Close())
}

// speaker says messages in the operator's language.
func speaker() *locale.Localizer {
	catalogue, err := locale.Open(web.FS)
	if err != nil {
		return nil
	}
	return catalogue.Localizer(locale.French)
}

// explain turns a failure into sentences: its message, and each broken rule.
func explain(e *problem.Error) string {
	lines := []string{e.Error()}
	if voice := speaker(); voice != nil {
		lines[0] = voice.T(e.Key, pairs(e.Args)...)
	}
	for _, v := range e.Violations {
		lines = append(lines, "  "+v.Path+": "+v.Detail)
	}
	if cause := errors.Unwrap(e); cause != nil {
		lines = append(lines, "  "+cause.Error())
	}
	return strings.Join(lines, "\n")
}
