package problem

import (
	"errors"
	"fmt"
	"time"
)

// Kind says what sort of failure happened. Doors choose their answer from it.
type Kind string

// The kinds of failure, in the order in which a door would check for them.
const (
	Unauthenticated Kind = "unauthenticated" // no credential, or a wrong one
	Forbidden       Kind = "forbidden"       // known, but not allowed to do this
	NotFound        Kind = "notFound"        // missing, or private: the same to an outsider
	Gone            Kind = "gone"            // erased at the person's request
	Invalid         Kind = "invalid"         // the input breaks a rule; Violations say which
	Malformed       Kind = "malformed"       // the input cannot even be read
	TooLarge        Kind = "tooLarge"        // the input is over a limit of size
	Conflict        Kind = "conflict"        // true input that contradicts what is stored
	NotAcceptable   Kind = "notAcceptable"   // no representation of the kind asked for
	Unsupported     Kind = "unsupported"     // a media type that is not read here
	TooMany         Kind = "tooMany"         // over a rate or a quota; try later
	Unavailable     Kind = "unavailable"     // a part that is needed is away; nothing was done
	Full            Kind = "full"            // no room left to store; nothing was done
	Internal        Kind = "internal"        // our fault; the cause is logged once
)

// Violation is one broken rule of an Invalid input.
type Violation struct {
	Path   string // where, as a JSON path: $.recipient.givenName
	Rule   string // which rule, a stable word: required, dateTime, unknownMember
	Detail string // what to do, in plain English, without the rejected value
}

// Error is a failure with the message that a person will read in place of it.
// Key is a message key of the catalogues (error.award.withdrawn), Args its
// arguments. The cause is for the log and is never shown.
type Error struct {
	Kind       Kind
	Key        string
	Args       map[string]string
	Violations []Violation
	RetryAfter time.Duration // for TooMany, Unavailable and Full; zero means "no idea"
	cause      error
}

// New makes an error of a kind with its message key.
func New(kind Kind, key string) *Error { return &Error{Kind: kind, Key: key} }

// Wrap makes an error of a kind with its message key and its hidden cause.
func Wrap(kind Kind, key string, cause error) *Error {
	return &Error{Kind: kind, Key: key, cause: cause}
}

// Violated makes an Invalid error out of broken rules.
func Violated(key string, broken ...Violation) *Error {
	return &Error{Kind: Invalid, Key: key, Violations: broken}
}

// With returns a copy of the error that has one more argument for its message.
func (e *Error) With(name, value string) *Error {
	copied := *e
	copied.Args = make(map[string]string, len(e.Args)+1)
	for k, v := range e.Args {
		copied.Args[k] = v
	}
	copied.Args[name] = value
	return &copied
}

// After returns a copy of the error that says when to try again.
func (e *Error) After(wait time.Duration) *Error {
	copied := *e
	copied.RetryAfter = wait
	return &copied
}

// Error describes the failure for logs.
func (e *Error) Error() string {
	text := fmt.Sprintf("%s (%s)", e.Key, e.Kind)
	for _, v := range e.Violations {
		text += fmt.Sprintf("; %s: %s: %s", v.Path, v.Rule, v.Detail)
	}
	if e.cause != nil {
		text += ": " + e.cause.Error()
	}
	return text
}

// Unwrap gives the cause to errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.cause }

// KindOf tells the kind of any error: that of the first Error in its chain,
// Internal for an error of no kind, and "" for nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Is reports whether err is a failure of that kind.
func Is(err error, kind Kind) bool { return KindOf(err) == kind }
