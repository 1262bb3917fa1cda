package jsonld

import (
	"context"
	"crypto/sha256"
)

// Graph takes statements one by one, from a program that makes its own and need
// not keep them: each is written at once in the form that is canonicalised. A
// Graph is for one use, by one goroutine.
type Graph struct {
	*desk // nil after use
	most  int
	err   error
}

// NewGraph makes a graph of at most so many statements.
func NewGraph(statements int) *Graph {
	g := &Graph{desk: sitDown(), most: statements}
	g.said.clear(statements / 2) // more places than statements
	return g
}

// Predicate is the IRI of a property as it stands in a line.
type Predicate struct{ text string }

// NewPredicate makes an IRI ready for many statements; the error is ErrQuad.
func NewPredicate(iri string) (Predicate, error) {
	text, err := appendIRI(nil, iri)
	if err != nil {
		return Predicate{}, &Error{Err: ErrQuad, Path: "$", Rule: "term"}
	}
	return Predicate{string(text) + " "}, nil
}

// Say adds a statement of the default graph. What N-Quads cannot hold, or a
// statement too many, is an error of Canonicalize.
func (g *Graph) Say(subject *Term, predicate Predicate, object *Term) {
	if g.err != nil {
		return
	}
	l := line{start: g.here()}
	switch {
	case len(g.statements) == g.most:
		g.err = &Error{Err: ErrLimit, Path: "$", Rule: "statements"}
	case g.write(&l, subject, predicate, object) != nil:
		g.err = &Error{Err: ErrQuad, Path: "$", Rule: "term"}
	default:
		g.keep(&l, &g.said)
	}
}

func (g *Graph) write(l *line, subject *Term, predicate Predicate, object *Term) error {
	if subject.Kind == Literal || predicate.text == "" {
		return errTerm
	}
	if err := g.readTerm(l, subject, 's'); err != nil {
		return err
	}
	l.predicate[0] = g.here()
	g.text = append(g.text, predicate.text...)
	l.predicate[1] = g.here() - int32(len(" "))
	if err := g.readTerm(l, object, 'o'); err != nil {
		return err
	}
	g.end(l)
	return nil
}

// Canonicalize is the function of that name, for the statements said so far. It
// ends the graph.
func (g *Graph) Canonicalize(ctx context.Context, options Options) ([]byte, error) {
	if err := g.issueAll(ctx, options); err != nil {
		return nil, err
	}
	lines := g.lines(nil)
	g.close()
	return lines, nil
}

// Sum256 gives the SHA-256 of what Canonicalize gives, and ends the graph.
func (g *Graph) Sum256(ctx context.Context, options Options) ([sha256.Size]byte, error) {
	if err := g.issueAll(ctx, options); err != nil {
		return [sha256.Size]byte{}, err
	}
	g.sorted = g.lines(g.sorted[:0])
	sum := sha256.Sum256(g.sorted)
	g.close()
	return sum, nil
}

func (g *Graph) issueAll(ctx context.Context, options Options) error {
	if g.err != nil {
		return g.err
	}
	if err := g.begin(ctx, options); err != nil {
		return err
	}
	return g.finish(options)
}

// close gives the desk back for others.
func (g *Graph) close() {
	d := g.desk
	g.desk = nil
	d.leave()
}
