package award

import (
	"context"
	"crypto"

	"ramure/internal/openbadges"
)

// What anybody may read, besides Examine, JWT, Proof, List and Document.

// Credential gives the signed bytes of an award, exactly as they were issued.
// It answers NotFound for what is unknown or private, and Gone once erased. The
// bytes are shared with other readers.
func (s *Service) Credential(ctx context.Context, id ID) ([]byte, error) {
	return s.keptDocument(ctx, id)
}

// Printed gives the address that the QR of an award holds.
func (s *Service) Printed(ctx context.Context, id ID) (string, error) {
	stored, err := s.Store.PublicAward(ctx, id)
	if err != nil {
		return "", err
	}
	return s.Addresses.Printed(id, stored.DocHash), nil
}

// publishedProfile is a Profile as it stands alone at its own address.
type publishedProfile struct {
	Context []string `json:"@context"`
	openbadges.Profile
}

// Profile writes the profile of a venue, the same that stands in its badges.
func (s *Service) Profile(ctx context.Context, slug string) ([]byte, error) {
	venue, err := s.Store.Venue(ctx, slug)
	if err != nil {
		return nil, err
	}
	return encode(publishedProfile{
		Context: []string{openbadges.ContextVC2, openbadges.ContextOB3},
		Profile: s.profile(venue),
	})
}

// PublicKey finds a public key of the deployment, an issuer's or the log's, by
// its RFC 7638 thumbprint; problem.NotFound.
func (s *Service) PublicKey(ctx context.Context, thumbprint string) (crypto.PublicKey, error) {
	key, err := s.Keys.PublicByThumbprint(ctx, thumbprint)
	return key.Public, err
}
