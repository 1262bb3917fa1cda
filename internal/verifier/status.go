package verifier

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"ramure/internal/credential"
	"ramure/internal/credential/statuslist"
	"ramure/internal/did"
	"ramure/internal/openbadges"
)

// statusSource asks the lists that credentials name for their status.
type statusSource struct {
	fetch Fetch
	keys  did.Resolver
	now   time.Time
}

// What is accepted at the address of a list.
const (
	listTypes       = "application/vc, application/vc+ld+json, application/ld+json, application/json, application/vc+jwt;q=0.8, text/plain;q=0.5"
	revocationTypes = "application/json, application/ld+json;q=0.9"
)

// Status answers for one entry of a credential.
func (s statusSource) Status(ctx context.Context, issuer, credentialID string, entry openbadges.StatusEntry) (credential.StatusAnswer, error) {
	switch {
	case entry.Type == typeRevocationList:
		return s.named(ctx, issuer, credentialID, entry)
	case entry.Type != statuslist.TypeEntry:
		return credential.StatusAnswer{}, credential.ErrUnsupported
	case entry.StatusPurpose != statuslist.PurposeRevocation && entry.StatusPurpose != purposeSuspension:
		return credential.StatusAnswer{}, credential.ErrUnsupported // a bit that says something else
	}
	return s.bit(ctx, issuer, entry)
}

// purposeSuspension is that of a bit that may be cleared again.
const purposeSuspension = "suspension"

// bit fetches a list of bits, and verifies it before it reads the one (Bitstring
// Status List 1.0 §3.2, Validate Algorithm).
func (s statusSource) bit(ctx context.Context, issuer string, entry openbadges.StatusEntry) (credential.StatusAnswer, error) {
	raw, err := s.ask(ctx, entry.StatusListCredential, listTypes)
	if err != nil {
		return credential.StatusAnswer{}, err
	}
	list, err := s.open(ctx, issuer, raw)
	if err != nil {
		return credential.StatusAnswer{}, err
	}
	set, err := statuslist.Read(list, statuslist.Entry{
		Issuer: issuer, List: entry.StatusListCredential, Purpose: entry.StatusPurpose, Index: entry.StatusListIndex,
	}, s.now)
	if err != nil {
		return credential.StatusAnswer{}, unread(err)
	}
	suspends := entry.StatusPurpose == purposeSuspension
	return credential.StatusAnswer{Revoked: set && !suspends, Suspended: set && suspends}, nil
}

// open verifies a list in whichever form it came: JSON with an embedded proof, a
// JWT, or a JWT in an envelope. What is no list at all proves nothing; one that is
// not validly signed by the issuer of the credential may be a forgery.
func (s statusSource) open(ctx context.Context, issuer string, raw []byte) (map[string]any, error) {
	raw = bytes.TrimSpace(raw)
	if isToken(raw) {
		return s.openToken(ctx, issuer, string(raw))
	}
	return s.openDocument(ctx, issuer, raw)
}

// ask fetches a list; without an answer nothing is known.
func (s statusSource) ask(ctx context.Context, address, accept string) ([]byte, error) {
	raw, err := s.fetch(ctx, address, accept)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", credential.ErrUnreachable, err)
	}
	return raw, nil
}
