package dataintegrity

import (
	"context"
	"crypto"
	"crypto/sha256"
	"fmt"
	"slices"

	"ramure/internal/jsonld"
)

// DocHash is SHA-256 of the canonical N-Quads of a document without its proof: the
// value that eddsa-rdfc-2022 signs and that the log's leaf commits to. Errors are
// those of package jsonld.
func DocHash(ctx context.Context, doc map[string]any, options ...jsonld.Option) ([32]byte, error) {
	canonical, err := rdfc.canonical(ctx, without(doc, "proof"), crypto.SHA256, options)
	if err != nil {
		return [32]byte{}, err
	}
	return sha256.Sum256(canonical), nil
}

// signedBytes are the hash of the options and, after it, that of the document,
// which has the earlier proofs in it that a chain signs. The document's own hash
// comes with them: mostly it is the same one.
func (s suite) signedBytes(ctx context.Context, doc, proof map[string]any, previous Texts, options []jsonld.Option) (signed []byte, docHash [32]byte, err error) {
	secured, err := s.form.secured(doc, proof)
	if err != nil {
		return nil, docHash, err
	}
	config, err := s.form.canonical(ctx, s.form.config(secured, proof), s.hash, options)
	if err != nil {
		return nil, docHash, fmt.Errorf("proof: %w", err)
	}
	whole := secured
	if len(previous) != 0 {
		whole = without(secured, "proof")
		if whole["proof"], err = earlier(doc["proof"], previous); err != nil {
			return nil, docHash, err
		}
	}
	canonical, err := s.form.canonical(ctx, whole, s.hash, options)
	if err != nil {
		return nil, docHash, err
	}
	signed = slices.Concat(s.digest(config), s.digest(canonical))
	if s.hash != crypto.SHA256 || len(previous) != 0 {
		if canonical, err = s.form.canonical(ctx, secured, crypto.SHA256, options); err != nil {
			return nil, docHash, err
		}
	}
	return signed, sha256.Sum256(canonical), nil
}

// earlier gathers the proofs that a proof of a chain signs together with the
// document (VC Data Integrity §4.3, §4.5). Each id must stand exactly once.
func earlier(proofs any, ids Texts) ([]any, error) {
	var found []any
	for _, id := range ids {
		matches := 0
		for _, item := range listed(proofs) {
			if proof, _ := item.(map[string]any); proof["id"] == id {
				found = append(found, proof)
				matches++
			}
		}
		if matches != 1 {
			return nil, fmt.Errorf("%w: an earlier proof is missing or stands twice", ErrProof)
		}
	}
	return found, nil
}
