package vcapi

import (
	"maps"

	"ramure/internal/credential/dataintegrity"
)

// expandable writes a document as package jsonld reads it: an empty list of
// credentials is left out, and the one context of an envelope becomes a list. Both
// are the same to JSON-LD.
func expandable(doc map[string]any) map[string]any {
	inside, present := doc["verifiableCredential"]
	if !present {
		return doc
	}
	doc = maps.Clone(doc)
	list, isList := inside.([]any)
	if !isList {
		doc["verifiableCredential"] = listedContext(inside)
		return doc
	}
	if len(list) == 0 {
		delete(doc, "verifiableCredential")
		return doc
	}
	listed := make([]any, len(list))
	for i, item := range list {
		listed[i] = listedContext(item)
	}
	doc["verifiableCredential"] = listed
	return doc
}

func listedContext(item any) any {
	object, _ := item.(map[string]any)
	context, isText := object["@context"].(string)
	if !isText {
		return item
	}
	object = maps.Clone(object)
	object["@context"] = []any{context}
	return object
}

// unsecured is a document without its proofs.
func unsecured(doc map[string]any) map[string]any {
	doc = maps.Clone(doc)
	delete(doc, "proof")
	return doc
}

// purposesOf are those that proofs of a document may have, if the request does not
// name one.
func purposesOf(o options, usual ...string) []string {
	if o.purpose != "" {
		return []string{o.purpose}
	}
	if len(usual) == 0 {
		return []string{dataintegrity.AssertionMethod}
	}
	return usual
}
