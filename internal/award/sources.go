package award

import (
	"context"
	"fmt"
	"strings"

	"ramure/internal/credential"
	"ramure/internal/did"
	"ramure/internal/openbadges"
	"ramure/internal/problem"
	"ramure/internal/translog"
)

// sources answers the questions of a verification from this deployment's own
// keys, records and log.
func (s *Service) sources(stored Stored) credential.Sources {
	return credential.Sources{
		Keys:     ownKeys{s},
		Status:   ownStatus{s, stored},
		Log:      ownLog{s, stored},
		Standing: func(string) credential.Standing { return credential.OfNetwork },
		Now:      s.Now(),
	}
}

// ownKeys resolves the keys of this deployment's issuers.
type ownKeys struct{ s *Service }

// Resolve looks the method up in the document of the issuer.
func (k ownKeys) Resolve(ctx context.Context, issuer, method string) (did.VerificationKey, error) {
	slug := issuer[strings.LastIndexByte(issuer, ':')+1:]
	if k.s.Addresses.Issuer(slug) != issuer {
		return did.VerificationKey{}, did.ErrUnsupported
	}
	document, err := k.s.Document(ctx, slug)
	if err != nil && !problem.Is(err, problem.NotFound) {
		return did.VerificationKey{}, fmt.Errorf("%w: %w", did.ErrUnavailable, err) // it says nothing about the key
	}
	if err != nil {
		return did.VerificationKey{}, did.ErrUnknownKey
	}
	return did.Static{issuer: document}.Resolve(ctx, issuer, method)
}

// ownStatus answers for the status of one award from its record. The list is
// public for others; here the revocation itself is at hand.
type ownStatus struct {
	s      *Service
	stored Stored
}

// Status answers for the entry that the award was issued with, and no other.
func (o ownStatus) Status(_ context.Context, issuer, _ string, entry openbadges.StatusEntry) (credential.StatusAnswer, error) {
	if issuer != o.s.Addresses.Issuer(o.stored.Venue) || entry != *o.s.entry(o.stored.Slot) {
		return credential.StatusAnswer{}, credential.ErrMismatch
	}
	if o.stored.Revocation == nil {
		return credential.StatusAnswer{}, nil
	}
	return credential.StatusAnswer{Revoked: true, At: o.stored.Revocation.At}, nil
}

// ownLog answers whether the award's leaf is in the log, by a proof that it
// makes and verifies under the policy that it publishes.
type ownLog struct {
	s      *Service
	stored Stored
}

// Included rebuilds the leaf from the document and verifies its proof.
func (o ownLog) Included(ctx context.Context, issuer string, docHash [32]byte) (credential.Inclusion, error) {
	proof, err := o.s.prove(ctx, o.stored)
	if problem.Is(err, problem.NotFound) {
		return credential.Inclusion{}, credential.ErrPending
	}
	if err != nil {
		return credential.Inclusion{}, credential.ErrUnreachable
	}
	found, err := translog.VerifyInclusion(o.s.Log.Policy(), proof, docHash, issuer)
	if err != nil {
		return credential.Inclusion{}, credential.ErrNotIncluded
	}
	return credential.Inclusion{Index: found.Index, Size: found.Size, Day: found.Day, Origin: found.Origin}, nil
}
