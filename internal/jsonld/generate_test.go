package jsonld

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
)

// author writes random documents that use the terms of real contexts, whatever
// they are, so that a judge can compare more than the documents we thought of.
type author struct {
	*rand.Rand
	library *library
	heading []any
	left    int // how many more objects it may open
	ids     int
}

// headings are lists of contexts that documents of the world begin with.
var headings = [][]any{
	{vc2, ob303}, {vc2, ob302}, {vc2, ob303, extensions}, {vc2}, {vc1, ob303}, {vc1, ob30},
	{vc1, ob301, integrity}, {vc1, ed25519}, {integrity}, {multikey}, {vc2, statusV1}, {ob303}, {ob30},
}

const (
	vc2        = "https://www.w3.org/ns/credentials/v2"
	vc1        = "https://www.w3.org/2018/credentials/v1"
	statusV1   = "https://www.w3.org/ns/credentials/status/v1"
	integrity  = "https://w3id.org/security/data-integrity/v2"
	multikey   = "https://w3id.org/security/multikey/v1"
	ed25519    = "https://w3id.org/security/suites/ed25519-2020/v1"
	ob30       = "https://purl.imsglobal.org/spec/ob/v3p0/context.json"
	ob301      = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"
	ob302      = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"
	ob303      = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
	extensions = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
)

// document writes one document under random contexts.
func (a *author) document(l *library) map[string]any {
	a.library, a.left = l, 12
	a.heading = headings[a.IntN(len(headings))]
	return a.withContext(l.empty, 0)
}

// withContext writes an object that begins with contexts of its own.
func (a *author) withContext(v *vocabulary, depth int) map[string]any {
	for _, url := range a.heading {
		v, _ = v.apply(a.library.contexts[url.(string)], byDocument)
	}
	body := a.object(v, depth)
	body["@context"] = slices.Clone(a.heading)
	return body
}

// object writes an object with types, perhaps an id, and some properties.
func (a *author) object(v *vocabulary, depth int) map[string]any {
	a.left--
	body := map[string]any{}
	typed := v
	var types []any
	for range a.IntN(3) {
		name := a.term(v, func(t *term) bool { return t.iri[0] != '@' })
		if name == "" || slices.Contains(types, any(name)) {
			continue
		}
		if t := v.terms[name]; t.scoped != nil {
			if next, broken := typed.apply(t.scoped, byType); broken == "" {
				typed = next
			}
		}
		types = append(types, name)
	}
	if len(types) == 1 && a.IntN(2) == 0 {
		body["type"] = types[0]
	} else if len(types) > 0 {
		body["type"] = types
	}
	if depth == 0 || a.IntN(2) == 0 {
		a.ids++
		body["id"] = fmt.Sprintf("urn:x:%d", a.ids)
	}
	for range 1 + a.IntN(5) {
		name := a.term(typed, func(t *term) bool { return t.iri[0] != '@' && (!t.graph || depth < 4) })
		if name != "" {
			body[name] = a.values(typed, typed.terms[name], depth)
		}
	}
	return body
}

func (a *author) term(v *vocabulary, fits func(*term) bool) string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(v.terms)) {
		if fits(v.terms[name]) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return names[a.IntN(len(names))]
}

func (a *author) values(v *vocabulary, t *term, depth int) any {
	// json-gold 0.9.1 writes an error message in place of a JSON array.
	if t.coercion == "@json" || !t.list && a.IntN(3) > 0 {
		return a.value(v, t, depth)
	}
	items := []any{}
	for range 1 + a.IntN(3) {
		items = append(items, a.value(v, t, depth))
	}
	return items
}

func (a *author) value(v *vocabulary, t *term, depth int) any {
	inside := v
	if v.previous != nil {
		inside = v.previous
	}
	if t.scoped != nil {
		inside, _ = inside.apply(t.scoped, byProperty)
	}
	switch {
	case t.coercion == "@json":
		return map[string]any{"b": []any{json.Number("1.50"), nil, "é\n"}, "a": map[string]any{}, "€": true}
	case t.coercion == "@vocab" && a.IntN(4) > 0:
		return a.term(inside, func(t *term) bool { return t.iri[0] != '@' })
	case len(inside.terms) == 0: // the context null: what is inside names its own
		return a.withContext(inside, depth+1)
	case t.graph, depth < 5 && a.left > 0 && a.IntN(3) == 0:
		return a.object(inside, depth+1)
	case t.coercion == "@id":
		return fmt.Sprintf("https://example.org/%d", a.IntN(4))
	case kindOf(t.coercion) == booleanKind:
		return a.IntN(2) == 0
	case kindOf(t.coercion) == numberKind:
		return a.number()
	case t.coercion != "":
		return fmt.Sprintf("2026-11-%02dT09:00:00Z", 1+a.IntN(28))
	}
	return a.plain()
}

func (a *author) number() json.Number {
	numbers := []json.Number{"0", "-7", "2.5", "44.5644", "1000000.000001", "9007199254740991", "0.000001", "3.0", "-0.5"}
	return numbers[a.IntN(len(numbers))]
}

// plain writes a value of a term without datatype.
func (a *author) plain() any {
	switch a.IntN(6) {
	case 0:
		return a.number()
	case 1:
		return a.IntN(2) == 0
	case 2:
		return map[string]any{"@value": fmt.Sprintf("bonjour %d", a.IntN(100)), "@language": []string{"fr", "en-GB", "de-CH-1996"}[a.IntN(3)]}
	case 3:
		return map[string]any{"@value": fmt.Sprintf("P%dD", a.IntN(100)), "@type": "http://www.w3.org/2001/XMLSchema#duration"}
	}
	return fmt.Sprintf("texte %d \"cité\"\n\tœuvre \\ %c", a.IntN(1000), rune(0x1F300+a.IntN(100)))
}
