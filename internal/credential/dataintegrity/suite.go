package dataintegrity

import (
	"crypto"
	_ "crypto/sha256" // for crypto.SHA256
	_ "crypto/sha512" // for crypto.SHA384
	"fmt"
	"slices"

	"ramure/internal/did"
)

// Names of the suites. The last one is older than Data Integrity: its name stands
// as the type of the proof, which has no cryptosuite.
const (
	EdDSARDFC            = "eddsa-rdfc-2022"
	EdDSAJCS             = "eddsa-jcs-2022"
	ECDSARDFC            = "ecdsa-rdfc-2019"
	ECDSAJCS             = "ecdsa-jcs-2019"
	Ed25519Signature2020 = "Ed25519Signature2020"
)

// suite is one line of the table: a cryptographic suite with one kind of key.
type suite struct {
	name string
	form form
	hash crypto.Hash // of documents and of the canonicalisation (ECDSA Cryptosuites §3.1)
	curve
}

// suites are in the order in which one is chosen for a key that may sign by several.
var suites = []suite{
	{EdDSARDFC, rdfc, crypto.SHA256, onEdwards},
	{ECDSARDFC, rdfc, crypto.SHA256, onP256},
	{ECDSARDFC, rdfc, crypto.SHA384, onP384},
	{EdDSAJCS, jcs, crypto.SHA256, onEdwards},
	{ECDSAJCS, jcs, crypto.SHA256, onP256},
	{ECDSAJCS, jcs, crypto.SHA384, onP384},
	{Ed25519Signature2020, rdfc, crypto.SHA256, onEdwards},
}

// Suites lists the names of the suites that Verify knows.
func Suites() []string {
	var names []string
	for _, s := range suites {
		if !slices.Contains(names, s.name) {
			names = append(names, s.name)
		}
	}
	return names
}

// Suite names the suite of a proof as it stands in a document: one of Suites, or ""
// for a proof of another kind. It says nothing of the rest of the proof.
func Suite(proof map[string]any) string {
	name, err := suiteNamed(proof)
	if err != nil {
		return ""
	}
	return name
}

// Secured gives the document that a proof speaks for: without its proofs and, where
// a proof of a jcs suite names contexts, with those, for others may stand behind
// them unsigned. Whoever asks what the words of the document mean must ask it of
// this one (jsonld.Quads; a jcs suite itself asks no such thing). The error is
// ErrProof or ErrSuite.
func Secured(doc, proof map[string]any) (map[string]any, error) {
	name, err := suiteNamed(proof)
	if err != nil {
		return nil, err
	}
	return formOf(name).secured(doc, proof)
}

// suiteNamed tells a proof of no known kind (ErrSuite) from one that does not even
// say its kind (ErrProof).
func suiteNamed(proof map[string]any) (string, error) {
	kind, isText := proof["type"].(string)
	cryptosuite, named := proof["cryptosuite"]
	switch {
	case !isText || kind == "":
		return "", fmt.Errorf("%w: type is not a text", ErrProof)
	case kind == Ed25519Signature2020 && named:
		return "", fmt.Errorf("%w: %s with a cryptosuite", ErrProof, kind)
	case kind == Ed25519Signature2020:
		return kind, nil
	case kind != proofType:
		return "", fmt.Errorf("%w: type %.32q", ErrSuite, kind)
	}
	name, isText := cryptosuite.(string)
	switch {
	case !isText || name == "":
		return "", fmt.Errorf("%w: cryptosuite is not a text", ErrProof)
	case name == Ed25519Signature2020 || !slices.Contains(Suites(), name):
		return "", fmt.Errorf("%w: %.32q", ErrSuite, name)
	}
	return name, nil
}

func formOf(name string) form {
	for _, s := range suites {
		if s.name == name {
			return s.form
		}
	}
	return rdfc
}

// suiteOf finds the line of a key; for name "" the first that suits it.
func suiteOf(name string, key crypto.PublicKey) (suite, error) {
	if err := did.CheckKey(key); err != nil {
		return suite{}, fmt.Errorf("%w: %w", ErrKey, err)
	}
	if name != "" && !slices.Contains(Suites(), name) {
		return suite{}, fmt.Errorf("%w: %.32q", ErrSuite, name)
	}
	for _, s := range suites {
		if (name == "" || s.name == name) && s.suits(key) {
			return s, nil
		}
	}
	return suite{}, fmt.Errorf("%w: %T", ErrKey, key)
}

func (s suite) digest(data []byte) []byte {
	h := s.hash.New()
	h.Write(data)
	return h.Sum(nil)
}
