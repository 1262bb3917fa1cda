package main

import (
	"errors"
	"fmt"
	"strings"

	"ramure/internal/problem"
)

// The exit statuses; doc.go says when.
const (
	done         = 0
	failed       = 1
	misused      = 2
	unverifiable = 3
)

// exit is an outcome that was already told, and the status that it ends with.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// misuse is a command that could not be meant as it was given.
type misuse struct{ error }

func (m misuse) Unwrap() error { return m.error }

// status says what went wrong, and gives the exit status for it.
func (s *session) status(err error) int {
	if err == nil {
		return done
	}
	var told exit
	if errors.As(err, &told) {
		return int(told)
	}
	fmt.Fprintln(s.stderr, "ramure:", s.explain(err))
	var wrong misuse
	if errors.As(err, &wrong) || problem.Is(err, problem.Invalid) {
		return misused
	}
	return failed
}

// explain turns a failure into sentences: the message of a problem, what was
// said around it, each broken rule, and its cause.
func (s *session) explain(err error) string {
	var failure *problem.Error
	if !errors.As(err, &failure) {
		return printable(err.Error())
	}
	lines := []string{s.voice.Message(failure.Key, failure.Args)}
	if around, found := strings.CutSuffix(err.Error(), ": "+failure.Error()); found {
		lines = append(lines, around)
	}
	for _, v := range failure.Violations {
		lines = append(lines, v.Path+": "+v.Detail)
	}
	if cause := errors.Unwrap(failure); cause != nil {
		lines = append(lines, s.explain(cause))
	}
	return strings.Join(lines, "\n  ")
}

// missing gives a NotFound the words of what was looked for.
func missing(err error, key, name, value string) error {
	if problem.Is(err, problem.NotFound) {
		return problem.New(problem.NotFound, key).With(name, value)
	}
	return err
}
