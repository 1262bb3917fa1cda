package did

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"ramure/internal/jsonld"
)

// Bounds of what strangers publish.
const (
	maxIdentifier = 2000 // characters of a DID or an address
	maxMethods    = 256  // methods in a document: a key a month for twenty years
)

// ParseDocument reads the document of wantID strictly (DID Core 1.0 §5):
// the id equal to wantID, each method absolute and controlled by it, no method
// twice, assertionMethod a list of absolute method ids. Members that verification
// does not need are ignored; a method whose key is of a kind that is not verified
// here stays listed without key. The error is an ErrDocument.
func ParseDocument(data []byte, wantID string) (Document, error) {
	members, err := jsonld.DecodeObject(data)
	if err != nil {
		return Document{}, fmt.Errorf("%w: %w", ErrDocument, err)
	}
	if id, _ := members["id"].(string); id != wantID || wantID == "" {
		return Document{}, fmt.Errorf("%w: its id is not the one asked for", ErrDocument)
	}
	document := Document{ID: wantID}
	if document.VerificationMethod, err = parseMethods(members["verificationMethod"], wantID); err != nil {
		return Document{}, err
	}
	if document.AssertionMethod, err = parseReferences(members["assertionMethod"], wantID); err != nil {
		return Document{}, err
	}
	return document, nil
}

func parseMethods(value any, id string) ([]VerificationMethod, error) {
	list, err := parseList(value, "verificationMethod")
	if err != nil {
		return nil, err
	}
	methods, seen := make([]VerificationMethod, 0, len(list)), map[string]bool{}
	for _, item := range list {
		method, err := parseMethod(item, id)
		if err != nil {
			return nil, err
		}
		if seen[method.ID] {
			return nil, fmt.Errorf("%w: a method stands twice", ErrDocument)
		}
		seen[method.ID] = true
		methods = append(methods, method)
	}
	return methods, nil
}

func parseReferences(value any, id string) ([]string, error) {
	list, err := parseList(value, "assertionMethod")
	if err != nil {
		return nil, err
	}
	references, seen := make([]string, 0, len(list)), map[string]bool{}
	for _, item := range list {
		reference, ok := item.(string)
		if !ok || !ownFragment(reference, id) || seen[reference] {
			return nil, fmt.Errorf("%w: assertionMethod holds something else than method ids", ErrDocument)
		}
		seen[reference] = true
		references = append(references, reference)
	}
	return references, nil
}

func parseList(value any, name string) ([]any, error) {
	list, ok := value.([]any)
	if value != nil && !ok || len(list) > maxMethods {
		return nil, fmt.Errorf("%w: %s is not a list of at most %d", ErrDocument, name, maxMethods)
	}
	return list, nil
}

func parseMethod(value any, id string) (VerificationMethod, error) {
	members, _ := value.(map[string]any)
	method := VerificationMethod{}
	var known bool
	if method.ID, known = members["id"].(string); !known || !ownFragment(method.ID, id) {
		return method, fmt.Errorf("%w: the id of a method is not absolute under the document's", ErrDocument)
	}
	if method.Controller, _ = members["controller"].(string); method.Controller != id {
		return method, fmt.Errorf("%w: a method has another controller", ErrDocument)
	}
	if method.Type, known = members["type"].(string); !known {
		return method, fmt.Errorf("%w: a method has no type", ErrDocument)
	}
	if err := method.parseKey(members); err != nil {
		return method, fmt.Errorf("%w: key of a method: %w", ErrDocument, err)
	}
	return method, method.parseDates(members)
}

// parseKey reads the key in the form that the type asks for. A method with two
// forms could mean one key here and another elsewhere.
func (m *VerificationMethod) parseKey(members map[string]any) error {
	multibase, isMultibase := members["publicKeyMultibase"]
	jwk, isJWK := members["publicKeyJwk"]
	for _, secret := range []string{"secretKeyMultibase", "privateKeyMultibase", "secretKeyJwk", "privateKeyJwk"} {
		if _, found := members[secret]; found {
			return fmt.Errorf("%w: a private key is published", ErrKey)
		}
	}
	if isMultibase && isJWK {
		return fmt.Errorf("%w: two forms at once", ErrKey)
	}
	switch m.Type {
	case "Multikey", "Ed25519VerificationKey2020":
		return m.parseMultibase(multibase)
	case "JsonWebKey", "JsonWebKey2020":
		return m.parseJWK(jwk)
	}
	return nil // of no use here: public stays nil
}

// parseMultibase and parseJWK leave public nil for a key that is not accepted here
// (another curve, RSA of 1,024 bits): the good keys beside it still count.
func (m *VerificationMethod) parseMultibase(value any) error {
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("%w: no publicKeyMultibase", ErrKey)
	}
	m.PublicKeyMultibase = text
	if public, err := DecodeMultikey(text); err == nil {
		m.public = public
	}
	return nil
}

func (m *VerificationMethod) parseJWK(value any) error {
	members, ok := value.(map[string]any)
	if !ok {
		return fmt.Errorf("%w: no publicKeyJwk", ErrKey)
	}
	if err := refusePrivate(members); err != nil {
		return err
	}
	m.algorithm, _ = members["alg"].(string)
	if public, err := JWKFromMap(members); err == nil {
		m.public = public
	}
	text, err := json.Marshal(members)
	m.PublicKeyJwk = text
	return err
}

func (m *VerificationMethod) parseDates(members map[string]any) (err error) {
	if m.Expires, m.expires, err = parseDate(members, "expires"); err != nil {
		return err
	}
	m.Revoked, m.revoked, err = parseDate(members, "revoked")
	return err
}

// parseDate reads a dateTimeStamp: a date-time whose zone is obligatory. A date
// that cannot be read must not pass for "never revoked".
func parseDate(members map[string]any, name string) (string, *time.Time, error) {
	value, found := members[name]
	if !found {
		return "", nil, nil
	}
	text, _ := value.(string)
	at, err := time.Parse(time.RFC3339, text)
	if err != nil || strings.Contains(text, ",") { // which Go takes for a point
		return "", nil, fmt.Errorf("%w: %s is not a date-time with zone", ErrDocument, name)
	}
	return text, &at, nil
}

// ownFragment says whether method is id, "#" and a plain fragment.
func ownFragment(method, id string) bool {
	fragment, ok := strings.CutPrefix(method, id+"#")
	return ok && fragment != "" && len(method) <= maxIdentifier && !strings.ContainsFunc(fragment, oddInFragment)
}

func oddInFragment(r rune) bool {
	return r <= ' ' || r >= 0x7f || r == '#' || r == '"' || r == '<' || r == '>'
}
