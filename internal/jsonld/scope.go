package jsonld

import "slices"

// scope gives the vocabulary of an object before its types have their say
// (JSON-LD API §5.1.2 steps 7 to 10).
func (p *placer) scope(v *vocabulary, via *term, members []member, body map[string]any) (*vocabulary, error) {
	if v.previous != nil && !staysInScope(v, members) {
		v = v.previous
	}
	if via != nil && via.scoped != nil {
		next, broken := p.apply(v, via.scoped, byProperty)
		if broken != "" {
			return nil, p.refuse(contextFamily(broken), broken)
		}
		v = next
	}
	if _, found := body["@context"]; !found {
		return v, nil
	}
	if via != nil && !via.graph && !says(body["type"], "VerifiableCredential") {
		return nil, p.refuseAt("@context", ErrContext, "place")
	}
	return p.contexts(v, body["@context"])
}

// staysInScope tells the two kinds of objects for which a type-scoped context
// still holds: values, and bare references.
func staysInScope(v *vocabulary, members []member) bool {
	if len(members) == 1 && v.expand(members[0].name, true) == "@id" {
		return true
	}
	return slices.ContainsFunc(members, func(m member) bool { return v.expand(m.name, true) == "@value" })
}

// contexts applies the contexts that a document names, in its order.
func (p *placer) contexts(v *vocabulary, value any) (*vocabulary, error) {
	p.enter("@context")
	list, isList := value.([]any)
	if !isList || len(list) == 0 {
		return nil, p.refuse(ErrContext, "list")
	}
	for i, entry := range list {
		p.item(i)
		next, err := p.named(v, entry)
		if err != nil {
			return nil, err
		}
		v = next
		p.leave()
	}
	p.leave()
	return v, nil
}

// named applies one entry of a list of contexts: an address of the table, or an
// object where the document may define its own words.
func (p *placer) named(v *vocabulary, entry any) (*vocabulary, error) {
	if body, isObject := entry.(map[string]any); isObject && p.allowed.inline {
		return p.inline(v, body)
	}
	url, isString := entry.(string)
	if !isString {
		return nil, p.refuse(ErrContext, "inline")
	}
	known, found := p.library.contexts[url]
	if !found {
		return nil, p.refuse(ErrContext, "unknown")
	}
	next, broken := p.apply(v, known, byDocument)
	if broken != "" {
		return nil, p.refuse(contextFamily(broken), broken)
	}
	return next, nil
}

// typeScoped applies the contexts of the object's types, in the order of their
// names (JSON-LD API §5.1.2 step 11).
func (p *placer) typeScoped(scope *vocabulary, members []member) (*vocabulary, error) {
	typed := scope
	for i := range members {
		if scope.expand(members[i].name, true) != "@type" {
			continue
		}
		for _, name := range sortedTypes(members[i].value) {
			t := scope.terms[name]
			if t == nil || t.scoped == nil {
				continue
			}
			next, broken := p.apply(typed, t.scoped, byType)
			if broken != "" {
				return nil, p.refuseAt(members[i].name, contextFamily(broken), broken)
			}
			typed = next
		}
	}
	return typed, nil
}

// maxVocabularies bounds the different vocabularies that one document asks for: a
// badge asks for some dozens, and each new one costs as much as many statements.
const maxVocabularies = 256

// apply gives the vocabulary that holds after a context, or the rule that was
// broken. What a document asked for before counts once, so that the count depends
// on the document alone and not on what was remembered.
func (p *placer) apply(v *vocabulary, l *local, r reach) (*vocabulary, string) {
	key := derivation{v, l, r}
	if made := p.used[key]; made != nil {
		return made, ""
	}
	if len(p.used) == maxVocabularies {
		return nil, "vocabularies"
	}
	made, broken := v.apply(l, r)
	if broken == "" {
		p.used[key] = made
	}
	return made, broken
}

// contextFamily tells a limit from the other rules of contexts.
func contextFamily(rule string) error {
	if rule == "vocabularies" {
		return ErrLimit
	}
	return ErrContext
}

// sortedTypes gives the different strings of a type member; whatever else it holds
// is refused when the types are placed.
func sortedTypes(value any) []string {
	if name, isString := value.(string); isString {
		return []string{name}
	}
	list, _ := value.([]any)
	names := make([]string, 0, len(list))
	for _, entry := range list {
		if name, isString := entry.(string); isString {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// says reports whether a member is a string, or a list with that string.
func says(value any, word string) bool {
	list, isList := value.([]any)
	return value == any(word) || isList && slices.Contains(list, any(word))
}
