package credential

import (
	"bytes"
	"fmt"

	"ramure/internal/credential/vcjwt"
	"ramure/internal/jsonld"
)

// maxPresented is how many credentials of one presentation are read.
const maxPresented = 20

// Presentation is what somebody shows: some credentials, and perhaps a proof of who
// shows them.
type Presentation struct {
	// Credentials are those inside, each in a form that Verify reads.
	Credentials [][]byte
	// Holder is who says that they show them, "" when nobody does.
	Holder string

	doc     map[string]any
	claims  map[string]any // of the token that it came in, nil for JSON
	payload []byte
	token   vcjwt.Unverified
}

// Open reads a presentation (Data Model 2.0 §4.14 and 1.1 §4.10): JSON, enveloped, or
// a VP-JWT with or without a vp claim. Nothing of it is proven. The error is
// ErrNotPresentation for anything else, which may be a credential; ErrPresentation
// for one that holds no credential or what is none; ErrTooMany beyond 20 of them.
func Open(input []byte) (Presentation, error) {
	input = bytes.TrimSpace(input)
	if len(input) > maxSize {
		return Presentation{}, ErrNotPresentation
	}
	if isToken(input) && input[0] != '{' {
		return openToken(string(input))
	}
	if !bytes.Contains(input, []byte("Presentation")) { // spares the rest of them the work
		return Presentation{}, ErrNotPresentation
	}
	doc, err := jsonld.DecodeObject(input)
	switch {
	case err != nil:
		return Presentation{}, ErrNotPresentation
	case isOfType(doc, typeEnvelopedPresentation):
		return openEnvelope(doc)
	case isOfType(doc, typePresentation):
		return Presentation{doc: doc}.unpack()
	}
	return Presentation{}, ErrNotPresentation
}

func openEnvelope(doc map[string]any) (Presentation, error) {
	token, err := enveloped(doc, "application/vp+jwt", "application/vp+ld+json+jwt", "application/jwt")
	if err != nil {
		return Presentation{}, fmt.Errorf("%w: %w", ErrPresentation, err)
	}
	p, err := openToken(token)
	if err != nil {
		return Presentation{}, fmt.Errorf("%w: %w", ErrPresentation, err)
	}
	return p, nil
}

// openToken reads a token as a presentation, if it is one.
func openToken(text string) (Presentation, error) {
	token, err := vcjwt.ParseAs(text, "JWT", "vp+jwt", "vp+ld+jwt")
	if err != nil {
		return Presentation{}, fmt.Errorf("%w: %w", ErrNotPresentation, err)
	}
	payload, err := payloadOf(text)
	if err != nil {
		return Presentation{}, fmt.Errorf("%w: %w", ErrNotPresentation, err)
	}
	claims, err := jsonld.DecodeObject(payload)
	if err != nil {
		return Presentation{}, fmt.Errorf("%w: %w", ErrNotPresentation, err)
	}
	p := Presentation{doc: claims, claims: claims, payload: payload, token: token}
	if inside, isObject := claims["vp"].(map[string]any); isObject {
		p.doc = inside
	} else if !isOfType(claims, typePresentation) {
		return Presentation{}, ErrNotPresentation
	}
	p.Holder, _ = claims["iss"].(string)
	return p.unpack()
}

// unpack finds the credentials inside, and who shows them.
func (p Presentation) unpack() (Presentation, error) {
	list, several := p.doc["verifiableCredential"].([]any)
	if one, present := p.doc["verifiableCredential"]; present && !several {
		list = []any{one}
	}
	switch {
	case len(list) == 0:
		return Presentation{}, fmt.Errorf("%w: no credential", ErrPresentation)
	case len(list) > maxPresented:
		return Presentation{}, ErrTooMany
	}
	for _, one := range list {
		credential, err := presented(one)
		if err != nil {
			return Presentation{}, err
		}
		p.Credentials = append(p.Credentials, credential)
	}
	if err := p.findHolder(); err != nil {
		return Presentation{}, err
	}
	return p, nil
}

// presented gives one credential of a presentation: a token, or an object.
func presented(one any) ([]byte, error) {
	switch v := one.(type) {
	case string:
		return []byte(v), nil
	case map[string]any:
		return encode(v)
	}
	return nil, fmt.Errorf("%w: neither an object nor a token", ErrPresentation)
}

// findHolder reads the holder, by its id alone or as an object. That of a token is
// its issuer too.
func (p *Presentation) findHolder() error {
	holder := p.doc["holder"]
	if object, isObject := holder.(map[string]any); isObject {
		holder = object["id"]
	}
	id, isText := holder.(string)
	if holder != nil && !isText || p.Holder != "" && isText && id != p.Holder {
		return fmt.Errorf("%w: holder", ErrPresentation)
	}
	if p.Holder == "" {
		p.Holder = id
	}
	return nil
}
