package did

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// Resolver finds the key that a proof of an issuer points at. The method is a DID
// URL, or its fragment alone ("#key-1"), an https key address or a ThumbprintURI;
// the key is one that the issuer answers for, by its Binding. Errors are those of
// this room.
type Resolver interface {
	Resolve(ctx context.Context, issuer, method string) (VerificationKey, error)
}

// Chain asks each resolver in turn until one knows the issuer's kind.
type Chain []Resolver

// Resolve gives the first answer that is not ErrUnsupported.
func (c Chain) Resolve(ctx context.Context, issuer, method string) (VerificationKey, error) {
	for _, resolver := range c {
		key, err := resolver.Resolve(ctx, issuer, method)
		if !errors.Is(err, ErrUnsupported) {
			return key, err
		}
	}
	return VerificationKey{}, ErrUnsupported
}

// Self resolves the identifiers that are their own key, did:key and did:jwk.
type Self struct{}

// Resolve computes the key from the issuer's name. The only method of a did:key is
// its Multikey as fragment, that of a did:jwk is "#0".
func (Self) Resolve(_ context.Context, issuer, method string) (VerificationKey, error) {
	key, err := selfKey(issuer)
	if err != nil {
		return VerificationKey{}, err
	}
	if absolute(method, issuer) != key.Method && !isThumbprintOf(method, key) {
		return VerificationKey{}, fmt.Errorf("%w: the method is not that of the issuer's name", ErrUnknownKey)
	}
	return key, nil
}

func selfKey(issuer string) (VerificationKey, error) {
	key := VerificationKey{Controller: issuer, Binding: BySelf}
	var err error
	switch {
	case len(issuer) > maxIdentifier:
		err = fmt.Errorf("%w: over %d characters", ErrSyntax, maxIdentifier)
	case strings.HasPrefix(issuer, "did:key:"):
		key.Method = issuer + "#" + strings.TrimPrefix(issuer, "did:key:")
		key.Public, err = ParseKey(issuer)
	case strings.HasPrefix(issuer, "did:jwk:"):
		key.Method = issuer + "#0"
		key.Algorithm, key.Public, err = didJWK(issuer)
	default:
		err = ErrUnsupported
	}
	return key, err
}

func isThumbprintOf(method string, key VerificationKey) bool {
	thumbprint, err := Thumbprint(key.Public)
	return err == nil && method == ThumbprintURI(thumbprint)
}

// Static resolves issuers whose documents are known beforehand, by their id: our
// own, or those that a file of an offline verification carries. It fetches nothing.
type Static map[string]Document

// Resolve looks into the issuer's document.
func (s Static) Resolve(_ context.Context, issuer, method string) (VerificationKey, error) {
	document, known := s[issuer]
	if !known {
		return VerificationKey{}, ErrUnsupported
	}
	return document.find(method)
}

// find gives the key that a method of any form points at, without fetching: a key
// address that is no id of a method counts by its last segment, which is the
// thumbprint in ours.
func (d Document) find(method string) (VerificationKey, error) {
	if thumbprint, ok := strings.CutPrefix(method, thumbprintScheme); ok {
		return d.KeyByThumbprint(thumbprint)
	}
	key, err := d.Key(absolute(method, d.ID))
	if err != nil && isAddress(method) {
		if named, missing := d.KeyByThumbprint(method[strings.LastIndexByte(method, '/')+1:]); missing == nil {
			return named, nil
		}
	}
	return key, err
}

// isAddress tells a key address from a DID URL. An address that starts like the
// document itself (an https issuer with a fragment) is a method of it.
func isAddress(method string) bool {
	web := strings.HasPrefix(method, "https://") || strings.HasPrefix(method, "http://")
	return web && !strings.Contains(method, "#")
}
