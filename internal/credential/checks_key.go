package credential

import (
	"context"
	"errors"
	"strings"

	"ramure/internal/credential/vcjwt"
	"ramure/internal/did"
)

// findKey asks for the key of a verification method of its owner: the issuer of a
// credential, the holder of a presentation. The check answers where there is none.
// A DID URL says by itself whose method it is: nobody is asked for another's.
func (s Sources) findKey(ctx context.Context, id CheckID, owner, method string) (did.VerificationKey, Check) {
	if strings.HasPrefix(method, "did:") && beforeFragment(method) != owner {
		return did.VerificationKey{}, failed(id, "keyNotPublished")
	}
	if s.Keys == nil {
		return did.VerificationKey{}, unknown(id, "offline")
	}
	key, err := s.Keys.Resolve(ctx, owner, method)
	if reason, isUnknown := keyUnknown(id, err); isUnknown {
		return key, unknown(id, reason)
	}
	switch {
	case errors.Is(err, did.ErrKey):
		return key, failed(id, "badKey")
	case err != nil:
		return key, failed(id, "keyNotPublished")
	}
	return key, Check{}
}

func beforeFragment(method string) string {
	owner, _, _ := strings.Cut(method, "#")
	return owner
}

// keyUnknown tells the failures that say nothing about the key itself.
func keyUnknown(id CheckID, err error) (string, bool) {
	if reason, isUnknown := unknownReason(id, err); isUnknown {
		return reason, true
	}
	if errors.Is(err, did.ErrUnsupported) {
		return "unsupportedIssuer", true
	}
	return "unreachable", errors.Is(err, did.ErrUnavailable)
}

// keyNamed is the key that a JWT points at. A key that it brings along is only a
// name for one that the issuer publishes.
func keyNamed(h vcjwt.Header) string {
	if h.Kid == "" && h.JWK != nil {
		return did.ThumbprintURI(h.Thumbprint)
	}
	return h.Kid
}

// checkIssuer makes sure that the keys belong to the issuer that the credential
// names, and that none is said to be compromised.
func (e *examination) checkIssuer(context.Context) (Check, bool) {
	if len(e.keys) == 0 {
		return unknown(CheckIssuer, e.report.Check(CheckProof).Reason), true
	}
	for _, key := range e.keys {
		switch {
		case key.Controller != e.head.issuer:
			return failed(CheckIssuer, "mismatch"), false
		case key.Revoked != nil && !key.Revoked.After(e.src.Now):
			return failed(CheckIssuer, "keyRevoked"), true
		case key.Expires != nil && key.Expires.Before(e.src.Now):
			return failed(CheckIssuer, "keyExpired"), true
		}
	}
	return ok(CheckIssuer, "controls").with("issuer", e.head.issuer), true
}
