package statuslist

import "time"

// Names and constants of the list credential (§2.2).
const (
	ContextVC2        = "https://www.w3.org/ns/credentials/v2"
	TypeCredential    = "BitstringStatusListCredential"
	TypeList          = "BitstringStatusList"
	TypeEntry         = "BitstringStatusListEntry"
	PurposeRevocation = "revocation"
	typeVerifiable    = "VerifiableCredential"
	listFragment      = "#list"
)

// Credential is an unsigned BitstringStatusListCredential. Public validators
// want StatusPurpose as one string, never an array.
type Credential struct {
	Context           []string `json:"@context"`
	ID                string   `json:"id"`
	Type              []string `json:"type"`
	Issuer            string   `json:"issuer"`
	ValidFrom         string   `json:"validFrom"`
	ValidUntil        string   `json:"validUntil"`
	CredentialSubject Subject  `json:"credentialSubject"`
}

// Subject is the list itself. TTL is in milliseconds.
type Subject struct {
	ID            string `json:"id"`
	Type          string `json:"type"`
	StatusPurpose string `json:"statusPurpose"`
	EncodedList   string `json:"encodedList"`
	TTL           int64  `json:"ttl,omitempty"`
}

// Params is what a list credential is made of.
type Params struct {
	ID         string        // address of the list
	Issuer     string        // DID of the issuer whose credentials it covers
	Purpose    string        // PurposeRevocation when empty
	Bits       *Bits         // at least Entries bits
	ValidFrom  time.Time     // cut to whole seconds
	ValidUntil time.Time     // cut to whole seconds, after ValidFrom
	TTL        time.Duration // how long a copy may be used; zero leaves it out
}

// Unsigned makes the credential that is to be signed.
func Unsigned(p Params) Credential {
	purpose := p.Purpose
	if purpose == "" {
		purpose = PurposeRevocation
	}
	return Credential{
		Context:    []string{ContextVC2},
		ID:         p.ID,
		Type:       []string{typeVerifiable, TypeCredential},
		Issuer:     p.Issuer,
		ValidFrom:  format(p.ValidFrom),
		ValidUntil: format(p.ValidUntil),
		CredentialSubject: Subject{
			ID:            p.ID + listFragment,
			Type:          TypeList,
			StatusPurpose: purpose,
			EncodedList:   Encode(p.Bits),
			TTL:           p.TTL.Milliseconds(),
		},
	}
}

func format(t time.Time) string { return t.UTC().Truncate(time.Second).Format(time.RFC3339) }
