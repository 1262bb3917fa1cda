package credential

import (
	"context"
	"time"

	"ramure/internal/did"
	"ramure/internal/openbadges"
)

// Sources are the facts that a verification may ask for. A nil source is not
// asked, and the check that needs it says "offline".
type Sources struct {
	Keys     did.Resolver
	Status   StatusSource
	Log      LogSource
	Standing func(issuerID string) Standing // UnknownStanding for all when nil
	Now      time.Time
	// Refresh gets what is behind the address of a refresh service, without
	// credentials (Open Badges 3.0, 1EdTechCredentialRefresh).
	Refresh func(ctx context.Context, address string) ([]byte, error)
	// Recipient is whom the caller expects: an e-mail address, an id or a name; ""
	// when nobody asked.
	Recipient string
}

// StatusSource answers for one status entry of a credential, named by its issuer's
// id and its own; of several entries, each is asked. It answers an error of errors.go
// when the answer can't be had or can't be trusted.
type StatusSource interface {
	Status(ctx context.Context, issuerID, credentialID string, entry openbadges.StatusEntry) (StatusAnswer, error)
}

// StatusAnswer is what a status list says of one entry. At and Reason are empty
// when the list does not say.
type StatusAnswer struct {
	Revoked   bool
	Suspended bool
	Reason    string    // in the issuer's own words
	At        time.Time // when it was revoked or suspended
}

// LogSource answers whether a credential's leaf is in the log.
type LogSource interface {
	Included(ctx context.Context, issuerID string, docHash [32]byte) (Inclusion, error)
}

// Outsider is a LogSource that can tell without work that it never promised to hold
// the credentials of an issuer. A signature over JSON then needs no canonical form.
type Outsider interface{ Outside(issuerID string) bool }

// Inclusion is a verified place in the log.
type Inclusion struct {
	Index  int64
	Size   int64  // of the checkpoint that proves it
	Day    string // of signing, as the leaf says: 2006-01-02
	Origin string // of the log
	// Thumbprint is that of the key that the leaf was made under; empty when the
	// source does not know it.
	Thumbprint string
}
