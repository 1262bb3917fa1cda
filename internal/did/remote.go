package did

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"ramure/internal/problem"
)

// Fetch gets the bytes behind an address, through the outbound guard or from the
// machine itself. It limits time and size. An error of kind problem.NotFound says
// that there is no document.
type Fetch func(ctx context.Context, url string) ([]byte, error)

// Remote resolves issuers that must be asked for: did:web, and https addresses.
type Remote struct {
	// Fetch may follow redirects.
	Fetch Fetch
	// Direct follows none: it asks for the documents of did:web, and for keys that
	// their origin alone vouches for. nil stands for a Fetch that follows none.
	Direct Fetch
	// Loopback allows plain http for a did:web on this very machine: for trials
	// and for verifying a server that runs here.
	Loopback bool
}

// Resolve asks for the issuer's document and looks the method up in it; see the
// package comment for which keys count.
func (r Remote) Resolve(ctx context.Context, issuer, method string) (VerificationKey, error) {
	switch {
	case len(issuer) > maxIdentifier || len(method) > maxIdentifier:
		return VerificationKey{}, fmt.Errorf("%w: over %d characters", ErrSyntax, maxIdentifier)
	case strings.HasPrefix(issuer, webMethod):
		return r.web(ctx, issuer, method)
	case isAddress(issuer) && originOf(issuer) != "":
		return r.https(ctx, issuer, method)
	}
	return VerificationKey{}, ErrUnsupported
}

// web resolves a did:web: only its document says which keys count.
func (r Remote) web(ctx context.Context, issuer, method string) (VerificationKey, error) {
	address, err := r.webURL(issuer)
	if err != nil {
		return VerificationKey{}, err
	}
	data, err := ask(ctx, r.direct(), address)
	if err != nil {
		return VerificationKey{}, err
	}
	document, err := ParseDocument(data, issuer)
	if err != nil {
		return VerificationKey{}, err
	}
	return r.published(ctx, document, method)
}

func (r Remote) webURL(issuer string) (string, error) {
	if r.Loopback {
		if address, err := LoopbackURL(issuer); err == nil {
			return address, nil
		}
	}
	return WebURL(issuer)
}

// https resolves an issuer that is an https address: a controlled identifier, or a
// Profile of Open Badges. If what stands there names keys, only those count; if it
// names none, those that its origin serves.
func (r Remote) https(ctx context.Context, issuer, method string) (VerificationKey, error) {
	document, err := r.profile(ctx, issuer)
	if err != nil {
		return VerificationKey{}, err
	}
	if document.publishes() {
		return r.published(ctx, document, method)
	}
	return r.byOrigin(ctx, issuer, method)
}

// profile reads what an https issuer answers about itself. No document, or a page
// for people, names no keys.
func (r Remote) profile(ctx context.Context, issuer string) (Document, error) {
	data, err := ask(ctx, r.Fetch, issuer)
	switch {
	case problem.Is(err, problem.NotFound):
		return Document{ID: issuer}, nil
	case err != nil:
		return Document{}, err
	case !bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte("{")):
		return Document{ID: issuer}, nil
	}
	return ParseDocument(data, issuer)
}

// published gives the key of a document that a method points at: one that stands in
// it, one that it names and another address holds, or one that a key address means.
func (r Remote) published(ctx context.Context, document Document, method string) (VerificationKey, error) {
	key, err := document.find(method)
	switch {
	case err == nil || !isWeb(method):
		return key, err
	case slices.Contains(document.elsewhere, method):
		return keyAt(ctx, r.Fetch, method, document.ID, ByDocument)
	case isAddress(method):
		return r.meant(ctx, document, method)
	}
	return key, err
}

// meant asks a key address which of the published keys is meant: what it answers
// counts for nothing more.
func (r Remote) meant(ctx context.Context, document Document, address string) (VerificationKey, error) {
	data, err := ask(ctx, r.Fetch, address)
	if err != nil {
		return VerificationKey{}, err
	}
	keys, err := parseKeys(data, address)
	if err != nil {
		return VerificationKey{}, err
	}
	var found []VerificationKey
	for _, offered := range keys {
		key, err := document.KeyByThumbprint(offered.thumbprint)
		if err != nil {
			continue
		}
		if offered.named {
			return key, nil
		}
		found = append(found, key)
	}
	if len(found) != 1 {
		return VerificationKey{}, fmt.Errorf("%w: the address does not say which", ErrUnknownKey)
	}
	return found[0], nil
}

// byOrigin gives the key at an address on the issuer's own origin. It is asked for
// without redirects, and without a query: what bounces or echoes would let a
// stranger speak in the origin's name.
func (r Remote) byOrigin(ctx context.Context, issuer, method string) (VerificationKey, error) {
	if !isWeb(method) || strings.Contains(method, "?") || !sameOrigin(method, issuer) {
		return VerificationKey{}, fmt.Errorf("%w: it names none, and its origin does not serve this one", ErrUnknownKey)
	}
	return keyAt(ctx, r.direct(), method, issuer, ByOrigin)
}

func (r Remote) direct() Fetch {
	if r.Direct != nil {
		return r.Direct
	}
	return r.Fetch
}

func ask(ctx context.Context, fetch Fetch, address string) ([]byte, error) {
	data, err := fetch(ctx, address)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return data, nil
}

// isWeb tells an address, with or without fragment, from a DID URL.
func isWeb(method string) bool {
	return strings.HasPrefix(method, "https://") || strings.HasPrefix(method, "http://")
}
