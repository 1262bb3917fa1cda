package dataintegrity

import (
	"context"
	"crypto"
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"ramure/internal/did"
	"ramure/internal/jsonld"
)

// Options say what stands in a proof that we make.
type Options struct {
	Suite              string    // one of Suites; "" means the rdfc suite of the key
	VerificationMethod string    // the DID URL of the key; obligatory
	Created            time.Time // written in UTC with whole seconds
	Purpose            string    // "" means AssertionMethod
	Challenge          string    // only for presentations
	Domain             string    // only for presentations
}

// Sign makes the proof of a document that has none (VC Data Integrity §4.2), and
// gives the document's hash. The signature has been verified with the public key
// before it is returned. Errors are those of this room and of jsonld.
func Sign(ctx context.Context, doc map[string]any, o Options, key crypto.Signer, options ...jsonld.Option) (Proof, [32]byte, error) {
	if _, found := doc["proof"]; found {
		return Proof{}, [32]byte{}, fmt.Errorf("%w: the document has one already", ErrProof)
	}
	s, proof, err := newProof(o, key.Public(), doc["@context"])
	if err != nil {
		return Proof{}, [32]byte{}, err
	}
	signed, docHash, err := s.signedBytes(ctx, doc, proof.Map(), nil, options)
	if err != nil {
		return Proof{}, [32]byte{}, err
	}
	if err := s.fill(&proof, signed, key); err != nil {
		return Proof{}, [32]byte{}, err
	}
	return proof, docHash, nil
}

// SignCanonical is Sign for a document whose canonical N-Quads are known, with the
// document's contexts. It is for our own credentials: the first context must be that
// of VC 2.0, the purpose AssertionMethod, the suite an rdfc one with SHA-256 (not
// P-384).
func SignCanonical(ctx context.Context, canonicalDoc []byte, contexts []string, o Options, key crypto.Signer) (Proof, [32]byte, error) {
	docHash := sha256.Sum256(canonicalDoc)
	proof, err := SignHash(ctx, docHash, contexts, o, key)
	if err != nil {
		return Proof{}, [32]byte{}, err
	}
	return proof, docHash, nil
}

// SignHash is SignCanonical for a document of which only the hash was kept: SHA-256
// of its canonical N-Quads.
func SignHash(ctx context.Context, docHash [32]byte, contexts []string, o Options, key crypto.Signer) (Proof, error) {
	if err := ctx.Err(); err != nil {
		return Proof{}, err
	}
	s, proof, err := newProof(o, key.Public(), nil)
	if err != nil {
		return Proof{}, err
	}
	config, err := s.plainConfig(proof, contexts)
	if err != nil {
		return Proof{}, err
	}
	if err := s.fill(&proof, slices.Concat(s.digest(config), docHash[:]), key); err != nil {
		return Proof{}, err
	}
	return proof, nil
}

// newProof fills all but the value. A jcs suite takes the document's contexts into
// the proof, so that later ones can be told apart.
func newProof(o Options, key crypto.PublicKey, contexts any) (suite, Proof, error) {
	s, err := suiteOf(o.Suite, key)
	if err != nil {
		return suite{}, Proof{}, err
	}
	if !plainIRI(o.VerificationMethod) {
		return suite{}, Proof{}, fmt.Errorf("%w: the verification method is no plain IRI", ErrProof)
	}
	proof := Proof{
		Type: proofType, Cryptosuite: s.name, Created: o.Created.UTC().Format(time.RFC3339),
		VerificationMethod: o.VerificationMethod, ProofPurpose: o.Purpose, Challenge: o.Challenge,
	}
	if s.form == jcs {
		proof.Context = contexts
	}
	if s.name == Ed25519Signature2020 {
		proof.Type, proof.Cryptosuite = s.name, ""
	}
	if o.Purpose == "" {
		proof.ProofPurpose = AssertionMethod
	}
	if o.Domain != "" {
		proof.Domain = Texts{o.Domain}
	}
	return s, proof, nil
}

// fill signs, and verifies the signature as it stands in the proof: a fault while
// signing does not leave the house, where it could betray the key.
func (s suite) fill(proof *Proof, signed []byte, key crypto.Signer) error {
	signature, err := s.sign(key, signed, s.hash)
	if err != nil {
		return fmt.Errorf("dataintegrity: signing: %w", err)
	}
	value := did.EncodeMultibase(signature)
	written, err := s.signature(value)
	if err != nil || !s.verify(key.Public(), signed, written, s.hash) {
		return fmt.Errorf("%w: the signer's own", ErrSignature)
	}
	proof.ProofValue = value
	return nil
}
