package standing

import (
	"context"
	"time"

	"ramure/internal/freshness"
	"ramure/internal/lookalike"
	"ramure/internal/mediation"
)

// Issuer is one that the operator knows.
type Issuer struct {
	ID    string // a DID, or the https address of an issuer's document
	Name  string
	Note  string // why it is known, for the operator; may be empty
	Since time.Time
}

// Registry is a list of issuers that others keep.
type Registry struct {
	Source  string            // its https address, or "file:" and the name of the file it was read from
	Name    string            // who keeps it
	Note    string            // for the operator; may be empty
	Issuers map[string]string // the name of each, by its id
	Since   time.Time
	ReadAt  time.Time // when Issuers was read
}

// Store is what this act asks of the store.
type Store interface {
	// AddKnownIssuer stores an issuer; problem.Conflict when its id is listed.
	AddKnownIssuer(ctx context.Context, i Issuer) error
	// KnownIssuers lists them by name.
	KnownIssuers(ctx context.Context) ([]Issuer, error)
	// PutRegistry stores a registry, or in the place of the one of that source.
	PutRegistry(ctx context.Context, r Registry) error
	// KeepRegistry stores what a registry said at a moment; problem.NotFound when
	// it was taken off the list.
	KeepRegistry(ctx context.Context, source string, issuers map[string]string, at time.Time) error
	// Registries lists them by name.
	Registries(ctx context.Context) ([]Registry, error)
	// RemoveKnown takes the issuer of that id or the registry of that source off
	// the list; problem.NotFound.
	RemoveKnown(ctx context.Context, id string) error
	// Venues lists the venues of this network.
	Venues(ctx context.Context) ([]mediation.Venue, error)
}

// Config is what a Service is made of.
type Config struct {
	Store  Store
	Names  *lookalike.Table
	Issuer func(slug string) string // the id under which a venue issues
	// Fetch gets what is behind an https address, through the outbound guard.
	Fetch func(ctx context.Context, address string) ([]byte, error)
	Now   func() time.Time
	// Changes tells how long what was read is true.
	Changes freshness.Source
}

// Service runs the act. It is safe for concurrent use.
type Service struct {
	Config
	indexes *freshness.Cache[struct{}, *index]
}

// indexBytes bounds what is kept of the list: room for tens of thousands of names.
const indexBytes = 32 << 20

// New makes the service.
func New(c Config) *Service {
	return &Service{Config: c, indexes: freshness.NewCache[struct{}, *index](c.Changes, c.Now, indexBytes)}
}
