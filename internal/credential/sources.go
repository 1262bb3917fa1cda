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
}

// StatusSource answers for a credential's status entry. It answers an error
// of errors.go when the answer can't be had or can't be trusted.
type StatusSource interface {
	Status(ctx context.Context, issuerID string, entry openbadges.StatusEntry) (StatusAnswer, error)
}

// StatusAnswer is what a status list says of one index.
type StatusAnswer struct {
	Revoked bool
	At      time.Time // when it was revoked, zero when the list does not say
}

// LogSource answers whether a credential's leaf is in the log.
type LogSource interface {
	Included(ctx context.Context, issuerID string, docHash [32]byte) (Inclusion, error)
}

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
