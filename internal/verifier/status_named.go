package verifier

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"ramure/internal/credential"
	"ramure/internal/openbadges"
)

// typeRevocationList is a list that names the credentials that were revoked (Open
// Badges 3.0, Credential Status: 1EdTech Revocation List).
const typeRevocationList = "1EdTechRevocationList"

// revocationList is such a list. It is not signed: it counts for as much as the
// address that answers it.
type revocationList struct {
	ID      string          `json:"id"`
	Issuer  json.RawMessage `json:"issuer"`
	Revoked []struct {
		ID      string `json:"id"`
		Revoked *bool  `json:"revoked"`
		Reason  string `json:"revocationReason"`
	} `json:"revokedCredential"`
}

// named looks the credential up in a list of names: whoever is listed is revoked,
// unless the list says there that it is not.
func (s statusSource) named(ctx context.Context, issuer, credentialID string, entry openbadges.StatusEntry) (credential.StatusAnswer, error) {
	raw, err := s.ask(ctx, entry.ID, revocationTypes)
	if err != nil {
		return credential.StatusAnswer{}, err
	}
	list, err := parseRevocationList(raw, entry.ID)
	if err != nil {
		return credential.StatusAnswer{}, fmt.Errorf("%w: %w", credential.ErrUnreadable, err)
	}
	if list.issuer() != issuer {
		return credential.StatusAnswer{}, credential.ErrMismatch
	}
	for _, one := range list.Revoked {
		if same(one.ID, credentialID) && (one.Revoked == nil || *one.Revoked) {
			return credential.StatusAnswer{Revoked: true, Reason: one.Reason}, nil
		}
	}
	return credential.StatusAnswer{}, nil
}

// parseRevocationList reads the list of an address. It may be long, so that the
// limits of credentials do not hold for it; its bytes were bounded when fetched.
func parseRevocationList(raw []byte, address string) (revocationList, error) {
	var list revocationList
	if err := json.Unmarshal(plain(raw), &list); err != nil {
		return revocationList{}, err
	}
	if list.ID != "" && list.ID != address {
		return revocationList{}, errors.New("verifier: the list of another address")
	}
	if list.issuer() == "" {
		return revocationList{}, errors.New("verifier: a list of nobody")
	}
	return list, nil
}

// issuer is the issuer's id, whether it stands alone or as an object.
func (l revocationList) issuer() string {
	var id string
	if json.Unmarshal(l.Issuer, &id) == nil {
		return id
	}
	var profile struct {
		ID string `json:"id"`
	}
	_ = json.Unmarshal(l.Issuer, &profile) // "" is nobody's
	return profile.ID
}

// same compares ids of credentials as Open Badges 3.0 does: trimmed and without
// percent-encoding (§8, Equality).
func same(one, other string) bool { return one != "" && decoded(one) == decoded(other) }

func decoded(id string) string {
	id = strings.TrimSpace(id)
	if plainly, err := url.PathUnescape(id); err == nil {
		return plainly
	}
	return id
}
