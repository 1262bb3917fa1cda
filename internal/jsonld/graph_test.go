package jsonld

import (
	"context"
	"errors"
	"sync"
	"testing"
)

// sayAll puts statements of the default graph into a Graph.
func sayAll(t testing.TB, quads []Quad) *Graph {
	t.Helper()
	g := NewGraph(len(quads))
	for i := range quads {
		predicate, err := NewPredicate(quads[i].Predicate.Value)
		if err != nil {
			t.Error(err)
		}
		g.Say(&quads[i].Subject, predicate, &quads[i].Object)
	}
	return g
}

// A graph gives the bytes of Canonicalize, however often its desk was used before
// and by whom.
func TestGraphEqualsCanonicalize(t *testing.T) {
	t.Parallel()
	var group sync.WaitGroup
	for name, document := range documents(t) {
		quads, err := Quads(context.Background(), document, optionsFor(name)...)
		if err != nil {
			t.Fatal(err)
		}
		for i := range quads {
			quads[i].Graph = Term{}
		}
		quads = append(quads, quads...) // each statement twice
		want, err := Canonicalize(context.Background(), quads, Options{})
		if err != nil {
			t.Fatal(err)
		}
		group.Go(func() {
			for range 20 {
				got, err := sayAll(t, quads).Canonicalize(context.Background(), Options{})
				if err != nil || string(got) != string(want) {
					t.Errorf("%s: %v\n%s\n%s", name, err, got, want)
				}
			}
		})
	}
	group.Wait()
}

func TestGraphRefuses(t *testing.T) {
	t.Parallel()
	a, literal := iriTerm("urn:x:a"), Term{Kind: Literal, Value: "a"}
	label, broken := blankTerm("b0"), iriTerm("urn:x:a> <urn:x:b")
	p, err := NewPredicate("urn:x:p")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		subject, object Term
		predicate       Predicate
		family          error
	}{
		"a literal as subject":      {literal, a, p, ErrQuad},
		"no subject":                {Term{}, a, p, ErrQuad},
		"no object":                 {a, Term{}, p, ErrQuad},
		"no predicate":              {a, a, Predicate{}, ErrQuad},
		"an IRI that ends the line": {a, broken, p, ErrQuad},
	} {
		g := NewGraph(4)
		g.Say(&a, p, &label)
		g.Say(&c.subject, c.predicate, &c.object)
		g.Say(&a, p, &label) // the first refusal stays
		_, err := g.Canonicalize(context.Background(), Options{})
		if !errors.Is(err, c.family) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := NewPredicate("p> <q"); !errors.Is(err, ErrQuad) {
		t.Errorf("a predicate that ends the line: %v", err)
	}
	full := NewGraph(1)
	full.Say(&a, p, &literal)
	full.Say(&a, p, &a)
	_, err = full.Canonicalize(context.Background(), Options{})
	wantRefusal(t, err, ErrLimit, "statements", "$")
}
