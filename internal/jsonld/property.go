package jsonld

import "slices"

// property places what a member says about its object.
func (p *placer) property(typed *vocabulary, m member, subject, graph Term) error {
	p.enter(m.name)
	if m.term == nil {
		m.term = &term{iri: m.meaning} // by @vocab
	}
	var err error
	switch {
	case m.term.coercion == "@json":
		p.say(subject, m.meaning, p.jsonLiteral(m.value), graph)
	case m.term.list:
		err = p.list(typed, m, subject, graph)
	default:
		err = p.set(typed, m, subject, graph)
	}
	if err == nil {
		p.leave()
	}
	return err
}

// set places one value or an array of values, each as a statement of its own.
func (p *placer) set(typed *vocabulary, m member, subject, graph Term) error {
	items, isList := m.value.([]any)
	if !isList {
		object, err := p.value(typed, m.term, m.value, graph)
		if err == nil {
			p.say(subject, m.meaning, object, graph)
		}
		return err
	}
	if len(items) == 0 {
		return p.refuse(ErrLoss, "emptyArray")
	}
	said := make([]Term, 0, len(items))
	for i, item := range items {
		p.item(i)
		object, err := p.value(typed, m.term, item, graph)
		if err != nil {
			return err
		}
		p.say(subject, m.meaning, object, graph)
		said = append(said, object)
		p.leave()
	}
	if repeats(said) {
		return p.refuse(ErrLoss, "repeated")
	}
	return nil
}

// list places an ordered array as an RDF collection, a chain of blank nodes that
// ends in rdf:nil.
func (p *placer) list(typed *vocabulary, m member, subject, graph Term) error {
	items, isList := m.value.([]any)
	if !isList {
		items = []any{m.value}
	}
	predicate := m.meaning
	for i, item := range items {
		if isList {
			p.item(i)
		}
		cell, err := p.blank()
		if err != nil {
			return err
		}
		p.say(subject, predicate, cell, graph)
		object, err := p.value(typed, m.term, item, graph)
		if err != nil {
			return err
		}
		p.say(cell, rdfFirst, object, graph)
		subject, predicate = cell, rdfRest
		if isList {
			p.leave()
		}
	}
	p.say(subject, predicate, iriTerm(rdfNil), graph)
	return nil
}

// repeats tells whether a set holds the same term twice: one statement would
// stand for two leaves, and the second would not be signed.
func repeats(terms []Term) bool {
	const few = 16
	if len(terms) > few {
		seen := make(map[Term]bool, len(terms))
		for _, t := range terms {
			seen[t] = true
		}
		return len(seen) < len(terms)
	}
	for i, t := range terms {
		if slices.Contains(terms[:i], t) {
			return true
		}
	}
	return false
}
