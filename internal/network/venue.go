package network

import (
	"context"
	"time"

	"ramure/internal/keyring"
	"ramure/internal/mediation"
	"ramure/internal/problem"
)

// Store is what this act asks of the store.
type Store interface {
	// AddVenue stores a venue; problem.Conflict when the slug is taken.
	AddVenue(ctx context.Context, v mediation.Venue) error
	// Venue gives a venue by its slug; problem.NotFound.
	Venue(ctx context.Context, slug string) (mediation.Venue, error)
	// Venues lists all venues by name.
	Venues(ctx context.Context) ([]mediation.Venue, error)
}

// Keys makes and finds the keys of issuers.
type Keys interface {
	Ensure(ctx context.Context, issuer string, use keyring.Use, algorithm string) (*keyring.Signer, error)
}

// Communes knows the communes of France by their INSEE codes.
type Communes interface {
	Name(insee string) (string, bool)
}

// Service runs the act.
type Service struct {
	Store    Store
	Keys     Keys
	Communes Communes
	Now      func() time.Time
}

// Join makes a venue an issuer. It answers an Invalid problem that names every
// broken rule, or a Conflict when the slug is taken.
func (s Service) Join(ctx context.Context, v mediation.Venue) (mediation.Venue, error) {
	if v.JWTAlg == "" {
		v.JWTAlg = "RS256"
	}
	v.CreatedAt = s.Now()
	if err := v.Check(); err != nil {
		return mediation.Venue{}, err
	}
	if _, known := s.Communes.Name(v.Commune); !known {
		return mediation.Venue{}, problem.Violated("error.venue.invalid", problem.Violation{Path: "$.commune",
			Rule: "insee", Detail: "no commune has this INSEE code; look it up under the name of the commune"})
	}
	if err := s.Store.AddVenue(ctx, v); err != nil {
		return mediation.Venue{}, err
	}
	return v, s.Equip(ctx, v.Slug)
}

// Equip makes the keys that an issuer has from its creation: one for proofs,
// one for status lists. Repeating it changes nothing, so that a creation cut
// short by a crash is completed by the next use.
func (s Service) Equip(ctx context.Context, slug string) error {
	for _, use := range []keyring.Use{keyring.Proof, keyring.Status} {
		if _, err := s.Keys.Ensure(ctx, slug, use, keyring.Ed25519); err != nil {
			return err
		}
	}
	return nil
}
