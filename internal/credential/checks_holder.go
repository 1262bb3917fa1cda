package credential

import (
	"bytes"
	"context"
	"encoding/json"
	"strconv"
	"time"

	"ramure/internal/credential/dataintegrity"
	"ramure/internal/did"
	"ramure/internal/openbadges"
)

// Verify examines who shows the credentials, and none of these: the answer is ok,
// failed or unknown under the id CheckHolder. It asks for the holder's keys and for
// nothing else. A holder's proof is made for one moment and one reader, by a
// challenge that we did not give: that it was made for us is never said.
func (p Presentation) Verify(ctx context.Context, src Sources) Check {
	if p.claims != nil {
		return p.verifyToken(ctx, src)
	}
	proofs, flaw := proofsOf(p.doc, dataintegrity.Authentication)
	switch flaw {
	case "":
	case "noProof": // nobody has to say that they show it
		return unknown(CheckHolder, flaw)
	default:
		return failed(CheckHolder, flaw)
	}
	var check Check
	for _, proof := range proofs {
		if check = p.verifyProof(ctx, src, proof); check.Status != OK {
			break
		}
	}
	return check
}

// verifyProof holds one proof against the holder, or where the presentation names
// none, against whoever owns the key.
func (p Presentation) verifyProof(ctx context.Context, src Sources, proof map[string]any) Check {
	owner := p.Holder
	if method, isText := proof["verificationMethod"].(string); isText && owner == "" {
		owner = beforeFragment(method)
	}
	found, check := src.holds(ctx, signed{CheckHolder, p.doc, proof, owner, dataintegrity.Authentication})
	if check.Status != "" {
		return check
	}
	return p.owns(found.key, owner, src.Now)
}

// owns answers for a signature that holds under a key: whether it is the owner's.
func (p Presentation) owns(key did.VerificationKey, owner string, now time.Time) Check {
	switch {
	case key.Controller != owner:
		return failed(CheckHolder, "mismatch")
	case key.Revoked != nil && !key.Revoked.After(now), key.Expires != nil && key.Expires.Before(now):
		return failed(CheckHolder, "keyNotPublished")
	}
	return ok(CheckHolder, "signed").with("holder", owner)
}

// verifyToken verifies the signature of a VP-JWT.
func (p Presentation) verifyToken(ctx context.Context, src Sources) Check {
	header := p.token.Header()
	method := keyNamed(header)
	owner := p.Holder
	if owner == "" {
		owner = beforeFragment(method)
	}
	if method == "" || owner == "" {
		return unknown(CheckHolder, "noProof")
	}
	key, check := src.findKey(ctx, CheckHolder, owner, method)
	if check.Status != "" {
		return check
	}
	payload, err := p.token.Verify(key.Public)
	if err != nil || !key.Allows(header.Alg) || !bytes.Equal(payload, p.payload) {
		return failed(CheckHolder, "altered")
	}
	if until, ended := endOfToken(p.claims, src.Now); ended {
		return failed(CheckHolder, "expired").with("until", until)
	}
	return p.owns(key, owner, src.Now)
}

// endOfToken gives the end of a token that has passed, or that can't be read.
func endOfToken(claims map[string]any, now time.Time) (until string, ended bool) {
	claim, present := claims["exp"]
	if !present {
		return "", false
	}
	number, _ := claim.(json.Number)
	seconds, err := strconv.ParseInt(string(number), 10, 64)
	end := time.Unix(seconds, 0)
	return openbadges.FormatDateTime(end), err != nil || now.After(end)
}
