package vcjwt

import "errors"

// The ways in which a token fails.
var (
	ErrMalformed = errors.New("vcjwt: malformed token") // the text is not a token as read here
	ErrRefused   = errors.New("vcjwt: refused header")  // it is, with a header that is not allowed
	ErrKey       = errors.New("vcjwt: wrong kind of key")
	ErrSignature = errors.New("vcjwt: wrong signature")
)
