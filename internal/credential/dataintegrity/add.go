package dataintegrity

import (
	"context"
	"crypto"
	"time"

	"ramure/internal/jsonld"
)

// Further is what a proof says beyond Options. Its zero value says nothing.
type Further struct {
	ID       string    // a URL, by which later proofs may name this one
	Previous []string  // ids of earlier proofs that are signed together with the document
	Expires  time.Time // written in UTC with whole seconds
	Domains  []string  // besides Options.Domain
}

// Add makes a further proof for a document that may have some already: a proof of
// its own (a set), or one that also signs the earlier ones that it names (a chain;
// VC Data Integrity §4.3). The earlier proofs are not verified here. The caller puts
// the new one beside them. Errors are those of this room and of jsonld.
func Add(ctx context.Context, doc map[string]any, o Options, f Further, key crypto.Signer, options ...jsonld.Option) (Proof, error) {
	s, proof, err := newProof(o, key.Public(), doc["@context"])
	if err != nil {
		return Proof{}, err
	}
	proof.ID, proof.PreviousProof = f.ID, f.Previous
	proof.Domain = append(proof.Domain, f.Domains...)
	if !f.Expires.IsZero() {
		proof.Expires = f.Expires.UTC().Format(time.RFC3339)
	}
	signed, _, err := s.signedBytes(ctx, doc, proof.Map(), proof.PreviousProof, options)
	if err != nil {
		return Proof{}, err
	}
	return proof, s.fill(&proof, signed, key)
}
