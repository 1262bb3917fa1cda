package dataintegrity

import (
	"crypto"
	"fmt"
)

// contextVC2 defines every term of a proof and protects them: no context after it
// can give them another meaning.
const contextVC2 = "https://www.w3.org/ns/credentials/v2"

// configLines is the canonical form of the options of our own proofs: one blank
// node, five statements, sorted. What is filled in is date, suite and method.
const configLines = `_:c14n0 <http://purl.org/dc/terms/created> "%s"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
_:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/security#DataIntegrityProof> .
_:c14n0 <https://w3id.org/security#cryptosuite> "%s"^^<https://w3id.org/security#cryptosuiteString> .
_:c14n0 <https://w3id.org/security#proofPurpose> <https://w3id.org/security#assertionMethod> .
_:c14n0 <https://w3id.org/security#verificationMethod> <%s> .
`

// plainConfig writes the canonical options of a proof without JSON-LD. None of the
// three values needs an escape: the date is ours, the suite is of the table, and
// the method was found to be a plain IRI.
func (s suite) plainConfig(proof Proof, contexts []string) ([]byte, error) {
	if s.form != rdfc || proof.Type != proofType {
		return nil, fmt.Errorf("%w: only rdfc suites are signed in this way", ErrSuite)
	}
	if len(contexts) == 0 || contexts[0] != contextVC2 {
		return nil, fmt.Errorf("%w: the first context is not that of VC 2.0", ErrProof)
	}
	if proof.ProofPurpose != AssertionMethod || proof.Challenge != "" || proof.Domain != nil {
		return nil, fmt.Errorf("%w: only plain assertions are signed in this way", ErrProof)
	}
	if s.hash != crypto.SHA256 {
		return nil, fmt.Errorf("%w: the canonical form of a P-384 proof depends on SHA-384", ErrKey)
	}
	return fmt.Appendf(nil, configLines, proof.Created, proof.Cryptosuite, proof.VerificationMethod), nil
}
