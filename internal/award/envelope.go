package award

import (
	"context"
	"time"

	"ramure/internal/credential"
	"ramure/internal/did"
	"ramure/internal/keyring"
	"ramure/internal/problem"
)

// sequencerPause is how long a reader should wait for the log.
const sequencerPause = time.Second

// JWT gives the VC-JWT of an award, made from the stored content at the first
// request and kept. An RSA signature costs a hundred times an Ed25519 one, so
// only a few are made at once; the door limits who may ask.
func (s *Service) JWT(ctx context.Context, id ID) (string, error) {
	kept, err := s.Store.JWT(ctx, id)
	if !problem.Is(err, problem.NotFound) {
		return kept, err
	}
	stored, err := s.Store.PublicAward(ctx, id)
	if err != nil {
		return "", err
	}
	if err := s.ready(); err != nil {
		return "", err
	}
	select {
	case s.minting <- struct{}{}:
		defer func() { <-s.minting }()
	case <-ctx.Done():
		return "", problem.Wrap(problem.Unavailable, "error.busy", ctx.Err()).After(sequencerPause)
	}
	return s.mint(ctx, id, stored)
}

func (s *Service) mint(ctx context.Context, id ID, stored Stored) (string, error) {
	venue, err := s.Store.Venue(ctx, stored.Venue)
	if err != nil {
		return "", err
	}
	key, err := s.Keys.Ensure(ctx, venue.Slug, keyring.JWT, venue.JWTAlg)
	if err != nil {
		return "", err
	}
	jwt, err := credential.Envelope(stored.Document, key.Algorithm(), s.Addresses.Key(key.Thumbprint()), key)
	if err != nil {
		return "", problem.Wrap(problem.Internal, "error.internal", err)
	}
	return s.Store.KeepJWT(ctx, id, jwt, key.Thumbprint(), s.Now())
}

// Document gives the DID document of a venue: all its keys, retired ones too,
// since badges that they signed are still good.
func (s *Service) Document(ctx context.Context, slug string) (did.Document, error) {
	venue, err := s.Store.Venue(ctx, slug)
	if err != nil {
		return did.Document{}, err
	}
	keys, err := s.Keys.Public(ctx, venue.Slug)
	if err != nil {
		return did.Document{}, err
	}
	published := make([]did.PublishedKey, len(keys))
	for i, k := range keys {
		published[i] = did.PublishedKey{Public: k.Public}
	}
	document, err := did.NewDocument(s.Addresses.Issuer(venue.Slug), published)
	if err != nil {
		return did.Document{}, problem.Wrap(problem.Internal, "error.internal", err)
	}
	return document, nil
}
