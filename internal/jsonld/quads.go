package jsonld

import (
	"context"
	"slices"
)

// Option changes how a document is read.
type Option func(*settings)

type settings struct {
	examples  bool // the examples context of the W3C
	inline    bool // contexts that the document itself defines
	direction bool // @direction in value objects
}

// WithExamples lets documents name the examples context of the W3C,
// https://www.w3.org/ns/credentials/examples/v2. That context gives a meaning to
// every word, so no undefined term or type is found any more: for
// interoperability tests only.
func WithExamples() Option { return func(s *settings) { s.examples = true } }

// Quads gives the statements of a document that was decoded by Decode. Nothing
// of the document is left out: each leaf is part of a statement, or the whole
// document is refused with ErrLimit, ErrJSON, ErrContext or ErrLoss and the JSON
// path of the culprit.
//
// The document must have an @context, a list of addresses of the embedded table
// (see package schemas). Blank nodes are labelled b0, b1, … in the order of the
// sorted member names. The document is not changed.
func Quads(ctx context.Context, document map[string]any, options ...Option) ([]Quad, error) {
	p := setOut(ctx)
	defer p.rest()
	if err := p.place(document, options); err != nil {
		return nil, err
	}
	quads := p.quads
	p.quads = nil // the caller's
	return quads, nil
}

// Canonical gives the canonical N-Quads (RDFC-1.0 with SHA-256) of a document:
// Quads, then Canonicalize with the default budget.
func Canonical(ctx context.Context, document map[string]any, options ...Option) ([]byte, error) {
	return CanonicalDocument(ctx, document, Options{}, options...)
}

// CanonicalDocument is Canonical with options of the canonicalisation. Errors are
// those of Quads and of Canonicalize.
func CanonicalDocument(ctx context.Context, document map[string]any, o Options, options ...Option) ([]byte, error) {
	p := setOut(ctx)
	defer p.rest()
	if err := p.place(document, options); err != nil {
		return nil, err
	}
	return Canonicalize(ctx, p.quads, o)
}

func (p *placer) place(document map[string]any, options []Option) error {
	leaves, err := check(document)
	if err != nil {
		return err
	}
	return p.placeAll(document, leaves, options)
}

// placeAll makes the statements of a document whose form was checked, and compares
// the leaves that it placed with those that the document has.
func (p *placer) placeAll(document map[string]any, leaves int, options []Option) (err error) {
	for _, option := range options {
		option(&p.allowed)
	}
	open := standard
	if p.allowed.examples {
		open = permissive
	}
	if p.library, err = open(); err != nil {
		return err
	}
	p.quads = slices.Grow(p.quads, leaves+leaves/4)
	if err := p.document(document); err != nil {
		return err
	}
	if p.placed != leaves {
		return p.refuse(ErrLoss, "leaves") // a fault of ours, never to be signed over
	}
	return nil
}
