package httpx

import (
	"net/http"
	"time"

	"ramure/internal/problem"
)

// methodNotAllowed is a kind that only this room can meet: no act knows methods.
const methodNotAllowed problem.Kind = "methodNotAllowed"

// answerTo is how a kind of failure is answered.
type answerTo struct {
	status int
	wait   time.Duration // default of Retry-After where one is due
}

// answers is the whole table of refusals (RFC 9110 §15, RFC 4918 §11.5).
var answers = map[problem.Kind]answerTo{
	problem.Unauthenticated: {status: http.StatusUnauthorized},
	problem.Forbidden:       {status: http.StatusForbidden},
	problem.NotFound:        {status: http.StatusNotFound},
	methodNotAllowed:        {status: http.StatusMethodNotAllowed},
	problem.Gone:            {status: http.StatusGone},
	problem.Invalid:         {status: http.StatusUnprocessableEntity},
	problem.Malformed:       {status: http.StatusBadRequest},
	problem.TooLarge:        {status: http.StatusRequestEntityTooLarge},
	problem.Conflict:        {status: http.StatusConflict},
	problem.NotAcceptable:   {status: http.StatusNotAcceptable},
	problem.Unsupported:     {status: http.StatusUnsupportedMediaType},
	problem.TooMany:         {status: http.StatusTooManyRequests, wait: 5 * time.Second},
	problem.Unavailable:     {status: http.StatusServiceUnavailable, wait: 10 * time.Second},
	problem.Full:            {status: http.StatusInsufficientStorage, wait: time.Minute},
	problem.Internal:        {status: http.StatusInternalServerError},
}

// answerFor gives a kind's answer; a kind that is not in the table is our fault.
func answerFor(kind problem.Kind) (problem.Kind, answerTo) {
	if answer, known := answers[kind]; known {
		return kind, answer
	}
	return problem.Internal, answers[problem.Internal]
}
