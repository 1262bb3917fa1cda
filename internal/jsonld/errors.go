package jsonld

import "errors"

// The families of refusal. Every error about a document is one of them: errors.Is
// tells which, errors.As with *Error tells where. The words are the rules.
var (
	// syntax trailing utf8 duplicateKey control surrogate number object kind
	ErrJSON = errors.New("not JSON that all readers read alike")
	// size depth nodes blankNodes iriLength vocabularies
	ErrLimit = errors.New("over a limit")
	// missing list inline unknown place protectedTerm; pin and unsupported are
	// faults of the program
	ErrContext = errors.New("context not accepted")
	// undefinedTerm undefinedType typeNotText idNotText relativeIRI iriCharacter
	// compactIRI notCompact classAsProperty propertyAsType sameMeaning keyword
	// null emptyArray nestedArray emptyNode notAnObject repeated datatype language
	// typeAndLanguage scattered; leaves is a fault of the program
	ErrLoss = errors.New("content that has no place in the signed form")
	// blankNodes cancelled
	ErrBudget = errors.New("over the work budget")
	// term for Canonicalize; syntax utf8 escape label language datatype
	// iriCharacter relativeIRI for ParseNQuads
	ErrQuad = errors.New("not a statement of N-Quads")
)

// Error is a refusal with its place. The refused value is never part of it.
type Error struct {
	Err  error  // the family: one of the six above
	Path string // JSON path of the culprit, $.issuer.name; "line 3" or "[2]" for statements
	Rule string // stable word for the broken rule
}

// Error describes the refusal for logs.
func (e *Error) Error() string {
	return "jsonld: " + e.Err.Error() + " at " + e.Path + " (" + e.Rule + ")"
}

// Unwrap gives the family.
func (e *Error) Unwrap() error { return e.Err }
