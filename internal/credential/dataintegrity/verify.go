package dataintegrity

import (
	"context"
	"crypto"
	"fmt"
	"slices"

	"ramure/internal/did"
	"ramure/internal/jsonld"
)

// Verify checks one proof for assertions (VC Data Integrity §4.4) with the issuer's
// key and gives the document's hash. The document may have a proof member; it is
// not part of what is hashed, except the earlier proofs of a chain. Nothing but the
// signature and the form is checked: see the package comment. Errors are those of
// this room and of jsonld.
func Verify(ctx context.Context, doc, proof map[string]any, key crypto.PublicKey, options ...jsonld.Option) ([32]byte, error) {
	return VerifyFor(ctx, doc, proof, AssertionMethod, key, options...)
}

// VerifyFor is Verify for another purpose, such as Authentication in presentations.
func VerifyFor(ctx context.Context, doc, proof map[string]any, purpose string, key crypto.PublicKey, options ...jsonld.Option) ([32]byte, error) {
	parsed, err := ParseProof(proof)
	if err != nil {
		return [32]byte{}, err
	}
	if parsed.ProofPurpose != purpose {
		return [32]byte{}, fmt.Errorf("%w: its purpose is not %s", ErrProof, purpose)
	}
	s, err := suiteOf(parsed.Cryptosuite, key)
	if err != nil {
		return [32]byte{}, err
	}
	signature, err := s.signature(parsed.ProofValue)
	if err != nil {
		return [32]byte{}, err
	}
	signed, docHash, err := s.signedBytes(ctx, doc, proof, parsed.PreviousProof, options)
	if err != nil {
		return [32]byte{}, err
	}
	if !s.verify(key, signed, signature, s.hash) {
		return [32]byte{}, ErrSignature
	}
	return docHash, nil
}

// signature reads a proofValue: Multibase base58btc of exactly the suite's length.
func (s suite) signature(proofValue string) ([]byte, error) {
	signature, err := did.DecodeMultibase(proofValue)
	if err != nil || len(signature) != s.size {
		return nil, fmt.Errorf("%w: proofValue is not %d bytes in base58btc", ErrProof, s.size)
	}
	return signature, nil
}

// signedBytes are the hash of the options and, after it, that of the document. The
// document's hash for the log comes with them: mostly it is the same one.
func (s suite) signedBytes(ctx context.Context, doc, proof map[string]any, previous Texts, options []jsonld.Option) (signed []byte, docHash [32]byte, err error) {
	config, err := s.configHash(ctx, doc, proof, options)
	if err != nil {
		return nil, docHash, err
	}
	secured := without(doc, "proof")
	if len(previous) != 0 {
		if secured["proof"], err = earlier(doc["proof"], previous); err != nil {
			return nil, docHash, err
		}
	}
	canonical, err := canonicalize(ctx, secured, s.hash, options)
	if err != nil {
		return nil, docHash, err
	}
	document := s.digest(canonical)
	if s.hash == crypto.SHA256 && len(previous) == 0 {
		return slices.Concat(config, document), [32]byte(document), nil
	}
	docHash, err = DocHash(ctx, doc, options...)
	return slices.Concat(config, document), docHash, err
}

// earlier gathers the proofs that a proof of a chain signs together with the
// document (VC Data Integrity §4.3, §4.5). Each id must stand exactly once.
func earlier(proofs any, ids Texts) ([]any, error) {
	list, ok := proofs.([]any)
	if !ok {
		list = []any{proofs}
	}
	var found []any
	for _, id := range ids {
		matches := 0
		for _, item := range list {
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
