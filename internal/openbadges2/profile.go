package openbadges2

import "ramure/internal/openbadges"

// Profile describes an issuer (§Profile).
type Profile struct {
	ID             string       `json:"id"`
	Name           string       `json:"name"`
	URL            string       `json:"url"`
	Email          string       `json:"email"`
	Telephone      string       `json:"telephone"`
	Description    string       `json:"description"`
	Image          Link[Image]  `json:"image"`
	Verification   Verification `json:"verification"` // which assertions are this issuer's
	RevocationList string       `json:"revocationList"`
}

// RevocationList names the signed assertions that an issuer has revoked; of hosted
// ones their own address says it (§RevocationList).
type RevocationList struct {
	ID                string                               `json:"id"`
	Issuer            string                               `json:"issuer"`
	RevokedAssertions openbadges.Compact[RevokedAssertion] `json:"revokedAssertions"`
}

// RevokedAssertion is named by its id or, when it is older than 1.1, by its uid. It
// is revoked by standing in the list, unless Revoked says that it is not.
type RevokedAssertion struct {
	ID               string `json:"id"`
	UID              string `json:"uid"`
	Revoked          *bool  `json:"revoked"`
	RevocationReason string `json:"revocationReason"`
}

// UnmarshalJSON reads an entry, or the id of the assertion alone.
func (r *RevokedAssertion) UnmarshalJSON(data []byte) error {
	type plain RevokedAssertion
	return addressOr(data, &r.ID, (*plain)(r))
}

// Find gives the entry of an assertion that the list revokes.
func (l RevocationList) Find(id string) (RevokedAssertion, bool) {
	for _, entry := range l.RevokedAssertions {
		if entry.ID == id && id != "" && (entry.Revoked == nil || *entry.Revoked) {
			return entry, true
		}
	}
	return RevokedAssertion{}, false
}
