package jsonld

import "slices"

// object remembers an object with an id that said more than its types.
type object struct {
	id, graph Term
	typed     *vocabulary
	terms     []string // the IRIs of its properties
	whole     bool     // a document, a graph's subject or a credential
	trail     trail
}

// remember keeps an object for checkScattered.
func (p *placer) remember(typed *vocabulary, members []member, id, graph Term, top bool) {
	if id.Kind != IRI {
		return
	}
	types := find(members, "@type")
	o := object{id: id, graph: graph, typed: typed, whole: top || types != nil && says(types.value, "VerifiableCredential")}
	for _, m := range members {
		if m.meaning[0] != '@' {
			o.terms = append(o.terms, m.meaning)
		}
	}
	if o.whole || len(o.terms) > 0 {
		o.trail = slices.Clone(p.trail)
		p.objects = append(p.objects, o)
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
	return slices.ContainsFunc(o.terms, home.typed.names)
}
