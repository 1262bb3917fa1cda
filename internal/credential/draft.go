package credential

import (
	"context"
	"crypto"
	"errors"
	"sync/atomic"
	"time"

	"ramure/internal/credential/statuslist"
	"ramure/internal/openbadges"
	"ramure/internal/problem"
)

// Draft is a credential that was linted and may be signed, once. It holds the
// bytes that were linted: what becomes of the struct afterwards changes nothing.
type Draft struct {
	content content
	spent   atomic.Bool
}

// Key is what a Draft is signed with.
type Key struct {
	Signer     crypto.Signer
	Method     string // DID URL of the verification method
	Thumbprint string // RFC 7638
}

// Signed is a credential with its proof, exactly as it will be served.
type Signed struct {
	Document   []byte
	DocHash    [32]byte // SHA-256 of the canonical form without the proof
	Thumbprint string
}

// Prepare lints an unsigned credential of ours: the tables of Open Badges 3.0
// hold, the contexts are the embedded ones, and every member reaches RDF. It
// answers an Invalid problem that names every broken rule with its path.
//
// Ordinary badges take the typed path. What that path does not know or finds
// fault with takes the guarded path, which decides, and words the refusal.
func Prepare(ctx context.Context, c openbadges.AchievementCredential) (*Draft, error) {
	if len(c.Proof) > 0 {
		return nil, problem.Violated("error.credential.invalid",
			problem.Violation{Path: "$.proof", Rule: "unsigned", Detail: "prepare the content without a proof"})
	}
	document, err := encode(&c)
	if err != nil {
		return nil, problem.Wrap(problem.Internal, "error.internal", err)
	}
	linted, err := lintTyped(ctx, &c, document)
	if errors.Is(err, errUntyped) {
		linted, err = lintGuarded(ctx, &c, document)
	}
	if err != nil {
		return nil, err
	}
	return &Draft{content: linted}, nil
}

// Sign burns the draft and answers the credential with its proof, after having
// verified that proof as it will be stored. The second call of a draft answers
// ErrDraftSpent.
func (d *Draft) Sign(ctx context.Context, key Key, created time.Time) (Signed, error) {
	if d.spent.Swap(true) {
		return Signed{}, ErrDraftSpent
	}
	return d.content.seal(ctx, key, created)
}

// SignList signs a status list, which takes the typed path or none.
func SignList(ctx context.Context, list statuslist.Credential, key Key, created time.Time) (Signed, error) {
	document, err := encode(&list)
	if err != nil {
		return Signed{}, err
	}
	docHash, err := statusListPlan.sum(ctx, &list, document)
	if err != nil {
		return Signed{}, err
	}
	return content{document: document, docHash: docHash, contexts: list.Context}.seal(ctx, key, created)
}
