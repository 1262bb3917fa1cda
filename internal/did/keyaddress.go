package did

import (
	"context"
	"crypto"
	"fmt"
	"strings"

	"ramure/internal/jsonld"
)

// offer is a key that an address answers.
type offer struct {
	public     crypto.PublicKey
	algorithm  string
	thumbprint string
	named      bool // the set says that this is the one that was asked for
}

// parseKeys reads what a key address answers: a bare JWK (Open Badges 3.0 §8.2.4),
// a JWK set (RFC 7517 §5), or a method of the address's own name. Of a set, keys that
// are not accepted here are left out. The error is ErrDocument or ErrKey.
func parseKeys(data []byte, address string) ([]offer, error) {
	members, err := jsonld.DecodeObject(data)
	if err != nil {
		return nil, fmt.Errorf("%w: key address: %w", ErrDocument, err)
	}
	if set, isSet := members["keys"].([]any); isSet {
		return offersOf(set, address), nil
	}
	if _, isMethod := members["controller"]; isMethod {
		key, err := parseBareMethod(members, address)
		if err != nil {
			return nil, err
		}
		return offerOf(key.Public, key.Algorithm)
	}
	public, err := JWKFromMap(members)
	if err != nil {
		return nil, err
	}
	algorithm, _ := members["alg"].(string)
	return offerOf(public, algorithm)
}

func offerOf(public crypto.PublicKey, algorithm string) ([]offer, error) {
	thumbprint, err := Thumbprint(public)
	if err != nil {
		return nil, err
	}
	return []offer{{public: public, algorithm: algorithm, thumbprint: thumbprint, named: true}}, nil
}

// offersOf reads a set. An entry is named by its kid: the address itself, or the
// fragment after it.
func offersOf(set []any, address string) []offer {
	_, fragment, _ := strings.Cut(address, "#")
	var offers []offer
	for _, item := range set[:min(len(set), maxMethods)] {
		jwk, _ := item.(map[string]any)
		public, err := JWKFromMap(jwk)
		if err != nil {
			continue
		}
		algorithm, _ := jwk["alg"].(string)
		made, err := offerOf(public, algorithm)
		if err != nil {
			continue
		}
		kid, _ := jwk["kid"].(string)
		made[0].named = kid != "" && (kid == address || kid == fragment)
		offers = append(offers, made...)
	}
	return offers
}

// only gives the key that the offers mean: the one that is named, or the only one.
// Guessing among several would let whoever writes the set choose.
func only(offers []offer) (offer, error) {
	var named []offer
	for _, o := range offers {
		if o.named {
			named = append(named, o)
		}
	}
	switch {
	case len(named) == 1:
		return named[0], nil
	case len(named) == 0 && len(offers) == 1:
		return offers[0], nil
	}
	return offer{}, fmt.Errorf("%w: the address does not say which", ErrUnknownKey)
}

// parseBareMethod reads an answer that is a method by itself: it must have the
// address as id, and controller says whose it is.
func parseBareMethod(members map[string]any, address string) (VerificationKey, error) {
	if err := refuseSecrets(members); err != nil {
		return VerificationKey{}, err
	}
	if id, _ := members["id"].(string); id != address {
		return VerificationKey{}, fmt.Errorf("%w: a method of another address", ErrDocument)
	}
	m := parseMethod(address, members)
	if m.public == nil {
		return VerificationKey{}, fmt.Errorf("%w: key type %.64q", ErrKey, m.Type)
	}
	return VerificationKey{Public: m.public, Algorithm: m.algorithm, Controller: m.Controller, Method: address, Revoked: m.revoked, Expires: m.expires}, nil
}

// keyAt gives the key at an address that somebody else has vouched for: a bare key,
// or a method, there or in the document that stands there, which must name the
// issuer as its controller.
func keyAt(ctx context.Context, fetch Fetch, address, issuer string, by Binding) (VerificationKey, error) {
	place, fragment, _ := strings.Cut(address, "#")
	data, err := ask(ctx, fetch, place)
	if err != nil {
		return VerificationKey{}, err
	}
	members, err := jsonld.DecodeObject(data)
	if err != nil {
		return VerificationKey{}, fmt.Errorf("%w: key address: %w", ErrDocument, err)
	}
	var key VerificationKey
	switch {
	case members["verificationMethod"] != nil && fragment != "":
		key, err = keyInDocument(data, place, address)
	case members["controller"] != nil:
		key, err = parseBareMethod(members, address)
	default:
		key, err = bareKey(data, address, issuer)
	}
	switch {
	case err != nil:
		return VerificationKey{}, err
	case key.Controller != issuer:
		return VerificationKey{}, fmt.Errorf("%w: the key says that it is another's", ErrUnknownKey)
	}
	key.Binding = by
	return key, nil
}

func bareKey(data []byte, address, issuer string) (VerificationKey, error) {
	offers, err := parseKeys(data, address)
	if err != nil {
		return VerificationKey{}, err
	}
	o, err := only(offers)
	return VerificationKey{Public: o.public, Algorithm: o.algorithm, Controller: issuer, Method: address}, err
}

// keyInDocument finds a method in a document of its own id, which need not be its
// controller's.
func keyInDocument(data []byte, place, method string) (VerificationKey, error) {
	document, err := ParseDocument(data, place)
	if err != nil {
		return VerificationKey{}, err
	}
	for _, m := range document.VerificationMethod {
		if m.ID == method && m.public != nil {
			return VerificationKey{Public: m.public, Algorithm: m.algorithm, Controller: m.Controller, Method: method, Revoked: m.revoked, Expires: m.expires}, nil
		}
	}
	return VerificationKey{}, fmt.Errorf("%w: no such method", ErrUnknownKey)
}
