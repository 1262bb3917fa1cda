package credential

import (
	"bytes"
	"encoding/base64"
	"errors"
	"slices"
	"strings"

	"ramure/internal/credential/vcjwt"
	"ramure/internal/jsonld"
	"ramure/internal/openbadges"
)

// form is the form in which a credential came.
type form string

const (
	formJSON      form = "json"
	formJWT       form = "jwt"
	formEnveloped form = "enveloped"
)

// maxSize is the largest credential that is read, in bytes, JWT too.
const maxSize = 512 << 10

// Names of the W3C for what carries credentials (Data Model 2.0 §4.13, §4.14).
const (
	typePresentation          = "VerifiablePresentation"
	typeEnvelopedCredential   = "EnvelopedVerifiableCredential"
	typeEnvelopedPresentation = "EnvelopedVerifiablePresentation"
)

var (
	errTooLarge     = errors.New("larger than 512 KiB")
	errNoForm       = errors.New("neither JSON nor a VC-JWT")
	errClaims       = errors.New("a claim of the JWT contradicts the credential")
	errEnvelope     = errors.New("an envelope that holds something else")
	errPresentation = errors.New("a presentation")
)

// read finds the form of the input and decodes it strictly. For a JWT the
// document is what the payload says without its claims; nothing of it is proven
// yet.
func (e *examination) read(input []byte) error {
	input = bytes.TrimSpace(input)
	switch {
	case len(input) > maxSize:
		return errTooLarge
	case len(input) > 0 && input[0] == '{':
		return e.readJSON(input)
	case isToken(input):
		e.form = formJWT
		return e.readJWT(string(input))
	}
	return errNoForm
}

// isToken reports three parts between dots, as a compact JWT has.
func isToken(input []byte) bool { return bytes.Count(input, []byte{'.'}) == 2 }

func (e *examination) readJSON(input []byte) error {
	e.form = formJSON
	doc, err := jsonld.DecodeObject(input)
	switch {
	case err != nil:
		return err
	case isOfType(doc, typeEnvelopedCredential):
		return e.readEnvelope(doc)
	case isOfType(doc, typePresentation), isOfType(doc, typeEnvelopedPresentation):
		return errPresentation
	}
	e.doc = doc
	return nil
}

// readEnvelope reads the token in an EnvelopedVerifiableCredential.
func (e *examination) readEnvelope(doc map[string]any) error {
	token, err := enveloped(doc, "application/vc+jwt", "application/vc+ld+json+jwt", "application/jwt")
	if err != nil {
		return err
	}
	e.form = formEnveloped
	return e.readJWT(token)
}

// enveloped gives the token that an envelope's id holds, as a data: IRI of one of
// those media types (Data Model 2.0 §4.13). Nothing signs the envelope, so it may
// say nothing besides.
func enveloped(doc map[string]any, media ...string) (string, error) {
	for name := range doc {
		if name != "@context" && name != "id" && name != "type" {
			return "", errEnvelope
		}
	}
	id, _ := doc["id"].(string)
	kind, token, found := strings.Cut(strings.TrimPrefix(id, "data:"), ",")
	if !found || !strings.HasPrefix(id, "data:") || !slices.Contains(media, kind) {
		return "", errEnvelope
	}
	if contexts, several := doc["@context"].([]any); several && len(contexts) > 0 && contexts[0] == openbadges.ContextVC2 ||
		doc["@context"] == openbadges.ContextVC2 {
		return token, nil
	}
	return "", errEnvelope
}

// isOfType reports whether a word stands as the type, or among the types.
func isOfType(doc map[string]any, word string) bool {
	types, several := doc["type"].([]any)
	return doc["type"] == word || several && slices.Contains(types, any(word))
}

func (e *examination) readJWT(token string) (err error) {
	if e.token, err = vcjwt.Parse(token); err != nil {
		return err
	}
	if e.payload, err = payloadOf(token); err != nil {
		return err
	}
	claims, err := jsonld.DecodeObject(e.payload)
	if err != nil {
		return err
	}
	if _, inside := claims["vc"]; inside {
		e.doc, err = credentialClaim(claims)
		return err
	}
	if _, shown := claims["vp"]; shown || isOfType(claims, typePresentation) {
		return errPresentation
	}
	e.doc = claims
	return takeClaims(e.doc, e.token.Header().Typ)
}

// payloadOf decodes the payload of a token whose signature is not verified yet.
func payloadOf(token string) ([]byte, error) {
	return base64.RawURLEncoding.Strict().DecodeString(strings.Split(token, ".")[1])
}

// issuerID gives the issuer's id, whether it stands as an object or alone.
func issuerID(doc map[string]any) string {
	if profile, ok := doc["issuer"].(map[string]any); ok {
		id, _ := profile["id"].(string)
		return id
	}
	id, _ := doc["issuer"].(string)
	return id
}
