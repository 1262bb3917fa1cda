package hosted

import (
	"context"
	"errors"

	"ramure/internal/credential"
	"ramure/internal/jsonld"
	"ramure/internal/openbadges2"
	"ramure/internal/problem"
)

const documentTypes = "application/ld+json, application/json"

// document is what an address answered, or why it is not known.
type document struct {
	address string
	doc     map[string]any // as openbadges2.Plain gives it; nil when there is none
	why     string         // the reason of a check that would need it; "" when it is there
	gone    bool           // the address says that it is no more
}

// ask gets a document from its address.
func (e *examination) ask(ctx context.Context, address string) document {
	d := document{address: address}
	if e.src.Fetch == nil {
		d.why = "addressNotAsked"
		return d
	}
	raw, err := e.src.Fetch(ctx, address, documentTypes)
	d.gone = problem.Is(err, problem.Gone)
	switch {
	case errors.Is(err, credential.ErrOffline):
		d.why = "addressNotAsked"
		return d
	case err != nil && !d.gone && !isSecure(address):
		d.why = "addressInsecure"
		return d
	case err != nil && !d.gone:
		d.why = "addressSilent"
		return d
	}
	doc, err := jsonld.DecodeObject(raw)
	if err != nil {
		d.why = "addressUnreadable"
		return d
	}
	d.doc = openbadges2.Plain(doc)
	return d
}

// gather asks for what the verdict stands on. It asks as far as the documents lead:
// each is known by the one before.
func (e *examination) gather(ctx context.Context) {
	id, _ := e.given["id"].(string)
	if given, err := openbadges2.Shape[openbadges2.Assertion](e.given); err == nil && given.IsSigned() {
		e.signed = true
	}
	switch {
	case e.signed:
		e.assertion = document{address: id, why: "signed2"}
		return
	case !isAddress(id):
		e.assertion = document{address: id, why: "nowhere"}
		return
	case e.assertion.address != id: // not had from there already
		e.assertion = e.ask(ctx, id)
	}
	e.gone = e.assertion.gone
	if e.assertion.doc == nil {
		return
	}
	e.badge = e.inside(ctx, e.assertion.doc["badge"])
	e.issuer = e.issuerOf(ctx, e.badge)
}

// inside gives an object that is embedded, or that stands at an address.
func (e *examination) inside(ctx context.Context, link any) document {
	switch link := link.(type) {
	case map[string]any:
		id, _ := link["id"].(string)
		return document{address: id, doc: link}
	case string:
		if isAddress(link) {
			return e.ask(ctx, link)
		}
	}
	return document{why: "nowhere"}
}

// issuerOf asks the issuer itself: a profile that somebody else's document holds
// says nothing of where that issuer publishes.
func (e *examination) issuerOf(ctx context.Context, badge document) document {
	if badge.doc == nil {
		return document{why: badge.why}
	}
	id, _ := badge.doc["issuer"].(string)
	if profile, embedded := badge.doc["issuer"].(map[string]any); embedded {
		id, _ = profile["id"].(string)
	}
	if !isAddress(id) {
		return document{address: id, why: "nowhere"}
	}
	return e.ask(ctx, id)
}
