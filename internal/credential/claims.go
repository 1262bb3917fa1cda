package credential

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"ramure/internal/openbadges"
)

// takeClaims removes the registered claims from a document that is the payload
// itself, and compares each with the member that it repeats (Open Badges 3.0 §8.2.4:
// iss, jti, sub, nbf, exp). Left in, they would be undefined terms. The claims of
// Open Badges are required unless the token says by its type that it is secured as
// the W3C does (Securing VCs using JOSE and COSE §3.1.3), where they are optional.
func takeClaims(doc map[string]any, typ string) error {
	required := typ == "" || typ == "JWT"
	for _, r := range repetitions(doc) {
		got, present := doc[r.claim]
		if !present && (!required || r.member == nil) {
			continue
		}
		if !present || !repeats(got, r.member) {
			return fmt.Errorf("%w: %s", errClaims, r.claim)
		}
		delete(doc, r.claim)
	}
	return takeOthers(doc)
}

// repetition is a claim with what a member of the credential says of the same.
type repetition struct {
	claim  string
	member any
}

func repetitions(doc map[string]any) []repetition {
	current := openbadges.Current(doc)
	subject, _ := doc["credentialSubject"].(map[string]any)
	return []repetition{
		{"iss", textOrNil(issuerID(doc))}, {"jti", doc["id"]}, {"sub", subject["id"]},
		{"nbf", seconds(current["validFrom"])}, {"exp", seconds(current["validUntil"])},
	}
}

func textOrNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// takeOthers removes when the token was made, which says nothing of the credential,
// and refuses a token that is made for somebody (RFC 7519 §4.1.3): we are not.
func takeOthers(claims map[string]any) error {
	if _, present := claims["aud"]; present {
		return fmt.Errorf("%w: aud", errClaims)
	}
	if made, present := claims["iat"]; present {
		if _, isNumber := made.(json.Number); !isNumber {
			return fmt.Errorf("%w: iat", errClaims)
		}
		delete(claims, "iat")
	}
	return nil
}

// credentialClaim gives the credential in the vc claim of a token of the older form
// (Data Model 1.1 §6.3.1). A claim may stand in place of a member; where both stand
// they say the same. Nothing of the credential may stand beside vc, and a credential
// of the current form has no vc.
func credentialClaim(claims map[string]any) (map[string]any, error) {
	inside, _ := claims["vc"].(map[string]any)
	if !openbadges.IsOlderForm(inside) {
		return nil, fmt.Errorf("%w: vc", errClaims)
	}
	if err := takeOthers(claims); err != nil {
		return nil, err
	}
	doc := maps.Clone(inside)
	for name := range claims {
		if _, both := doc[name]; both || slices.Contains(besideNothing, name) {
			return nil, fmt.Errorf("%w: %s", errClaims, name)
		}
	}
	for _, r := range repetitions(doc) {
		claim, present := claims[r.claim]
		switch {
		case !present:
		case r.member != nil && !repeats(claim, r.member), r.member == nil && !fill(doc, r.claim, claim):
			return nil, fmt.Errorf("%w: %s", errClaims, r.claim)
		}
	}
	return doc, nil
}

// besideNothing are members that make a credential, or a presentation, of whatever
// has them.
var besideNothing = []string{"@context", "type", "vp", "credentialSubject", "issuer", "verifiableCredential"}

// fill puts a claim where the credential says nothing, and reports whether it could.
func fill(doc map[string]any, claim string, value any) bool {
	switch claim {
	case "iss":
		return fillID(doc, "issuer", value)
	case "sub":
		return fillID(doc, "credentialSubject", value)
	case "jti":
		return fillText(doc, "id", value)
	case "nbf":
		return fillDate(doc, "issuanceDate", value)
	}
	return fillDate(doc, "expirationDate", value)
}

// fillID puts an id into an object, or alone where there is nothing.
func fillID(doc map[string]any, member string, value any) bool {
	object, isObject := doc[member].(map[string]any)
	if !isObject {
		return fillText(doc, member, value)
	}
	object = maps.Clone(object)
	doc[member] = object
	return fillText(object, "id", value)
}

func fillText(object map[string]any, member string, value any) bool {
	_, isText := value.(string)
	if _, present := object[member]; present || !isText {
		return false
	}
	object[member] = value
	return true
}

// fillDate writes a NumericDate of whole seconds, up to the year 9999, as a
// date-time.
func fillDate(doc map[string]any, member string, value any) bool {
	const last = 253402300799
	number, _ := value.(json.Number)
	at, err := strconv.ParseInt(string(number), 10, 64)
	if err != nil || at < 0 || at > last {
		return false
	}
	return fillText(doc, member, openbadges.FormatDateTime(time.Unix(at, 0)))
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
