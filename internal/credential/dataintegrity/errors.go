package dataintegrity

import "errors"

// The ways in which a proof fails. Errors of package jsonld, about a document that
// cannot be canonicalised without loss, are passed on.
var (
	ErrProof     = errors.New("dataintegrity: malformed or refused proof")
	ErrKey       = errors.New("dataintegrity: wrong kind of key")
	ErrSignature = errors.New("dataintegrity: wrong signature")
	// ErrSuite is about a proof of a kind that is not read here: it may be good or
	// bad, and nothing is known.
	ErrSuite = errors.New("dataintegrity: unknown cryptographic suite")
)
