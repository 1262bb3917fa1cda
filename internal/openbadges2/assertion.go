package openbadges2

import (
	"slices"

	"ramure/internal/openbadges"
)

// The addresses of the contexts of 2.0 and 2.1, all of which are in use.
const (
	Context     = "https://w3id.org/openbadges/v2"
	ContextFile = "https://openbadgespec.org/v2/context.json"
	Context21   = "https://purl.imsglobal.org/spec/ob/v2p1/context.json"
)

// The types of documents (Open Badges 2.0, Open Badges Vocabulary).
const (
	TypeAssertion      = "Assertion"
	TypeBadgeClass     = "BadgeClass"
	TypeIssuer         = "Issuer"
	TypeProfile        = "Profile"
	TypeRevocationList = "RevocationList"
)

// Assertion says that a badge was awarded to somebody (§Assertion). Of one that is
// Revoked, nothing but ID may be left.
type Assertion struct {
	ID               string                       `json:"id"`
	Recipient        Recipient                    `json:"recipient"`
	Badge            Link[BadgeClass]             `json:"badge"`
	Verification     Verification                 `json:"verification"`
	Verify           Verification                 `json:"verify"` // the name that 1.x gave it, which the context keeps
	IssuedOn         DateTime                     `json:"issuedOn"`
	Expires          DateTime                     `json:"expires"`
	Image            Link[Image]                  `json:"image"`
	Evidence         openbadges.Compact[Evidence] `json:"evidence"`
	Narrative        string                       `json:"narrative"`
	Revoked          bool                         `json:"revoked"`
	RevocationReason string                       `json:"revocationReason"`
}

// IsSigned reports whether the badge is to be verified by a signature, which is not
// read here, and not where it is hosted (§VerificationObject).
func (a Assertion) IsSigned() bool {
	types := append(slices.Clone(a.Verification.Type), a.Verify.Type...)
	return slices.Contains(types, "SignedBadge") || slices.Contains(types, "signed")
}

// Recipient names the person by a plain or a hashed property, mostly an e-mail
// address (§IdentityObject).
type Recipient struct {
	Type     string `json:"type"` // email, url, telephone …
	Identity string `json:"identity"`
	Hashed   bool   `json:"hashed"`
	Salt     string `json:"salt"`
}

// Matches reports whether a text names the person; see openbadges.IdentityObject,
// whose hash it is (§IdentityHash: sha256 or md5).
func (r Recipient) Matches(text string) bool {
	return openbadges.IdentityObject{Hashed: r.Hashed, IdentityHash: r.Identity, Salt: r.Salt}.Matches(text)
}

// Verification says how an assertion is verified or, in an issuer's profile, which
// assertions are the issuer's (§VerificationObject). StartsWith are beginnings of
// ids, AllowedOrigins names of hosts.
type Verification struct {
	Type           openbadges.Types `json:"type"`
	StartsWith     openbadges.Types `json:"startsWith"`
	AllowedOrigins openbadges.Types `json:"allowedOrigins"`
	URL            string           `json:"url"` // of 1.x
}

// Evidence is a piece of the person's work (§Evidence). An address alone is its ID.
type Evidence struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Narrative   string `json:"narrative"`
	Description string `json:"description"`
	Genre       string `json:"genre"`
	Audience    string `json:"audience"`
}

// UnmarshalJSON reads a piece of evidence, or its address alone.
func (e *Evidence) UnmarshalJSON(data []byte) error {
	type plain Evidence
	return addressOr(data, &e.ID, (*plain)(e))
}
