package verifier

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ramure/internal/credential"
	"ramure/internal/credential/dataintegrity"
	"ramure/internal/credential/statuslist"
	"ramure/internal/did"
	"ramure/internal/jsonld"
	"ramure/internal/openbadges"
)

// statusSource fetches status lists and verifies them before it reads a bit
// (Bitstring Status List 1.0 §3.2, Validate Algorithm).
type statusSource struct {
	fetch Fetch
	keys  did.Resolver
	now   time.Time
}

// Status answers for one entry of a credential of that issuer. A bit of another
// purpose than revocation says nothing of it, and neither do lists of other kinds.
func (s statusSource) Status(ctx context.Context, issuer string, entry openbadges.StatusEntry) (credential.StatusAnswer, error) {
	if entry.Type != statuslist.TypeEntry || entry.StatusPurpose != statuslist.PurposeRevocation {
		return credential.StatusAnswer{}, credential.ErrForeign
	}
	raw, err := s.fetch(ctx, entry.StatusListCredential, "application/vc, application/vc+ld+json, application/ld+json, application/json")
	if err != nil {
		return credential.StatusAnswer{}, fmt.Errorf("%w: %w", credential.ErrUnreachable, err)
	}
	list, err := jsonld.DecodeObject(raw)
	if err != nil {
		return credential.StatusAnswer{}, fmt.Errorf("%w: %w", credential.ErrBadList, err)
	}
	if err := s.verify(ctx, issuer, list); err != nil {
		return credential.StatusAnswer{}, err
	}
	return s.read(list, issuer, entry)
}

// verify makes sure that the list is signed by the issuer of the credential:
// a list of somebody else is refused.
func (s statusSource) verify(ctx context.Context, issuer string, list map[string]any) error {
	if statuslist.Issuer(list) != issuer {
		return credential.ErrMismatch
	}
	proof := onlyProof(list)
	method, _ := proof["verificationMethod"].(string)
	key, err := s.keys.Resolve(ctx, issuer, method)
	if errors.Is(err, did.ErrUnavailable) {
		return fmt.Errorf("%w: %w", credential.ErrUnreachable, err)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", credential.ErrBadList, err)
	}
	if _, err := dataintegrity.Verify(ctx, list, proof, key.Public); err != nil {
		return fmt.Errorf("%w: %w", credential.ErrBadList, err)
	}
	return nil
}

func (s statusSource) read(list map[string]any, issuer string, entry openbadges.StatusEntry) (credential.StatusAnswer, error) {
	revoked, err := statuslist.Read(list, statuslist.Entry{
		Issuer: issuer, List: entry.StatusListCredential, Purpose: entry.StatusPurpose, Index: entry.StatusListIndex,
	}, s.now)
	switch {
	case errors.Is(err, statuslist.ErrStale):
		return credential.StatusAnswer{}, credential.ErrStale
	case err != nil:
		return credential.StatusAnswer{}, fmt.Errorf("%w: %w", credential.ErrBadList, err)
	}
	return credential.StatusAnswer{Revoked: revoked}, nil
}

// onlyProof gives the one proof of a document, nil when there is none or more.
func onlyProof(doc map[string]any) map[string]any {
	switch p := doc["proof"].(type) {
	case map[string]any:
		return p
	case []any:
		if len(p) == 1 {
			proof, _ := p[0].(map[string]any)
			return proof
		}
	}
	return nil
}
