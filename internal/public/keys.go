package public

import (
	"context"
	"crypto"
	"encoding/json"
	"regexp"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/did"
	"ramure/internal/httpx"
	"ramure/internal/problem"
)

// typeJWK is the media type of one key, typeJWKSet that of a set (RFC 7517 §8.5).
const (
	typeJWK    = "application/jwk+json"
	typeJWKSet = "application/jwk-set+json"
)

// keyFresh is how long one key may be kept: a key never changes, but a
// compromise must be known soon.
const keyFresh = 5 * time.Minute

var thumbprintShape = regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`)

// key answers GET /keys/{kid} with a bare JWK: some verifiers can't read a set.
func (d *door) key(c *gin.Context) {
	kid := c.Param("kid")
	if !thumbprintShape.MatchString(kid) {
		httpx.Fail(c, notHere())
		return
	}
	public, err := d.Awards.PublicKey(c.Request.Context(), kid)
	if err != nil {
		httpx.Fail(c, refused(err))
		return
	}
	jwk, err := did.JWK(public)
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	httpx.Cache(c, httpx.Fresh(keyFresh))
	httpx.Bytes(c, chosen(c, typeJWK, typeJSON), jwk, "")
}

// jwks answers with every issuer's keys.
func (d *door) jwks(c *gin.Context) {
	set, err := d.keyset.get(c.Request.Context(), d)
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	httpx.Cache(c, httpx.Revalidate)
	httpx.Bytes(c, chosen(c, typeJWKSet, typeJSON), set, "")
}

// maxSet bounds the set. A network with more keys than that is read by issuer
// or by key, which the documents themselves point at.
const maxSet = 5000

// setRest is how long a set is served before it is gathered anew. A new key is
// asked for by name meanwhile, at its own address.
const setRest = 5 * time.Second

// keyset keeps the set for a while, since it takes every issuer's document.
type keyset struct {
	mu     sync.Mutex
	set    []byte
	madeAt time.Time
}

func (k *keyset) get(ctx context.Context, d *door) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := d.Now()
	if k.set != nil && now.Sub(k.madeAt) < setRest && !now.Before(k.madeAt) {
		return k.set, nil
	}
	set, err := d.gather(ctx)
	if err != nil {
		return nil, err
	}
	k.set, k.madeAt = set, now
	return set, nil
}

// gather writes the set (RFC 7517 §5). A key's kid is its address, the same
// that stands in the JWTs that it signs.
func (d *door) gather(ctx context.Context) ([]byte, error) {
	venues, err := d.Venues.Venues(ctx)
	if err != nil {
		return nil, err
	}
	keys := []json.RawMessage{}
	for _, venue := range venues {
		document, err := d.Awards.Document(ctx, venue.Slug)
		if err != nil {
			return nil, err
		}
		for _, method := range document.VerificationMethod {
			if key, err := d.setMember(document, method.ID); err == nil && len(keys) < maxSet {
				keys = append(keys, key)
			}
		}
	}
	return json.Marshal(map[string]any{"keys": keys})
}

// setMember is one key of the set. A compromised key is left out: whoever reads
// the set looks for keys to trust.
func (d *door) setMember(document did.Document, method string) (json.RawMessage, error) {
	key, err := document.Key(method)
	if err != nil || key.Revoked != nil {
		return nil, problem.Wrap(problem.NotFound, "error.page.notFound", err)
	}
	return d.withKid(key.Public)
}

func (d *door) withKid(public crypto.PublicKey) (json.RawMessage, error) {
	jwk, err := did.JWK(public)
	if err != nil {
		return nil, err
	}
	thumbprint, err := did.Thumbprint(public)
	if err != nil {
		return nil, err
	}
	var members map[string]string
	if err := json.Unmarshal(jwk, &members); err != nil {
		return nil, err
	}
	members["kid"], members["use"] = d.addresses.Key(thumbprint), "sig"
	return json.Marshal(members)
}
