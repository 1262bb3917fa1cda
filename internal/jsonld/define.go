package jsonld

import "strings"

// definer writes the terms of one context into a new vocabulary (JSON-LD API
// §4.2). Definitions may lean on one another, so each is made on demand.
type definer struct {
	into     *vocabulary
	by       *local
	override bool            // may redefine protected terms
	done     map[string]bool // false while a term is being defined
}

// define makes one term; it gives the broken rule, or "".
func (d *definer) define(name string) string {
	if done, begun := d.done[name]; begun {
		if !done {
			return "cyclicTerm"
		}
		return ""
	}
	d.done[name] = false
	before := d.into.terms[name]
	delete(d.into.terms, name) // it must not define itself
	made, broken := d.make(d.by.terms[name])
	if broken != "" {
		return broken
	}
	if before != nil && before.protected && !d.override {
		if !before.same(made) {
			return "protectedTerm"
		}
		made = before
	}
	d.into.terms[name] = made
	d.into.guarded = d.into.guarded || made.protected
	d.done[name] = true
	return ""
}

func (d *definer) make(s source) (*term, string) {
	iri, broken := d.expand(s.id)
	if broken != "" {
		return nil, broken
	}
	alias := iri == "@id" || iri == "@type"
	if !alias && checkIRI(iri) != "" {
		return nil, "termIRI"
	}
	coercion := s.coercion
	if coercion != "" && coercion[0] != '@' {
		if coercion, broken = d.expand(coercion); broken != "" {
			return nil, broken
		}
	}
	if !knownCoercion(coercion) {
		return nil, "termType"
	}
	return &term{
		iri: iri, coercion: coercion, set: s.set, list: s.list, graph: s.graph,
		prefix:    s.simple && !alias && strings.ContainsRune(":/?#[]@", rune(iri[len(iri)-1])),
		protected: s.protected, scoped: s.scoped,
	}, ""
}

func knownCoercion(coercion string) bool {
	switch coercion {
	case "", "@id", "@vocab", "@json":
		return true
	}
	return checkIRI(coercion) == ""
}

// expand gives the meaning of a word inside a context: like vocabulary.expand,
// but the words that it leans on are defined first.
func (d *definer) expand(word string) (string, string) {
	prefix, _, _ := strings.Cut(word, ":")
	for _, needed := range [...]string{word, prefix} {
		if _, here := d.by.terms[needed]; here && !d.done[needed] {
			if broken := d.define(needed); broken != "" {
				return "", broken
			}
		}
	}
	return d.into.expand(word, true), ""
}
