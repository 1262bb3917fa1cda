package vcapi

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"ramure/internal/credential/dataintegrity"
)

// maxProofs is how many proofs one document may have: each costs a
// canonicalisation.
const maxProofs = 16

// checkProofs verifies every proof of a document, sets and chains alike (VC Data
// Integrity §4.4, §4.5), and gives the controllers of their keys.
func (a *Adapter) checkProofs(ctx context.Context, doc map[string]any, o options, purposes []string) (controllers []string, found []detail) {
	proofs := items(doc["proof"])
	switch {
	case len(proofs) == 0:
		return nil, []detail{say(verificationError, "there is no proof", "$.proof")}
	case len(proofs) > maxProofs:
		return nil, []detail{say(rangeError, "too many proofs", "$.proof")}
	}
	for i, item := range proofs {
		path := "$.proof"
		if len(proofs) > 1 {
			path += "[" + strconv.Itoa(i) + "]"
		}
		controller, broken := a.checkProof(ctx, doc, item, o, purposes)
		if broken != nil {
			if broken.Path == "" {
				broken.Path = path
			}
			found = append(found, *broken)
			continue
		}
		controllers = append(controllers, controller)
	}
	return controllers, found
}

// checkProof verifies one proof, and what it says besides: purpose, domain,
// challenge, expiry.
func (a *Adapter) checkProof(ctx context.Context, doc map[string]any, item any, o options, purposes []string) (string, *detail) {
	members, isObject := item.(map[string]any)
	if !isObject {
		return "", new(say(verificationError, "not an object", ""))
	}
	proof, err := dataintegrity.ParseProof(members)
	if err != nil {
		return "", new(why(err, verificationError))
	}
	if broken := a.checkMeaning(proof, o, purposes); broken != nil {
		return "", broken
	}
	controller, _, hasFragment := strings.Cut(proof.VerificationMethod, "#")
	if !hasFragment {
		return "", new(say(methodURLError, "a DID URL with a fragment is expected", ""))
	}
	key, err := a.keys.Resolve(ctx, controller, proof.VerificationMethod)
	if err != nil {
		return "", new(why(err, methodError))
	}
	now := a.Now()
	if key.Revoked != nil && !key.Revoked.After(now) || key.Expires != nil && key.Expires.Before(now) {
		return "", new(say(methodError, "the key is revoked or expired", ""))
	}
	_, err = dataintegrity.VerifyFor(ctx, expandable(doc), members, proof.ProofPurpose, key.Public, permitted()...)
	if err != nil {
		return "", new(why(err, verificationError))
	}
	return controller, nil
}

// checkMeaning holds what a proof says against what the request asks (VC Data
// Integrity §4.4, steps 5 to 7).
func (a *Adapter) checkMeaning(proof dataintegrity.Proof, o options, purposes []string) *detail {
	if !slices.Contains(purposes, proof.ProofPurpose) {
		return new(say(verificationError, "another purpose", ""))
	}
	if o.domain != nil && !sameTexts(o.domain, proof.Domain) {
		return new(say(domainError, "", ""))
	}
	if o.challenge != "" && o.challenge != proof.Challenge {
		return new(say(challengeError, "", ""))
	}
	if proof.ID != "" && !isURL(proof.ID) {
		return new(say(verificationError, "its id is not a URL", ""))
	}
	if proof.Expires == "" {
		return nil
	}
	expires, err := dataintegrity.ParseDate(proof.Expires)
	if err != nil || !a.Now().Before(expires) {
		return new(say(verificationError, "expired", ""))
	}
	return nil
}

// sameTexts compares two sets.
func sameTexts(a, b []string) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}
