package did

import "errors"

// The ways in which a key cannot be told. A verdict depends on which: with
// ErrUnavailable nothing is known, with the others the proof is not the issuer's.
var (
	ErrSyntax      = errors.New("did: malformed identifier")
	ErrKey         = errors.New("did: unacceptable key")
	ErrDocument    = errors.New("did: malformed document")
	ErrUnknownKey  = errors.New("did: the issuer does not publish this key")
	ErrUnsupported = errors.New("did: this kind of issuer is not resolved here")
	ErrUnavailable = errors.New("did: the issuer's document cannot be fetched")
)
