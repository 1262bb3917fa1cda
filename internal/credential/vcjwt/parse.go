package vcjwt

import (
	"crypto"
	"encoding/base64"
	"fmt"
	"strings"

	"ramure/internal/jsonld"
)

// Limits of what is read, in bytes of text.
const (
	MaxToken  = 512 << 10
	maxHeader = 8 << 10
)

// Unverified is a token whose form is right and whose signature is not checked yet.
// It gives the payload to nobody: see Verify.
type Unverified struct {
	input     string // what is signed: the first two parts as they stand
	header    Header
	payload   []byte
	signature []byte
}

// Parse reads a JWS in compact serialisation (RFC 7515 §7.1). Each part must be
// the one base64url text of its bytes, so that a signed token has one spelling.
// The error is ErrMalformed or ErrRefused.
func Parse(token string) (Unverified, error) { return ParseAs(token, credentialTypes...) }

// ParseAs is Parse for tokens of other types, such as vp+jwt for presentations; a
// typ may always be absent.
func ParseAs(token string, types ...string) (Unverified, error) {
	if len(token) > MaxToken {
		return Unverified{}, fmt.Errorf("%w: %d bytes", ErrMalformed, len(token))
	}
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return Unverified{}, fmt.Errorf("%w: %d parts", ErrMalformed, len(parts))
	}
	if len(parts[0]) > maxHeader {
		return Unverified{}, fmt.Errorf("%w: header of %d bytes", ErrMalformed, len(parts[0]))
	}
	var decoded [3][]byte
	for i, part := range parts {
		data, err := decodePart(part)
		if err != nil {
			return Unverified{}, err
		}
		decoded[i] = data
	}
	header, err := parseHeader(decoded[0], types)
	if err != nil {
		return Unverified{}, err
	}
	input := token[:len(parts[0])+len(".")+len(parts[1])]
	return Unverified{input: input, header: header, payload: decoded[1], signature: decoded[2]}, nil
}

// decodePart reads a part that is not empty. Go's decoder skips line breaks and
// ignores spare bits: what would have been written is compared with what stands.
func decodePart(part string) ([]byte, error) {
	data, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil || part == "" || base64.RawURLEncoding.EncodeToString(data) != part {
		return nil, fmt.Errorf("%w: a part is not canonical base64url", ErrMalformed)
	}
	return data, nil
}

// Header gives the header, which is not trustworthy before Verify.
func (u Unverified) Header() Header { return u.header }

// Issuer gives whose key the token asks for: the claim iss (RFC 7519 §4.1.1), else
// the issuer or issuer.id of the credential itself, which the W3C form leaves as
// the only one. It is a claim: after Verify the caller compares it with what the
// credential says and with the owner of the key. It is "" if there is none.
func (u Unverified) Issuer() string {
	claims, err := jsonld.DecodeObject(u.payload)
	if err != nil {
		return ""
	}
	for _, value := range []any{claims["iss"], claims["issuer"]} {
		if object, ok := value.(map[string]any); ok {
			value = object["id"]
		}
		if text, ok := value.(string); ok && text != "" {
			return text
		}
	}
	return ""
}

// Verify checks the signature with the issuer's key, which must be of the kind that
// the header's algorithm asks for, and gives the payload: the very bytes that were
// signed, not yet known to be JSON. The error is ErrKey or ErrSignature.
func (u Unverified) Verify(key crypto.PublicKey) ([]byte, error) {
	if err := checkPair(u.header.Alg, key); err != nil {
		return nil, err
	}
	a := algorithms[u.header.Alg]
	if !a.verifies(key, a.hash, a.digest(u.input), u.signature) {
		return nil, ErrSignature
	}
	return u.payload, nil
}
