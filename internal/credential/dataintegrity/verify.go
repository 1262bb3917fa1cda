package dataintegrity

import (
	"context"
	"crypto"
	"fmt"

	"ramure/internal/did"
	"ramure/internal/jsonld"
)

// Verify checks one proof for assertions (VC Data Integrity §4.4) with the issuer's
// key and gives the document's hash: SHA-256 of its canonical N-Quads or, under a
// jcs suite, of its canonical JSON. The document may have a proof member; it is
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
	s, err := suiteOf(parsed.suite(), key)
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
