package credential

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ramure/internal/credential/dataintegrity"
	"ramure/internal/jsonld"
	"ramure/internal/openbadges"
)

// content is what was linted.
type content struct {
	document []byte   // the JSON, without a proof
	docHash  [32]byte // of its canonical form
	contexts []string
	guarded  bool // linted on the guarded path
}

// errAltered is a fault of ours: what would be stored is not what was signed.
var errAltered = errors.New("credential: the stored form says something else than the signed one")

// seal signs the content and puts the proof behind it.
//
// Nothing leaves unverified, and nothing is canonicalised for that. SignHash has
// held the signature against the public key and the hash of the canonical form.
// That form came from the same walk that read the document to its end, member by
// member, and the document is kept since as it was. So what is left to read back
// is the proof.
func (c content) seal(ctx context.Context, key Key, created time.Time) (Signed, error) {
	options := dataintegrity.Options{
		VerificationMethod: key.Method, Created: created, Purpose: dataintegrity.AssertionMethod,
	}
	proof, err := dataintegrity.SignHash(ctx, c.docHash, c.contexts, options, key.Signer)
	if err != nil {
		return Signed{}, fmt.Errorf("sign credential: %w", err)
	}
	document, err := c.with(embedded(proof))
	if err == nil && c.guarded {
		err = verifyOwn(ctx, document, c.docHash, key)
	}
	if err != nil {
		return Signed{}, fmt.Errorf("verify own signature: %w", err)
	}
	return Signed{Document: document, DocHash: c.docHash, Thumbprint: key.Thumbprint}, nil
}

// with puts the proof behind the content, as encoding/json would write it, and
// reads it back. It uses the content up.
func (c content) with(proof openbadges.Proof) ([]byte, error) {
	end := len(c.document) - len("}")
	document := append(page(c.document[:end]), `,"proof":`...)
	if err := document.add([]openbadges.Proof{proof}); err != nil {
		return nil, err
	}
	document = append(document, '}')
	if len(document) > jsonld.MaxBytes || !endsWith(document[end:], proof) {
		return nil, errAltered
	}
	return document, nil
}

// endsWith reports whether the end of a document says the proof, and that alone.
func endsWith(text []byte, proof openbadges.Proof) bool {
	r := reader{text: text}
	mark := `,"proof":[{`
	for _, member := range [...][2]string{
		{`"type":`, proof.Type}, {`"cryptosuite":`, proof.Cryptosuite}, {`"created":`, proof.Created},
		{`"verificationMethod":`, proof.VerificationMethod}, {`"proofPurpose":`, proof.ProofPurpose},
		{`"proofValue":`, proof.ProofValue},
	} {
		if !r.takes(mark) || !r.takes(member[0]) || !r.takesText(member[1]) {
			return false
		}
		mark = ","
	}
	return r.takes("}]}") && r.pos == len(text)
}

// verifyOwn reads the bytes as a stranger would and verifies their proof: the
// guarded path lints what the document says, not how the struct says it.
func verifyOwn(ctx context.Context, document []byte, docHash [32]byte, key Key) error {
	doc, err := jsonld.DecodeObject(document)
	if err != nil {
		return err
	}
	proofs, _ := doc["proof"].([]any)
	proof, _ := proofs[0].(map[string]any)
	found, err := dataintegrity.Verify(ctx, doc, proof, key.Signer.Public())
	if err == nil && found != docHash {
		err = errAltered
	}
	return err
}

// embedded gives a proof of ours the shape that stands in a credential.
func embedded(p dataintegrity.Proof) openbadges.Proof {
	return openbadges.Proof{Type: p.Type, Cryptosuite: p.Cryptosuite, Created: p.Created,
		VerificationMethod: p.VerificationMethod, ProofPurpose: p.ProofPurpose, ProofValue: p.ProofValue}
}
