package vcapi

import (
	"errors"
	"io"
	"time"

	"ramure/internal/did"
	"ramure/internal/httpx"
	"ramure/internal/jsonld"
)

// Config is what the adapter needs. All of it is obligatory.
type Config struct {
	Base  string    // origin that it is reached at, without a slash at the end
	Fetch did.Fetch // documents of others: did:web, status lists, related resources
	Now   func() time.Time
	Rand  io.Reader
}

// Adapter holds the issuers of one run and their status lists. It is safe for
// concurrent use.
type Adapter struct {
	Config
	issuers []Issuer
	keys    did.Resolver
	lists   *lists
}

// New makes the issuers' keys. They live as long as the adapter.
func New(c Config) (*Adapter, error) {
	if c.Base == "" || c.Fetch == nil || c.Now == nil || c.Rand == nil {
		return nil, errors.New("vcapi: the configuration is not complete")
	}
	issuers, err := newIssuers(c.Rand)
	if err != nil {
		return nil, err
	}
	a := &Adapter{Config: c, issuers: issuers}
	a.keys = did.Chain{did.Self{}, did.Remote{Fetch: c.Fetch, Loopback: true}}
	a.lists, err = newLists(c.Base, c.Rand)
	return a, err
}

// Issuers lists the issuers, the default one first.
func (a *Adapter) Issuers() []Issuer { return a.issuers }

// Mount adds the routes to the engine.
func (a *Adapter) Mount(engine *httpx.Engine) error { return engine.Mount(a.routes()) }

// permitted is what test suites use and the product refuses.
func permitted() []jsonld.Option {
	return []jsonld.Option{jsonld.WithExamples(), jsonld.WithInline(), jsonld.WithDirection()}
}
