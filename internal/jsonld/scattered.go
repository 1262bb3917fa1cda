package jsonld

import "slices"

// object remembers an object with an id that said more than its types.
type object struct {
	id, graph Term
	typed     *vocabulary
	body      map[string]any
	whole     bool // a document, a graph's subject or a credential
	trail     trail
}

// remember keeps an object for checkScattered.
func (p *placer) remember(typed *vocabulary, body map[string]any, members []member, id, graph Term, top bool) {
	if id.Kind != IRI {
		return
	}
	types := find(members, "@type")
	whole := top || types != nil && says(types.value, "VerifiableCredential")
	speaks := func(m member) bool { return m.meaning[0] != '@' }
	if whole || slices.ContainsFunc(members, speaks) {
		p.objects = append(p.objects, object{id: id, graph: graph, typed: typed, body: body, whole: whole, trail: slices.Clone(p.trail)})
	}
}

// checkScattered refuses documents that say things about a credential away from
// it. Statements do not know in which of two objects of one id they stood, so
// the expiry or the status of a credential could be moved, under a valid
// signature, to where no reader of the JSON looks. What can be said in the
// credential's own object must be said there; an endorsement may comment on it.
func (p *placer) checkScattered() error {
	for i := range p.objects {
		if !p.objects[i].whole {
			continue
		}
		for j := range p.objects {
			if i != j && p.objects[j].competes(&p.objects[i]) {
				return p.objects[j].trail.refuse(ErrLoss, "scattered")
			}
		}
	}
	return nil
}

// competes tells whether o says of the same thing what home could say of it.
func (o *object) competes(home *object) bool {
	if o.id != home.id || o.graph != home.graph {
		return false
	}
	for name := range o.body {
		if meaning := o.typed.expand(name, true); meaning[0] != '@' && home.typed.names(meaning) {
			return true
		}
	}
	return false
}
