package jsonld

import (
	"context"
	"slices"
	"strconv"
	"strings"
)

// placer walks a document and makes its statements (JSON-LD API §5.1 expansion
// and §8 serialisation as RDF, in one go). Whatever it meets becomes a statement
// or an error: there is no branch that skips.
type placer struct {
	trail
	ctx     context.Context
	library *library
	allowed settings
	quads   []Quad
	members []member // stack: those of every object that is being placed
	used    map[derivation]*vocabulary
	objects []object // the objects with an id, to see that none is scattered
	blanks  int
	placed  int // leaves that became part of a statement
}

// member is one name of an object with what it means there.
type member struct {
	name    string
	meaning string // a keyword, an IRI, or the name itself where undefined
	term    *term  // nil where no term has this name
	value   any
}

// document places the whole document in the default graph.
func (p *placer) document(document map[string]any) error {
	if _, found := document["@context"]; !found {
		return p.refuse(ErrContext, "missing")
	}
	if _, err := p.subject(p.library.empty, nil, document, Term{}); err != nil {
		return err
	}
	return p.checkScattered()
}

// subject places an object that nothing points to: the document, or what a
// named graph holds. It must say something by itself.
func (p *placer) subject(v *vocabulary, via *term, value any, graph Term) (Term, error) {
	members, isObject := value.(map[string]any)
	if !isObject {
		return Term{}, p.refuse(ErrLoss, "notAnObject")
	}
	before := len(p.quads)
	node, err := p.object(v, via, members, graph, true)
	if err == nil && len(p.quads) == before {
		err = p.refuse(ErrLoss, "emptyNode")
	}
	return node, err
}

// object places an object found under a property (nil for the document) and
// gives the term that stands for it. top says that it is a subject.
func (p *placer) object(v *vocabulary, via *term, body map[string]any, graph Term, top bool) (Term, error) {
	if err := p.ctx.Err(); err != nil {
		return Term{}, err
	}
	base := len(p.members)
	defer func() { p.members = p.members[:base] }()
	members := p.sorted(body)
	scope, err := p.scope(v, via, members, body)
	if err != nil {
		return Term{}, err
	}
	typed, err := p.typeScoped(scope, members)
	if err != nil {
		return Term{}, err
	}
	for i := range members {
		m := &members[i]
		m.meaning, m.term = typed.expand(m.name, true), typed.terms[m.name]
	}
	if find(members, "@value") != nil {
		return p.valueObject(scope, via, members, top)
	}
	return p.node(scope, typed, body, members, graph, top)
}

// sorted puts the members of an object on the stack, in the order of their
// names, so that the same document always gives the same statements.
func (p *placer) sorted(body map[string]any) []member {
	base := len(p.members)
	for name, value := range body {
		p.members = append(p.members, member{name: name, value: value})
	}
	members := p.members[base:len(p.members):len(p.members)]
	slices.SortFunc(members, func(a, b member) int { return strings.Compare(a.name, b.name) })
	return members
}

func find(members []member, meaning string) *member {
	for i := range members {
		if members[i].meaning == meaning {
			return &members[i]
		}
	}
	return nil
}

// blank makes a new blank node.
func (p *placer) blank() (Term, error) {
	if p.blanks == MaxBlankNodes {
		return Term{}, p.refuse(ErrLimit, "blankNodes")
	}
	label := "b" + strconv.Itoa(p.blanks)
	p.blanks++
	return blankTerm(label), nil
}

func (p *placer) say(subject Term, predicate string, object, graph Term) {
	p.quads = append(p.quads, Quad{Subject: subject, Predicate: iriTerm(predicate), Object: object, Graph: graph})
}
