package credential

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"unicode/utf8"

	"ramure/internal/jsonld"
	"ramure/internal/openbadges"
)

// The typed path: from a struct of ours straight to its statements, without
// JSON-LD processing. One walk through the struct makes the statements and, on
// the same way, reads the JSON that will be stored: each member has a line in
// the tables, a place in the text and a statement, or the walk refuses. So the
// signed bytes say all that the stored ones say, and nothing else.
//
// It knows our two contexts, our classes and plain content. The guarded path of
// package jsonld knows everything, and both give the same bytes.

// errUntyped is the refusal of the typed path: the content may be sound, but it
// is not of the kind that the path was proven for.
var errUntyped = errors.New("credential: not for the typed path")

// The typed path stays well within the limits of readers (jsonld: 2,000 nodes, of
// which a statement stands for three at most; 512 KiB, proof included).
const (
	maxStatements = 600
	maxNesting    = 16
	maxText       = jsonld.MaxBytes - 4<<10
)

// sum gives the hash of a shape (a pointer to a struct), of which text is the
// JSON: SHA-256 of its canonical N-Quads. The error is errUntyped, or one of
// jsonld.Canonicalize.
func (p *plan) sum(ctx context.Context, shape any, text []byte) ([32]byte, error) {
	graph, err := p.graph(shape, text)
	if err != nil {
		return [32]byte{}, err
	}
	return graph.Sum256(ctx, jsonld.Options{BlankNodes: jsonld.MaxBlankNodes})
}

// graph walks the shape along its text.
func (p *plan) graph(shape any, text []byte) (*jsonld.Graph, error) {
	if len(text) > maxText || !utf8.Valid(text) {
		return nil, fmt.Errorf("%w: size or encoding", errUntyped)
	}
	w := walk{reader: reader{text: text}, graph: jsonld.NewGraph(maxStatements)}
	w.object(reflect.ValueOf(shape).Elem(), p)
	if w.pos != len(text) {
		w.refuse("$", "is not where the JSON ends")
	}
	return w.graph, w.err
}

// walk is one way through a struct and its text. Its first refusal stays.
type walk struct {
	reader
	graph      *jsonld.Graph
	statements int
	said       []jsonld.Term // the values of the sets that are being walked
	root       string        // id of the document
	depth      int
	blanks     int
	err        error
}

func (w *walk) refuse(key, why string) {
	if w.err == nil {
		w.err = fmt.Errorf("%w: %s %s", errUntyped, key, why)
	}
}

// expect refuses a text that goes on in another way than the struct.
func (w *walk) expect(s string) {
	if !w.takes(s) {
		w.refuse(s, "is not what the JSON says")
	}
}

// object walks one object and gives the term that stands for it.
func (w *walk) object(v reflect.Value, p *plan) jsonld.Term {
	if w.depth++; w.depth > maxNesting || !p.inScope(v) {
		w.refuse("$", "is too deep, or without its type")
		return jsonld.Term{}
	}
	subject := w.subject(v, p)
	mark := "{"
	for i := range p.fields {
		f := &p.fields[i]
		value := v.Field(f.index)
		if f.leftOut(value) || w.err != nil {
			continue
		}
		w.expect(mark)
		w.expect(f.key)
		w.member(&subject, f, value)
		mark = ","
	}
	if mark == "{" {
		w.expect(mark)
	}
	w.expect("}")
	w.depth--
	return subject
}

// subject gives the IRI of an object, or a new blank node where it has none. An
// object that bears the document's own name could scatter what is said of it
// (jsonld refuses that): none here does.
func (w *walk) subject(v reflect.Value, p *plan) jsonld.Term {
	id := ""
	if p.id >= 0 {
		id = v.Field(p.id).String()
	}
	if id == "" {
		return w.blank()
	}
	if w.depth == 1 {
		w.root = id
	} else if id == w.root {
		w.refuse("id", "is the document's")
	}
	return w.iri(id)
}

func (w *walk) iri(s string) jsonld.Term {
	if !openbadges.IsIRI(s) {
		w.refuse("id", "is no plain IRI")
	}
	return jsonld.Term{Kind: jsonld.IRI, Value: s}
}

// blankLabels are the names of the blank nodes, in order of appearance.
var blankLabels = func() (labels [jsonld.MaxBlankNodes]string) {
	for i := range labels {
		labels[i] = "b" + strconv.Itoa(i)
	}
	return labels
}()

func (w *walk) blank() jsonld.Term {
	if w.blanks == len(blankLabels) {
		w.refuse("$", "blankNodes")
		return jsonld.Term{}
	}
	w.blanks++
	return jsonld.Term{Kind: jsonld.Blank, Value: blankLabels[w.blanks-1]}
}

func (w *walk) say(subject *jsonld.Term, predicate jsonld.Predicate, object jsonld.Term) {
	if w.statements++; w.statements > maxStatements {
		w.refuse("$", "says too much")
	}
	if w.err == nil {
		w.graph.Say(subject, predicate, &object)
	}
}
