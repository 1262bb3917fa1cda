package credential

import (
	"bytes"
	"context"
	"errors"

	"ramure/internal/credential/dataintegrity"
	"ramure/internal/credential/vcjwt"
	"ramure/internal/did"
	"ramure/internal/jsonld"
	"ramure/internal/openbadges"
)

// checkProof resolves the key that the proof names and holds the signature
// against the content.
func (e *examination) checkProof(ctx context.Context) (Check, bool) {
	if e.form == formJWT {
		return e.checkJWT(ctx)
	}
	proof, reason := e.embeddedProof()
	if reason != "" {
		return failed(CheckProof, reason), false
	}
	method, _ := proof["verificationMethod"].(string)
	if check, found := e.findKey(ctx, method); !found {
		return e.unproven(ctx, check)
	}
	docHash, err := dataintegrity.Verify(ctx, e.doc, proof, e.key.Public)
	if err != nil {
		return failed(CheckProof, spoiled(err)), false
	}
	if e.ended(proof) {
		return failed(CheckProof, "unsupported"), false
	}
	e.bind(docHash)
	return ok(CheckProof, "embedded"), true
}

// ended reports a proof whose own end has passed (VC Data Integrity §2.1,
// expires). Our proofs have none: it is the badge that ends.
func (e *examination) ended(proof map[string]any) bool {
	text, present := proof["expires"].(string)
	until, err := openbadges.ParseDateTime(text)
	return present && (err != nil || e.src.Now.After(until))
}

// embeddedProof takes the one proof that this version reads; sets of proofs
// come with the verification of foreign credentials.
func (e *examination) embeddedProof() (map[string]any, string) {
	switch p := e.doc["proof"].(type) {
	case map[string]any:
		return p, ""
	case []any:
		if len(p) != 1 {
			return nil, "severalProofs"
		}
		proof, isObject := p[0].(map[string]any)
		if isObject {
			return proof, ""
		}
	}
	return nil, "noProof"
}

// checkJWT verifies the signature of a VC-JWT. The hash of its content is that
// of the same credential without the claims, so that both forms have one leaf.
func (e *examination) checkJWT(ctx context.Context) (Check, bool) {
	method := keyNamed(e.token.Header())
	if method == "" {
		return failed(CheckProof, "noKeyID"), false
	}
	if check, found := e.findKey(ctx, method); !found {
		return e.unproven(ctx, check)
	}
	if !e.key.Allows(e.token.Header().Alg) {
		return failed(CheckProof, "altered"), false
	}
	payload, err := e.token.Verify(e.key.Public)
	if err != nil || !bytes.Equal(payload, e.payload) { // what was examined is what was signed
		return failed(CheckProof, "altered"), false
	}
	docHash, err := dataintegrity.DocHash(ctx, e.doc)
	if err != nil {
		return failed(CheckProof, spoiled(err)), false
	}
	e.bind(docHash)
	return ok(CheckProof, "jwt"), true
}

// keyNamed is the key that a JWT points at. A key that it brings along is only a
// name for one that the issuer publishes.
func keyNamed(h vcjwt.Header) string {
	if h.Kid == "" && h.JWK != nil {
		return did.ThumbprintURI(h.Thumbprint)
	}
	return h.Kid
}

// unproven goes on with an unknown proof: the hash of the content still leads
// to its leaf, and the dates can still be read. A failed one ends the walk.
func (e *examination) unproven(ctx context.Context, check Check) (Check, bool) {
	if check.Status == Failed {
		return check, false
	}
	docHash, err := dataintegrity.DocHash(ctx, e.doc)
	if err != nil {
		return failed(CheckProof, spoiled(err)), false
	}
	e.bind(docHash)
	return check, true
}

// findKey asks for the key of a verification method of the credential's issuer.
func (e *examination) findKey(ctx context.Context, method string) (Check, bool) {
	if e.src.Keys == nil {
		return unknown(CheckProof, "offline"), false
	}
	key, err := e.src.Keys.Resolve(ctx, e.report.IssuerID, method)
	if reason, isUnknown := keyUnknown(err); isUnknown {
		return unknown(CheckProof, reason), false
	}
	if err != nil {
		return failed(CheckProof, "keyNotPublished"), false
	}
	e.key = key
	return Check{}, true
}

// keyUnknown tells the failures that say nothing about the key itself.
func keyUnknown(err error) (string, bool) {
	if reason, isUnknown := unknownReason(err); isUnknown {
		return reason, true
	}
	return "unreachable", errors.Is(err, did.ErrUnavailable)
}

// spoiled names what is wrong with a proof that does not hold. One of another
// kind than the issuer's key is not the issuer's: altered.
func spoiled(err error) string {
	switch {
	case errors.Is(err, jsonld.ErrLoss):
		return "unsignedContent"
	case errors.Is(err, jsonld.ErrLimit), errors.Is(err, jsonld.ErrBudget):
		return "tooComplex"
	case errors.Is(err, dataintegrity.ErrProof):
		return "unsupported"
	}
	return "altered"
}

// checkIssuer makes sure that the key belongs to the issuer that the
// credential names, and is not said to be compromised.
func (e *examination) checkIssuer(context.Context) (Check, bool) {
	switch {
	case e.key.Public == nil:
		return unknown(CheckIssuer, e.report.Check(CheckProof).Reason), true
	case e.key.Controller != e.report.IssuerID:
		return failed(CheckIssuer, "mismatch"), false
	case e.key.Revoked != nil && !e.key.Revoked.After(e.src.Now):
		return failed(CheckIssuer, "keyRevoked"), true
	case e.key.Expires != nil && e.key.Expires.Before(e.src.Now):
		return failed(CheckIssuer, "keyExpired"), true
	}
	return ok(CheckIssuer, "controls").with("issuer", e.report.IssuerID), true
}
