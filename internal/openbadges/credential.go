package openbadges

// AchievementCredential is the badge: a verifiable credential whose subject has
// earned an achievement (Open Badges 3.0 §B.1). Written without Proof it is
// what gets signed.
type AchievementCredential struct {
	Context           []string                  `json:"@context"`
	ID                string                    `json:"id"`
	Type              Types                     `json:"type"`
	Name              string                    `json:"name,omitempty"`
	Description       string                    `json:"description,omitempty"`
	Image             *Image                    `json:"image,omitempty"`
	Issuer            Profile                   `json:"issuer"`
	ValidFrom         DateTime                  `json:"validFrom"`
	ValidUntil        DateTime                  `json:"validUntil,omitempty"`
	AwardedDate       DateTime                  `json:"awardedDate,omitempty"`
	CredentialSubject AchievementSubject        `json:"credentialSubject"`
	Evidence          []Evidence                `json:"evidence,omitempty"`
	Endorsement       []EndorsementCredential   `json:"endorsement,omitempty"`
	EndorsementJWT    []string                  `json:"endorsementJwt,omitempty"`
	CredentialStatus  *StatusEntry              `json:"credentialStatus,omitempty"`
	CredentialSchema  Compact[CredentialSchema] `json:"credentialSchema,omitempty"`
	RefreshService    *RefreshService           `json:"refreshService,omitempty"`
	TermsOfUse        Compact[TermsOfUse]       `json:"termsOfUse,omitempty"`
	RelatedResource   Compact[RelatedResource]  `json:"relatedResource,omitempty"`
	Proof             Compact[Proof]            `json:"proof,omitempty"`
}

// EndorsementCredential is what a third party says of an achievement, a profile
// or a credential, whose id is that of the subject (§B.1).
type EndorsementCredential struct {
	Context           []string                  `json:"@context"`
	ID                string                    `json:"id"`
	Type              Types                     `json:"type"`
	Name              string                    `json:"name"`
	Description       string                    `json:"description,omitempty"`
	Issuer            Profile                   `json:"issuer"`
	ValidFrom         DateTime                  `json:"validFrom"`
	ValidUntil        DateTime                  `json:"validUntil,omitempty"`
	AwardedDate       DateTime                  `json:"awardedDate,omitempty"`
	CredentialSubject EndorsementSubject        `json:"credentialSubject"`
	CredentialStatus  *StatusEntry              `json:"credentialStatus,omitempty"`
	CredentialSchema  Compact[CredentialSchema] `json:"credentialSchema,omitempty"`
	RefreshService    *RefreshService           `json:"refreshService,omitempty"`
	TermsOfUse        Compact[TermsOfUse]       `json:"termsOfUse,omitempty"`
	RelatedResource   Compact[RelatedResource]  `json:"relatedResource,omitempty"`
	Proof             Compact[Proof]            `json:"proof,omitempty"`
}

// EndorsementSubject is the thing endorsed and the words about it (§B.1).
type EndorsementSubject struct {
	ID                 string `json:"id"`
	Type               Types  `json:"type"`
	EndorsementComment string `json:"endorsementComment,omitempty"`
}

// StatusEntry says where the status of a credential can be looked up. Of several
// entries, which Open Badges does not foresee and the W3C allows, the first is read:
// StatusEntries reads all. The last three members belong to BitstringStatusListEntry (Bitstring Status List
// 1.0 §2.1): ID is "<list>#<index>", never the list itself, and the index is a
// base-10 string.
type StatusEntry struct {
	ID                   string `json:"id"`
	Type                 string `json:"type"`
	StatusPurpose        string `json:"statusPurpose,omitempty"`
	StatusListIndex      string `json:"statusListIndex,omitempty"`
	StatusListCredential string `json:"statusListCredential,omitempty"`
}

// UnmarshalJSON reads an entry, or the first of several.
func (s *StatusEntry) UnmarshalJSON(data []byte) error {
	type plain StatusEntry
	entries := Compact[plain]{}
	err := entries.UnmarshalJSON(data)
	if err == nil && len(entries) > 0 {
		*s = StatusEntry(entries[0])
	}
	return err
}

// CredentialSchema names a JSON Schema of the credential (§B.1).
type CredentialSchema struct {
	ID   string `json:"id"`
	Type string `json:"type"`
}

// RefreshService names where a newer version may be had (§B.1).
type RefreshService struct {
	ID   string `json:"id"`
	Type string `json:"type"`
}

// TermsOfUse names the terms under which the credential was issued (§B.1).
type TermsOfUse struct {
	ID   string `json:"id,omitempty"`
	Type string `json:"type"`
}

// RelatedResource binds another document by its digest (Verifiable Credentials
// Data Model 2.0 §5.3). One of the two digests is required.
type RelatedResource struct {
	ID              string `json:"id"`
	DigestSRI       string `json:"digestSRI,omitempty"`
	DigestMultibase string `json:"digestMultibase,omitempty"`
	MediaType       string `json:"mediaType,omitempty"`
}

// Proof is an embedded Data Integrity proof, as found (Data Integrity 1.0
// §2.1). Making and verifying it is the work of another room, which reads the
// document itself: members that are not named here are signed too.
type Proof struct {
	ID                 string          `json:"id,omitempty"`
	Type               string          `json:"type"`
	Cryptosuite        string          `json:"cryptosuite,omitempty"`
	Created            DateTime        `json:"created,omitempty"`
	Expires            DateTime        `json:"expires,omitempty"`
	VerificationMethod string          `json:"verificationMethod,omitempty"`
	ProofPurpose       string          `json:"proofPurpose,omitempty"`
	ProofValue         string          `json:"proofValue,omitempty"`
	Challenge          string          `json:"challenge,omitempty"`
	Domain             Compact[string] `json:"domain,omitempty"`
	Nonce              string          `json:"nonce,omitempty"`
	PreviousProof      Compact[string] `json:"previousProof,omitempty"`
}
