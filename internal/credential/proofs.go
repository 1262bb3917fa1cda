package credential

import (
	"context"
	"time"

	"ramure/internal/credential/dataintegrity"
	"ramure/internal/did"
	"ramure/internal/openbadges"
)

// How many proofs are looked at, in one document and in all endorsements of a badge
// together: each costs a canonical form or two, of at most 20,000 steps.
const (
	maxProofs            = 4
	maxEndorsementProofs = 16
)

// proofsOf lists the proofs of a document that were made for a purpose, or says why
// there are none: noProof, malformedProof, tooManyProofs or otherPurpose.
func proofsOf(doc map[string]any, purpose string) (found []map[string]any, flaw string) {
	list, several := doc["proof"].([]any)
	if !several && doc["proof"] != nil {
		list = []any{doc["proof"]}
	}
	switch {
	case len(list) == 0:
		return nil, "noProof"
	case len(list) > maxProofs:
		return nil, "tooManyProofs"
	}
	values := map[any]bool{}
	for _, one := range list {
		proof, isObject := one.(map[string]any)
		value, isText := proof["proofValue"].(string)
		if !isObject || isText && values[value] { // none at all, or the same one again
			return nil, "malformedProof"
		}
		values[value] = true
		if proof["proofPurpose"] == purpose {
			found = append(found, proof)
		}
	}
	if len(found) == 0 {
		return nil, "otherPurpose"
	}
	return found, ""
}

// signed is a document with one of its proofs, and who must have made it.
type signed struct {
	check          CheckID
	doc, proof     map[string]any
	owner, purpose string
}

// held is a proof that holds: under which key, by which suite, over what.
type held struct {
	key     did.VerificationKey
	suite   string
	docHash [32]byte
}

// holds verifies one proof under the key that it names. The check is without status
// where it holds; else it is failed or unknown.
func (s Sources) holds(ctx context.Context, p signed) (h held, c Check) {
	parsed, err := dataintegrity.ParseProof(p.proof)
	if err != nil {
		return h, spoiled(ctx, p.check, err)
	}
	if h.key, c = s.findKey(ctx, p.check, p.owner, parsed.VerificationMethod); c.Status != "" {
		return h, c
	}
	if h.docHash, err = dataintegrity.VerifyFor(ctx, p.doc, p.proof, p.purpose, h.key.Public); err != nil {
		return h, spoiled(ctx, p.check, err)
	}
	if !p.bindsContexts() {
		return h, failed(p.check, "unsignedContent")
	}
	if until, ended := endOf(parsed, s.Now); ended {
		return h, failed(p.check, "expired").with("until", until)
	}
	h.suite = dataintegrity.Suite(p.proof)
	return h, Check{}
}

// bindsContexts reports whether the contexts that say what the words of a credential
// mean are signed too. A proof over JSON may sign only the first ones; those behind
// give other words their meaning, never these.
func (p signed) bindsContexts() bool {
	if p.purpose != dataintegrity.AssertionMethod || p.proof["@context"] == nil {
		return true
	}
	secured, err := dataintegrity.Secured(p.doc, p.proof)
	return err == nil && len(openbadges.ValidateContext(secured)) == 0
}

// endOf gives the end of a proof that has passed (VC Data Integrity §2.1, expires).
// Our proofs have none: it is the badge that ends.
func endOf(proof dataintegrity.Proof, now time.Time) (until string, ended bool) {
	end, err := dataintegrity.ParseDate(proof.Expires)
	return openbadges.FormatDateTime(end), err == nil && now.After(end)
}
