package jsonld

import (
	"slices"
	"strings"
)

// node places an object that stands for a thing: its types, then each of its
// properties. scope is the vocabulary before its types, typed the one after.
func (p *placer) node(scope, typed *vocabulary, body map[string]any, members []member, graph Term, top bool) (Term, error) {
	if err := p.checkKeywords(typed, members); err != nil {
		return Term{}, err
	}
	subject, err := p.identify(typed, find(members, "@id"))
	if err != nil {
		return Term{}, err
	}
	if types := find(members, "@type"); types != nil {
		if err := p.types(scope, types, subject, graph); err != nil {
			return Term{}, err
		}
	}
	for _, m := range members {
		if m.meaning[0] == '@' {
			continue // @id, @type and @context, by checkKeywords
		}
		if err := p.property(typed, m, subject, graph); err != nil {
			return Term{}, err
		}
	}
	p.remember(typed, body, members, subject, graph, top)
	return subject, nil
}

// checkKeywords refuses keywords that leave no statement or that a compact
// document does not need, words without a meaning, and two members of one
// meaning. Renaming a member to its IRI would hide it from every reader of the
// JSON and leave the signed bytes as they are, so words must be terms; where the
// contexts give a class and a property one IRI (Criteria and criteria), each must
// keep to its case.
func (p *placer) checkKeywords(typed *vocabulary, members []member) error {
	for i, m := range members {
		rule := ""
		switch {
		case m.name == "@context":
		case m.meaning == "@id" || m.meaning == "@type":
			if m.name[0] == '@' && typed.names(m.meaning) {
				rule = "notCompact"
			}
		case strings.HasPrefix(m.meaning, "@"):
			rule = "keyword"
		case m.term == nil && (typed.vocab == "" || strings.Contains(m.name, ":") || checkIRI(m.meaning) != ""):
			rule = "undefinedTerm"
		case isUpper(m.name) && typed.twin(m.name, m.meaning):
			rule = "classAsProperty"
		}
		if rule == "" && slices.ContainsFunc(members[:i], func(o member) bool { return o.meaning == m.meaning }) {
			rule = "sameMeaning"
		}
		if rule != "" {
			return p.refuseAt(m.name, ErrLoss, rule)
		}
	}
	return nil
}

// identify gives the IRI of an object, or a new blank node where it has none.
// Labels of blank nodes are refused: they are not signed.
func (p *placer) identify(typed *vocabulary, id *member) (Term, error) {
	if id == nil {
		return p.blank()
	}
	text, isString := id.value.(string)
	if !isString {
		return Term{}, p.refuseAt(id.name, ErrLoss, "idNotText")
	}
	if rule := typed.reference(text); rule != "" {
		return Term{}, p.refuseAt(id.name, familyOf(rule), rule)
	}
	p.placed++
	return iriTerm(text), nil
}

// reference gives the rule that an identifier breaks, or "": absolute as it
// stands, so that no context changes it.
func (v *vocabulary) reference(text string) string {
	if rule := checkIRI(text); rule != "" {
		return rule
	}
	if v.expand(text, false) != text {
		return "compactIRI"
	}
	return ""
}

// familyOf tells a length, which is a limit, from the other rules of IRIs.
func familyOf(rule string) error {
	if rule == "iriLength" {
		return ErrLimit
	}
	return ErrLoss
}

// types places the types of an object.
func (p *placer) types(scope *vocabulary, m *member, subject, graph Term) error {
	p.enter(m.name)
	names, isList := m.value.([]any)
	if !isList {
		names = []any{m.value}
	}
	if len(names) == 0 {
		return p.refuse(ErrLoss, "emptyArray")
	}
	said := make([]Term, 0, len(names))
	for i, entry := range names {
		if isList {
			p.item(i)
		}
		name, isString := entry.(string)
		if !isString {
			return p.refuse(ErrLoss, "typeNotText")
		}
		iri, rule := scope.word(name)
		if rule != "" {
			return p.refuse(familyOf(rule), rule)
		}
		p.placed++
		p.say(subject, rdfType, iriTerm(iri), graph)
		said = append(said, iriTerm(iri))
		if isList {
			p.leave()
		}
	}
	if repeats(said) {
		return p.refuse(ErrLoss, "repeated")
	}
	p.leave()
	return nil
}

// word gives the IRI of a type or of a value from the vocabulary, and the rule
// that it breaks: defined, and written as the term where there is one.
func (v *vocabulary) word(name string) (iri, rule string) {
	if t, defined := v.terms[name]; defined {
		switch {
		case t.iri[0] == '@':
			return "", "undefinedType"
		case !isUpper(name) && v.twin(name, t.iri):
			return "", "propertyAsType"
		}
		return t.iri, ""
	}
	iri = v.expand(name, true)
	switch checked := checkIRI(iri); {
	case checked == "iriLength":
		return "", checked
	case checked != "":
		return "", "undefinedType"
	case strings.Contains(name, ":") && iri != name:
		return "", "compactIRI"
	case v.names(iri):
		return "", "notCompact"
	}
	return iri, ""
}
