package vcjwt

import (
	"crypto"
	"fmt"
	"slices"
	"strings"

	"ramure/internal/did"
	"ramure/internal/jsonld"
)

// maxKid is the longest key id: it is an address or a DID URL.
const maxKid = 2000

// Header is what the protected header says.
type Header struct {
	Alg string // RS256, PS256, ES256, ES384 or EdDSA
	Kid string // a DID URL or an https address; "" if absent
	Typ string // "", JWT, vc+jwt or vc+ld+jwt; for ParseAs one of the types asked for
	Cty string // what is inside, such as vc; "" if absent

	// JWK is the key of a jwk header, nil if there is none, and Thumbprint its
	// RFC 7638 thumbprint. Anybody can write one: it counts only if the issuer
	// publishes a key of this thumbprint (did.ThumbprintURI).
	JWK        crypto.PublicKey
	Thumbprint string
}

// credentialTypes are those of a credential's token; a typ may also be absent.
var credentialTypes = []string{"JWT", "vc+jwt", "vc+ld+jwt"}

// madeTypes are those that we sign: a presentation has one of its own.
var madeTypes = append([]string{"vp+jwt"}, credentialTypes...)

// ourMembers are read; refusedMembers would make somebody fetch, trust or decode
// something (RFC 7515 §4.1, RFC 7516 §4.1, RFC 7797). Others are ignored, as
// RFC 7515 §4 asks.
var (
	ourMembers     = []string{"alg", "kid", "typ", "cty", "jwk"}
	refusedMembers = []string{
		"jku", "x5u", "x5c", "x5t", "x5t#S256", "crit", "b64",
		"zip", "enc", "epk", "apu", "apv", "iv", "tag", "p2s", "p2c",
	}
)

func parseHeader(data []byte, types []string) (Header, error) {
	members, err := jsonld.DecodeObject(data) // refuses duplicates
	if err != nil {
		return Header{}, fmt.Errorf("%w: header: %w", ErrMalformed, err)
	}
	if err := checkNames(members); err != nil {
		return Header{}, err
	}
	var header Header
	texts := map[string]*string{"alg": &header.Alg, "kid": &header.Kid, "typ": &header.Typ, "cty": &header.Cty}
	for name, into := range texts {
		if err := readText(members, name, into); err != nil {
			return Header{}, err
		}
	}
	if err := header.check(types); err != nil {
		return Header{}, err
	}
	return header, header.readJWK(members)
}

// checkNames refuses dangerous members, and members that a reader without regard
// to case would take for ours: Go's encoding/json reads "ALG" as "alg".
func checkNames(members map[string]any) error {
	for name := range members {
		if slices.Contains(ourMembers, name) {
			continue
		}
		same := func(known string) bool { return strings.EqualFold(name, known) }
		if slices.ContainsFunc(ourMembers, same) || slices.ContainsFunc(refusedMembers, same) {
			return fmt.Errorf("%w: member %.16q", ErrRefused, name)
		}
	}
	return nil
}

// readText reads a member that is absent or a text; null is neither.
func readText(members map[string]any, name string, into *string) error {
	value, found := members[name]
	if !found {
		return nil
	}
	text, ok := value.(string)
	if !ok || text == "" {
		return fmt.Errorf("%w: %s is not a text", ErrMalformed, name)
	}
	*into = text
	return nil
}

func (h Header) check(types []string) error {
	if _, known := algorithms[h.Alg]; !known {
		return fmt.Errorf("%w: algorithm %.16q", ErrRefused, h.Alg)
	}
	if h.Typ != "" && !slices.Contains(types, h.Typ) {
		return fmt.Errorf("%w: typ %.32q", ErrRefused, h.Typ)
	}
	if len(h.Kid) > maxKid || strings.ContainsFunc(h.Kid, notInAddress) {
		return fmt.Errorf("%w: kid is no address", ErrRefused)
	}
	return nil
}

// notInAddress says of a character that no address or DID URL has it (RFC 3986).
func notInAddress(r rune) bool {
	return r <= ' ' || r >= 0x7f || strings.ContainsRune("\"<>\\^`{|}", r)
}

func (h *Header) readJWK(members map[string]any) (err error) {
	value, found := members["jwk"]
	if !found {
		return nil
	}
	jwk, _ := value.(map[string]any)
	if h.JWK, err = did.JWKFromMap(jwk); err != nil {
		return fmt.Errorf("%w: jwk: %w", ErrRefused, err)
	}
	h.Thumbprint, err = did.Thumbprint(h.JWK)
	return err
}
