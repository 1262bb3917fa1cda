package award

import (
	"context"
	"crypto"
	"fmt"

	"ramure/internal/did"
	"ramure/internal/keyring"
	"ramure/internal/openbadges"
	"ramure/internal/translog"
)

// auditedVenue is a venue, and whether its documents carry its name.
type auditedVenue struct {
	VenueRow
	documents, named bool
}

// auditedKey is a signing key.
type auditedKey struct {
	keyring.Sealed
	public crypto.PublicKey
}

func (a *audit) readVenues(ctx context.Context) error {
	return a.rows.Venues(ctx, func(v VenueRow) error {
		a.report.Venues++
		a.venues[v.Slug] = &auditedVenue{VenueRow: v}
		if v.Folded != openbadges.FoldName("", v.Name) {
			a.find("venue", v.Slug, "folded_name is not that of its name")
		}
		if v.JWTAlg != keyring.RS256 && v.JWTAlg != keyring.ES256 {
			a.find("venue", v.Slug, "jwt_alg is none that we sign with")
		}
		return nil
	})
}

// readKeys examines the keys and publishes them as DID documents, by which the
// documents are verified then as strangers verify them.
func (a *audit) readKeys(ctx context.Context) error {
	published := map[string][]did.PublishedKey{}
	err := a.rows.Keys(ctx, func(k keyring.Sealed) error {
		a.report.Keys++
		public, err := keyring.Examine(k, a.master)
		if err != nil {
			a.find("signing_key", k.Thumbprint, "%v", err)
		}
		a.keys[k.Thumbprint] = &auditedKey{Sealed: k, public: public.Public}
		if k.Issuer == "" {
			return nil // the log's own key stands in the checkpoints
		}
		a.expectKey(k)
		if public.Public != nil {
			issuer := a.addresses.Issuer(k.Issuer)
			published[issuer] = append(published[issuer], did.PublishedKey{Public: public.Public})
		}
		return nil
	})
	for issuer, keys := range published {
		document, failure := did.NewDocument(issuer, keys)
		if err == nil && failure != nil {
			err = fmt.Errorf("publish the keys of %s: %w", issuer, failure)
		}
		a.documents[issuer] = document
	}
	return err
}

// expectKey asks for the leaf of a key's making, and of its end if it has one.
func (a *audit) expectKey(k keyring.Sealed) {
	issuer := a.addresses.Issuer(k.Issuer)
	a.expect(keyLeaf(issuer, k.Thumbprint, string(translog.KeyAdded)), "signing_key", k.Thumbprint, &k.CreatedAt)
	if k.RetiredAt != nil {
		a.expect(keyLeaf(issuer, k.Thumbprint, keyEnded), "signing_key", k.Thumbprint, nil)
	}
}

// signs reports whether a thumbprint is that of an issuer's key for a use.
func (a *audit) signs(thumbprint, issuer string, uses ...keyring.Use) bool {
	key := a.keys[thumbprint]
	if key == nil || a.addresses.Issuer(key.Issuer) != issuer {
		return false
	}
	for _, use := range uses {
		if key.Use == use {
			return true
		}
	}
	return false
}
