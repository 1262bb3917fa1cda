package did

import (
	"fmt"
	"slices"
	"strings"

	"ramure/internal/jsonld"
)

// Bounds of what strangers publish.
const (
	maxIdentifier = 2000 // characters of a DID or an address
	maxMethods    = 256  // methods in a document: a key a month for twenty years
)

// ParseDocument reads the document of wantID (DID Core 1.0 §5, Controlled
// Identifiers 1.0 §2): a DID document, or what an https address answers about
// itself. Ids may be relative ("#key-1"), methods may stand in assertionMethod
// itself, lists of one may be bare; members that verification does not need are
// ignored.
//
// The id must be wantID, and nothing may stand twice or publish a private key: the
// error is an ErrDocument. A method that is not this document's own, or of which
// anything is in doubt (its type, form, key, dates or controller), is no key for
// anybody, and the good ones beside it still count.
func ParseDocument(data []byte, wantID string) (Document, error) {
	members, err := jsonld.DecodeObject(data)
	if err != nil {
		return Document{}, fmt.Errorf("%w: %w", ErrDocument, err)
	}
	if id, _ := members["id"].(string); id != wantID || wantID == "" {
		return Document{}, fmt.Errorf("%w: its id is not the one asked for", ErrDocument)
	}
	document := Document{ID: wantID}
	if err := document.readMethods(members["verificationMethod"]); err != nil {
		return Document{}, err
	}
	return document, document.readAssertions(members["assertionMethod"])
}

func (d *Document) readMethods(value any) error {
	list, err := parseList(value, "verificationMethod")
	if err != nil {
		return err
	}
	for _, item := range list {
		members, isObject := item.(map[string]any)
		if !isObject {
			return fmt.Errorf("%w: a method is no object", ErrDocument)
		}
		if _, err := d.readMethod(members); err != nil {
			return err
		}
	}
	return nil
}

// readMethod adds a method and gives its absolute id, "" for one that is not this
// document's own.
func (d *Document) readMethod(members map[string]any) (string, error) {
	if err := refuseSecrets(members); err != nil {
		return "", fmt.Errorf("%w: %w", ErrDocument, err)
	}
	id, _ := members["id"].(string)
	if id = absolute(id, d.ID); !ownID(id, d.ID) {
		return "", nil
	}
	for _, known := range d.VerificationMethod {
		if known.ID == id {
			return "", fmt.Errorf("%w: a method stands twice", ErrDocument)
		}
	}
	if len(d.VerificationMethod) == maxMethods {
		return "", fmt.Errorf("%w: over %d methods", ErrDocument, maxMethods)
	}
	d.VerificationMethod = append(d.VerificationMethod, parseMethod(id, members))
	return id, nil
}

// readAssertions reads which methods are for assertions: by their ids, or written
// out in place. Ids of other documents are kept apart: they are no keys of this one,
// but its owner vouches for them.
func (d *Document) readAssertions(value any) error {
	list, err := parseList(value, "assertionMethod")
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, item := range list {
		id, err := d.readAssertion(item)
		switch {
		case err != nil:
			return err
		case seen[id]:
			return fmt.Errorf("%w: a method is twice for assertions", ErrDocument)
		case ownID(id, d.ID):
			d.AssertionMethod = append(d.AssertionMethod, id)
		case id != "":
			d.elsewhere = append(d.elsewhere, id)
		}
		seen[id] = id != ""
	}
	d.AssertionMethod = slices.DeleteFunc(d.AssertionMethod, d.sendElsewhere)
	return nil
}

// sendElsewhere puts a key address aside that the document names and does not hold.
func (d *Document) sendElsewhere(id string) bool {
	held := slices.ContainsFunc(d.VerificationMethod, func(m VerificationMethod) bool { return m.ID == id })
	if held || !isAddress(id) {
		return false
	}
	d.elsewhere = append(d.elsewhere, id)
	return true
}

func (d *Document) readAssertion(item any) (string, error) {
	switch v := item.(type) {
	case string:
		return absolute(v, d.ID), nil
	case map[string]any:
		return d.readMethod(v)
	}
	return "", fmt.Errorf("%w: assertionMethod holds something else than methods", ErrDocument)
}

// parseList reads a list, or the one value that stands for a list of one.
func parseList(value any, name string) ([]any, error) {
	list, isList := value.([]any)
	if !isList && value != nil {
		list = []any{value}
	}
	if len(list) > maxMethods {
		return nil, fmt.Errorf("%w: %s is longer than %d", ErrDocument, name, maxMethods)
	}
	return list, nil
}

// absolute resolves a relative id: a fragment under the document's own (DID Core 1.0
// §3.2.2).
func absolute(id, base string) string {
	if strings.HasPrefix(id, "#") {
		return base + id
	}
	return id
}

// ownID says whether a method's id is the document's own to give: its id, "#" and
// a plain fragment, or a key address on its own origin.
func ownID(method, id string) bool {
	if len(method) > maxIdentifier {
		return false
	}
	if isAddress(method) {
		return sameOrigin(method, id)
	}
	fragment, ok := strings.CutPrefix(method, id+"#")
	return ok && fragment != "" && !strings.ContainsFunc(fragment, oddInFragment)
}

func oddInFragment(r rune) bool {
	return r <= ' ' || r >= 0x7f || r == '#' || r == '"' || r == '<' || r == '>'
}
