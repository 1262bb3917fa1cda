package jsonld

import "errors"

// The families of refusal. Every error of this package is one of them:
// errors.Is tells which, errors.As with *Error tells where.
var (
	ErrJSON    = errors.New("not JSON that all readers read alike")
	ErrLimit   = errors.New("over a limit")
	ErrContext = errors.New("context not accepted")
	ErrLoss    = errors.New("content that has no place in the signed form")
	ErrBudget  = errors.New("over the work budget")
	ErrQuad    = errors.New("not a statement of N-Quads")
)

// Error is a refusal with its place. The refused value is never part of it.
type Error struct {
	Err  error  // the family: ErrJSON, ErrLimit, ErrContext, ErrLoss, ErrBudget or ErrQuad
	Path string // JSON path of the culprit, $.issuer.name; line and column for N-Quads
	Rule string // stable word for the broken rule: undefinedTerm, relativeIRI, duplicateKey
}

// Error describes the refusal for logs.
func (e *Error) Error() string {
	return "jsonld: " + e.Err.Error() + " at " + e.Path + " (" + e.Rule + ")"
}

// Unwrap gives the family.
func (e *Error) Unwrap() error { return e.Err }
