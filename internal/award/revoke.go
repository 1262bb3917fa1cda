package award

import (
	"context"

	"ramure/internal/failpoint"
	"ramure/internal/scope"
	"ramure/internal/translog"
)

// Revoke takes an award back, for good: a record with its reason, its log leaf
// and its bit, in one transaction with the new signature of the list. Whoever
// reads next sees it. It answers a Conflict when it was revoked before.
func (s *Service) Revoke(ctx context.Context, sc scope.Scope, id ID, reason string) (Revocation, error) {
	var c checker
	c.prose("$.reason", reason, 500)
	if err := c.err("error.revocation.invalid"); err != nil {
		return Revocation{}, err
	}
	ctx = failpoint.In(ctx, "revoke")
	award, err := s.Store.Award(ctx, sc, id)
	if err != nil {
		return Revocation{}, err
	}
	sign, err := s.resigner(ctx, award.Venue)
	if err != nil {
		return Revocation{}, err
	}
	r := Revocation{At: s.Now(), By: sc.Actor(), Reason: reason}
	leaf, err := translog.RevokeLeaf(translog.Day(r.At), s.Addresses.Issuer(award.Venue), award.Thumbprint,
		translog.LeafHash(award.Leaf)).Marshal()
	if err != nil {
		return Revocation{}, err
	}
	if err := failpoint.Hit(ctx, "composed"); err != nil {
		return Revocation{}, err
	}
	if err := s.Store.RecordRevocation(ctx, sc, id, r, leaf, sign); err != nil {
		return Revocation{}, err
	}
	s.Log.Wake()
	return r, failpoint.Hit(ctx, "recorded")
}
