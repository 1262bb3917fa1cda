package credential

import (
	"crypto"
	"fmt"

	"ramure/internal/credential/vcjwt"
	"ramure/internal/jsonld"
)

// Envelope makes the VC-JWT of a stored credential: the same content without
// its embedded proof, plus the claims that Open Badges 3.0 §8.2.4 asks for. kid
// is the address that answers the bare JWK.
func Envelope(document []byte, algorithm, kid string, key crypto.Signer) (string, error) {
	doc, err := jsonld.DecodeObject(document)
	if err != nil {
		return "", fmt.Errorf("read stored credential: %w", err)
	}
	delete(doc, "proof")
	addClaims(doc)
	payload, err := encode(doc)
	if err != nil {
		return "", fmt.Errorf("encode payload: %w", err)
	}
	return vcjwt.Sign(payload, algorithm, kid, key)
}

// addClaims repeats the members that JWT has its own names for.
func addClaims(doc map[string]any) {
	subject, _ := doc["credentialSubject"].(map[string]any)
	doc["iss"] = issuerID(doc)
	doc["jti"] = doc["id"]
	doc["sub"] = subject["id"]
	doc["nbf"] = seconds(doc["validFrom"])
	if until := seconds(doc["validUntil"]); until != nil {
		doc["exp"] = until
	}
}
