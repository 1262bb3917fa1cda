package credential

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"ramure/internal/credential/vcjwt"
	"ramure/internal/jsonld"
	"ramure/internal/openbadges"
)

// form is the form in which a credential came.
type form string

const (
	formJSON form = "json"
	formJWT  form = "jwt"
)

// maxSize is the largest credential that is read, in bytes, JWT too.
const maxSize = 512 << 10

var (
	errTooLarge = errors.New("larger than 512 KiB")
	errNoForm   = errors.New("neither JSON nor a VC-JWT")
	errClaims   = errors.New("a claim of the JWT contradicts the credential")
)

// read finds the form of the input and decodes it strictly. For a JWT the
// document is the payload without its claims; nothing of it is proven yet.
func (e *examination) read(input []byte) error {
	input = bytes.TrimSpace(input)
	switch {
	case len(input) > maxSize:
		return errTooLarge
	case len(input) > 0 && input[0] == '{':
		return e.readJSON(input)
	case bytes.Count(input, []byte{'.'}) == 2:
		return e.readJWT(string(input))
	}
	return errNoForm
}

func (e *examination) readJSON(input []byte) (err error) {
	e.form = formJSON
	e.doc, err = jsonld.DecodeObject(input)
	return err
}

func (e *examination) readJWT(token string) (err error) {
	e.form = formJWT
	if e.token, err = vcjwt.Parse(token); err != nil {
		return err
	}
	e.payload, err = base64.RawURLEncoding.Strict().DecodeString(strings.Split(token, ".")[1])
	if err != nil {
		return err
	}
	if e.doc, err = jsonld.DecodeObject(e.payload); err != nil {
		return err
	}
	return e.takeClaims()
}

// takeClaims removes the registered claims from the document and compares each
// with the member that it repeats (Open Badges 3.0 §8.2.4: iss, jti, sub, nbf,
// exp). Left in, they would be undefined terms.
func (e *examination) takeClaims() error {
	subject, _ := e.doc["credentialSubject"].(map[string]any)
	repeated := []struct {
		claim    string
		want     any
		required bool
	}{
		{"iss", issuerID(e.doc), true},
		{"jti", e.doc["id"], true},
		{"sub", subject["id"], true},
		{"nbf", seconds(e.doc["validFrom"]), true},
		{"exp", seconds(e.doc["validUntil"]), e.doc["validUntil"] != nil},
	}
	for _, r := range repeated {
		got, present := e.doc[r.claim]
		if !present && !r.required {
			continue
		}
		if !present || !repeats(got, r.want) {
			return fmt.Errorf("%w: %s", errClaims, r.claim)
		}
		delete(e.doc, r.claim)
	}
	return nil
}

// repeats reports whether a claim says the same as the member: a text the same
// text, a NumericDate the same number.
func repeats(claim, member any) bool {
	switch claim.(type) {
	case string, json.Number:
		return claim == member
	}
	return false
}

// seconds turns a date-time into the NumericDate of RFC 7519 §2; nil stays nil.
func seconds(v any) any {
	text, _ := v.(string)
	t, err := openbadges.ParseDateTime(text)
	if err != nil {
		return nil
	}
	return json.Number(fmt.Sprint(t.Unix()))
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
