package credential

import (
	"bytes"
	"context"
	"crypto"
	"encoding/json"
	"fmt"
	"sync/atomic"
	"time"

	"ramure/internal/credential/dataintegrity"
	"ramure/internal/jsonld"
	"ramure/internal/openbadges"
	"ramure/internal/problem"
)

// Draft is a credential that was linted and may be signed, once.
type Draft struct {
	cred  openbadges.AchievementCredential
	doc   map[string]any
	spent atomic.Bool
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
func Prepare(ctx context.Context, c openbadges.AchievementCredential) (*Draft, error) {
	doc, err := decoded(c)
	if err != nil {
		return nil, problem.Wrap(problem.Internal, "error.internal", err)
	}
	if _, signed := doc["proof"]; signed {
		return nil, problem.Violated("error.credential.invalid",
			problem.Violation{Path: "$.proof", Rule: "unsigned", Detail: "prepare the content without a proof"})
	}
	if broken := openbadges.Validate(doc, openbadges.Strict); len(broken) > 0 {
		return nil, problem.Violated("error.credential.invalid", violations(broken)...)
	}
	if _, err := jsonld.Quads(ctx, doc); err != nil {
		return nil, lossy(err)
	}
	return &Draft{cred: c, doc: doc}, nil
}

// Sign burns the draft and answers the credential with its proof, after having
// verified that proof from the bytes that will be stored. The second call of a
// draft answers ErrDraftSpent.
func (d *Draft) Sign(ctx context.Context, key Key, created time.Time) (Signed, error) {
	if d.spent.Swap(true) {
		return Signed{}, ErrDraftSpent
	}
	options := dataintegrity.Options{VerificationMethod: key.Method, Created: created, Purpose: "assertionMethod"}
	proof, docHash, err := dataintegrity.Sign(ctx, d.doc, options, key.Signer)
	if err != nil {
		return Signed{}, fmt.Errorf("sign credential: %w", err)
	}
	signed := d.cred
	signed.Proof = openbadges.Compact[openbadges.Proof]{embedded(proof)}
	document, err := encode(signed)
	if err != nil {
		return Signed{}, fmt.Errorf("encode credential: %w", err)
	}
	if err := verifyOwn(ctx, document, docHash, key); err != nil {
		return Signed{}, fmt.Errorf("verify own signature: %w", err)
	}
	return Signed{Document: document, DocHash: docHash, Thumbprint: key.Thumbprint}, nil
}

// verifyOwn reads the bytes as a stranger would and verifies their proof.
func verifyOwn(ctx context.Context, document []byte, docHash [32]byte, key Key) error {
	doc, err := jsonld.DecodeObject(document)
	if err != nil {
		return err
	}
	proofs, _ := doc["proof"].([]any)
	proof, _ := proofs[0].(map[string]any)
	found, err := dataintegrity.Verify(ctx, doc, proof, key.Signer.Public())
	if err == nil && found != docHash {
		err = fmt.Errorf("the stored form has another hash than the signed one")
	}
	return err
}

// decoded gives the generic form of a shape, as a reader would decode it.
func decoded(shape any) (map[string]any, error) {
	raw, err := json.Marshal(shape)
	if err != nil {
		return nil, err
	}
	return jsonld.DecodeObject(raw)
}

// embedded gives a proof of ours the shape that stands in a credential.
func embedded(p dataintegrity.Proof) openbadges.Proof {
	return openbadges.Proof{Type: p.Type, Cryptosuite: p.Cryptosuite, Created: p.Created,
		VerificationMethod: p.VerificationMethod, ProofPurpose: p.ProofPurpose, ProofValue: p.ProofValue}
}

// encode writes JSON without the escapes that HTML would need.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

func violations(broken []openbadges.Violation) []problem.Violation {
	list := make([]problem.Violation, len(broken))
	for i, v := range broken {
		list[i] = problem.Violation{Path: v.Path, Rule: v.Rule, Detail: v.Detail}
	}
	return list
}

// lossy says of content that RDF could not hold that it was refused.
func lossy(err error) error {
	return &problem.Error{Kind: problem.Invalid, Key: "error.credential.lossy",
		Violations: []problem.Violation{{Path: "$", Rule: "lossless", Detail: err.Error()}}}
}
