package did

import (
	"context"
	"fmt"
	"strings"

	"ramure/internal/jsonld"
)

// Fetch gets the bytes behind an address, through the outbound guard or from the
// machine itself. It limits time and size.
type Fetch func(ctx context.Context, url string) ([]byte, error)

// Remote resolves issuers whose document must be fetched: did:web, and https
// addresses that answer a controlled identifier document of that very id.
type Remote struct {
	Fetch Fetch
	// Loopback allows plain http for a did:web on this very machine: for trials
	// and for verifying a server that runs here.
	Loopback bool
}

// Resolve fetches the issuer's document and looks the method up in it. A key
// address of another form than ours is fetched too; what it answers only says
// which of the published keys is meant.
func (r Remote) Resolve(ctx context.Context, issuer, method string) (VerificationKey, error) {
	address, err := r.documentURL(issuer)
	if err != nil {
		return VerificationKey{}, err
	}
	data, err := r.fetch(ctx, address)
	if err != nil {
		return VerificationKey{}, err
	}
	document, err := ParseDocument(data, issuer)
	if err != nil {
		return VerificationKey{}, err
	}
	key, err := document.find(method)
	if err != nil && isAddress(method) {
		return r.byAddress(ctx, document, method)
	}
	return key, err
}

func (r Remote) documentURL(issuer string) (string, error) {
	switch {
	case strings.HasPrefix(issuer, webMethod):
		if r.Loopback {
			if address, err := LoopbackURL(issuer); err == nil {
				return address, nil
			}
		}
		return WebURL(issuer)
	case strings.HasPrefix(issuer, "https://") && !strings.Contains(issuer, "#"):
		return issuer, nil
	}
	return "", ErrUnsupported
}

func (r Remote) fetch(ctx context.Context, address string) ([]byte, error) {
	data, err := r.Fetch(ctx, address)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return data, nil
}

func (r Remote) byAddress(ctx context.Context, document Document, address string) (VerificationKey, error) {
	data, err := r.fetch(ctx, address)
	if err != nil {
		return VerificationKey{}, err
	}
	members, err := jsonld.DecodeObject(data)
	if err != nil {
		return VerificationKey{}, fmt.Errorf("%w: key address: %w", ErrDocument, err)
	}
	set, isSet := members["keys"].([]any)
	if !isSet {
		return document.published(members)
	}
	return document.publishedIn(set, address)
}

// published gives the document's key that equals a bare JWK.
func (d Document) published(jwk map[string]any) (VerificationKey, error) {
	public, err := JWKFromMap(jwk)
	if err != nil {
		return VerificationKey{}, err
	}
	thumbprint, err := Thumbprint(public)
	if err != nil {
		return VerificationKey{}, err
	}
	return d.KeyByThumbprint(thumbprint)
}

// publishedIn gives the document's key that a JWK set means: the entry whose kid
// is the address, or the only one that is published. Guessing among several would
// let the set's host choose.
func (d Document) publishedIn(set []any, address string) (VerificationKey, error) {
	var found []VerificationKey
	for _, item := range set[:min(len(set), maxMethods)] {
		jwk, _ := item.(map[string]any)
		key, err := d.published(jwk)
		if err != nil {
			continue
		}
		if jwk["kid"] == address {
			return key, nil
		}
		found = append(found, key)
	}
	if len(found) != 1 {
		return VerificationKey{}, fmt.Errorf("%w: the key set does not say which", ErrUnknownKey)
	}
	return found[0], nil
}
