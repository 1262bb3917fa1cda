package jsonld

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// local is a parsed context: what JSON-LD calls a local context, before it is
// applied over what is already defined. The zero value with null set is the
// context null, which takes all definitions away.
type local struct {
	null      bool
	protected bool              // @protected: its terms may not be redefined
	vocab     string            // @vocab, "" where absent
	terms     map[string]source // the definitions, as written
	names     []string          // the keys of terms, sorted
	text      string            // canonical JSON, to compare two contexts
}

// source is one term definition as a context writes it.
type source struct {
	id        string // @id: an IRI, a compact IRI, a term or a keyword
	coercion  string // @type: @id, @vocab, @json or a datatype
	set       bool   // @container @set: no statement depends on it, equality does
	list      bool   // @container @list
	graph     bool   // @container @graph
	scoped    *local // @context of the term, nil where absent
	simple    bool   // written as a string: may serve as prefix
	protected bool
}

// parseContext reads a context document: one object whose only member is
// @context. Whatever the table's contexts do not need is an error, so that
// nothing of a context is ever ignored.
func parseContext(data []byte) (*local, error) {
	document, err := DecodeObject(data)
	if err != nil {
		return nil, err
	}
	body, ok := document["@context"].(map[string]any)
	if !ok || len(document) != 1 {
		return nil, fmt.Errorf("context document: want one object under @context: %w", ErrContext)
	}
	return parseLocal(body)
}

func parseLocal(body map[string]any) (*local, error) {
	l := &local{terms: make(map[string]source, len(body)), text: string(appendJCS(nil, body))}
	if err := l.parseKeywords(body); err != nil {
		return nil, err
	}
	for name, definition := range body {
		if name[0] == '@' {
			continue
		}
		term, err := l.parseTerm(definition)
		if err != nil {
			return nil, fmt.Errorf("term %s: %w", name, err)
		}
		l.terms[name] = term
	}
	l.names = slices.Sorted(maps.Keys(l.terms))
	return l, nil
}

// parseKeywords reads the keywords of a context, before its terms: @protected
// is the default of each.
func (l *local) parseKeywords(body map[string]any) error {
	for name, value := range body {
		ok := true
		switch {
		case name == "":
			ok = false
		case name == "@protected":
			l.protected, ok = value.(bool)
		case name == "@vocab":
			l.vocab, ok = value.(string)
			ok = ok && checkIRI(l.vocab) == ""
		case name == "@version":
			ok = value == json.Number("1.1")
		case name[0] == '@':
			ok = false
		}
		if !ok {
			return fmt.Errorf("keyword %q: %w", name, ErrContext)
		}
	}
	return nil
}

func (l *local) parseTerm(definition any) (source, error) {
	if id, simple := definition.(string); simple {
		return source{id: id, simple: true, protected: l.protected}, nil
	}
	body, ok := definition.(map[string]any)
	if !ok {
		return source{}, fmt.Errorf("neither a string nor an object: %w", ErrContext)
	}
	term := source{protected: l.protected}
	for name, value := range body {
		if err := term.parseMember(name, value); err != nil {
			return source{}, err
		}
	}
	if term.id == "" {
		return source{}, fmt.Errorf("no @id: %w", ErrContext)
	}
	return term, nil
}

func (t *source) parseMember(name string, value any) (err error) {
	ok := true
	switch name {
	case "@id":
		t.id, ok = value.(string)
	case "@type":
		t.coercion, ok = value.(string)
	case "@protected":
		t.protected, ok = value.(bool)
	case "@container":
		ok = t.parseContainer(value)
	case "@context":
		t.scoped, err = parseScoped(value)
	default:
		ok = false
	}
	if !ok {
		return fmt.Errorf("member %q: %w", name, ErrContext)
	}
	return err
}

// parseContainer reads the containers that the table uses.
func (t *source) parseContainer(value any) bool {
	switch value {
	case "@set":
		t.set = true
	case "@list":
		t.list = true
	case "@graph":
		t.graph = true
	default:
		return false
	}
	return true
}

func parseScoped(value any) (*local, error) {
	if value == nil {
		return &local{null: true, text: "null"}, nil
	}
	body, ok := value.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("scoped context that is not an object: %w", ErrContext)
	}
	return parseLocal(body)
}
