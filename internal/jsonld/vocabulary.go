package jsonld

import (
	"maps"
	"strings"
)

// vocabulary is what the words of a document mean at one place of it: JSON-LD's
// active context. It is never changed after it was made.
type vocabulary struct {
	terms    map[string]*term
	vocab    string      // prefix of undefined words, "" without @vocab
	previous *vocabulary // what holds again in objects below, after a type-scoped context
	guarded  bool        // some term is protected
	memory   *memory
}

// term is a definition in force.
type term struct {
	iri       string // absolute, or @id or @type for an alias
	coercion  string // "", @id, @vocab, @json or the IRI of a datatype
	set       bool
	list      bool
	graph     bool
	prefix    bool // may begin a compact IRI
	protected bool
	scoped    *local
}

// same tells whether two definitions agree in all but protection, which is when
// a protected term may be defined again (JSON-LD API §4.2 step 27).
func (t *term) same(other *term) bool {
	a, b := *t, *other
	a.protected, b.protected, a.scoped, b.scoped = false, false, nil, nil
	return a == b && t.scopedText() == other.scopedText()
}

func (t *term) scopedText() string {
	if t.scoped == nil {
		return ""
	}
	return t.scoped.text
}

// reach says where a context comes from, which decides what it may redefine and
// how far down it holds (JSON-LD API §4.1: override protected, propagate).
type reach uint8

const (
	byDocument reach = iota // @context: keeps protected terms, holds below
	byType                  // of a type: keeps protected terms, holds in its object only
	byProperty              // of a property: redefines anything, holds below
)

func newVocabulary(m *memory) *vocabulary {
	return &vocabulary{terms: map[string]*term{}, memory: m}
}

// apply gives the vocabulary that holds after a context (JSON-LD API §4.1). The
// rule that was broken, or "", comes second.
func (v *vocabulary) apply(l *local, r reach) (*vocabulary, string) {
	key := derivation{v, l, r}
	if made := v.memory.recall(key); made != nil {
		return made, ""
	}
	made, broken := v.derive(l, r)
	if broken == "" {
		v.memory.keep(key, made)
	}
	return made, broken
}

func (v *vocabulary) derive(l *local, r reach) (*vocabulary, string) {
	if l.null {
		return v.clear(r)
	}
	next := &vocabulary{
		terms: maps.Clone(v.terms), vocab: v.vocab,
		previous: v.previous, guarded: v.guarded, memory: v.memory,
	}
	if r == byType && next.previous == nil {
		next.previous = v
	}
	if l.vocab != "" {
		next.vocab = l.vocab
	}
	d := definer{into: next, by: l, override: r == byProperty, done: make(map[string]bool, len(l.names))}
	for _, name := range l.names {
		if broken := d.define(name); broken != "" {
			return nil, broken
		}
	}
	return next, ""
}

// clear applies the context null, which only a property may do over protected
// terms.
func (v *vocabulary) clear(r reach) (*vocabulary, string) {
	if v.guarded && r != byProperty {
		return nil, "protectedTerm"
	}
	next := newVocabulary(v.memory)
	if r == byType {
		next.previous = v
	}
	return next, ""
}

// expand gives the meaning of a word of a document (JSON-LD API §5.2.2): its
// keyword or IRI, or the word itself where nothing defines it. Terms and @vocab
// count only for properties and types.
func (v *vocabulary) expand(word string, asTerm bool) string {
	if asTerm {
		if t, defined := v.terms[word]; defined {
			return t.iri
		}
	}
	if strings.HasPrefix(word, "@") {
		return word
	}
	if prefix, rest, compact := strings.Cut(word, ":"); compact {
		return v.expandCompact(word, prefix, rest)
	}
	if asTerm && v.vocab != "" {
		return v.vocab + word
	}
	return word
}

func (v *vocabulary) expandCompact(word, prefix, rest string) string {
	t, defined := v.terms[prefix]
	if !defined || !t.prefix || strings.HasPrefix(rest, "//") {
		return word
	}
	return t.iri + rest
}

// names reports whether some term stands for an IRI or keyword, so that a
// compact document would use the term.
func (v *vocabulary) names(iri string) bool {
	for _, t := range v.terms {
		if t.iri == iri {
			return true
		}
	}
	return false
}

// twin reports whether another term, of the other case, stands for the IRI of
// this one.
func (v *vocabulary) twin(name, iri string) bool {
	for other, t := range v.terms {
		if t.iri == iri && isUpper(other) != isUpper(name) {
			return true
		}
	}
	return false
}

func isUpper(name string) bool { return name != "" && 'A' <= name[0] && name[0] <= 'Z' }
