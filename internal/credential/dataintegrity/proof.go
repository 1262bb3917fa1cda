package dataintegrity

import (
	"encoding/json"
	"fmt"
	"strings"
)

// proofType is the type of all proofs (VC Data Integrity §2.1), but for those of
// suites that are older than it.
const proofType = "DataIntegrityProof"

// Purposes of a proof: an issuer asserts, a holder authenticates.
const (
	AssertionMethod = "assertionMethod"
	Authentication  = "authentication"
)

// Proof is the proof member of a document (VC Data Integrity §2.1).
type Proof struct {
	Context            any    `json:"@context,omitempty"` // of jcs suites: those of the document that are signed
	ID                 string `json:"id,omitempty"`
	Type               string `json:"type"`
	Cryptosuite        string `json:"cryptosuite,omitempty"`
	Created            string `json:"created,omitempty"` // date-time with zone
	Expires            string `json:"expires,omitempty"` // date-time with zone
	VerificationMethod string `json:"verificationMethod"`
	ProofPurpose       string `json:"proofPurpose"`
	Domain             Texts  `json:"domain,omitempty"`
	Challenge          string `json:"challenge,omitempty"`
	Nonce              string `json:"nonce,omitempty"`
	PreviousProof      Texts  `json:"previousProof,omitempty"` // ids of earlier proofs
	ProofValue         string `json:"proofValue,omitempty"`
}

// Texts is one text or a list of them in JSON.
type Texts []string

// MarshalJSON writes a single text bare.
func (t Texts) MarshalJSON() ([]byte, error) {
	if len(t) == 1 {
		return json.Marshal(t[0])
	}
	return json.Marshal([]string(t))
}

// Map gives the proof as a member of a decoded document.
func (p Proof) Map() map[string]any {
	members := map[string]any{}
	if p.Context != nil {
		members["@context"] = p.Context
	}
	for name, text := range p.texts() {
		if *text != "" {
			members[name] = *text
		}
	}
	for name, list := range p.lists() {
		switch len(*list) {
		case 0:
		case 1:
			members[name] = (*list)[0]
		default:
			members[name] = anyList(*list)
		}
	}
	return members
}

func anyList(texts Texts) []any {
	list := make([]any, len(texts))
	for i, text := range texts {
		list[i] = text
	}
	return list
}

// texts and lists name the fields as JSON does, for reading and writing alike.
func (p *Proof) texts() map[string]*string {
	return map[string]*string{
		"id": &p.ID, "type": &p.Type, "cryptosuite": &p.Cryptosuite, "created": &p.Created, "expires": &p.Expires,
		"verificationMethod": &p.VerificationMethod, "proofPurpose": &p.ProofPurpose,
		"challenge": &p.Challenge, "nonce": &p.Nonce, "proofValue": &p.ProofValue,
	}
}

func (p *Proof) lists() map[string]*Texts {
	return map[string]*Texts{"domain": &p.Domain, "previousProof": &p.PreviousProof}
}

// ParseProof reads the members of a proof that stands in a decoded document, so
// that the caller can find the key and look at dates before Verify. Members that
// it does not know are left to Verify, where they must be part of what was signed.
// The error is ErrSuite for a proof of another kind, else ErrProof.
func ParseProof(members map[string]any) (Proof, error) {
	name, err := suiteNamed(members)
	if err != nil {
		return Proof{}, err
	}
	proof := Proof{Context: members["@context"]}
	for name, into := range proof.texts() {
		value, found := members[name]
		text, ok := value.(string)
		if found && (!ok || text == "") {
			return Proof{}, fmt.Errorf("%w: %s is not a text", ErrProof, name)
		}
		*into = text
	}
	for name, into := range proof.lists() {
		if err := readTexts(members, name, into); err != nil {
			return Proof{}, err
		}
	}
	return proof, proof.check(members, formOf(name))
}

// suite is the name of the proof's suite.
func (p Proof) suite() string {
	if p.Type == proofType {
		return p.Cryptosuite
	}
	return p.Type
}

func readTexts(members map[string]any, name string, into *Texts) error {
	value, found := members[name]
	if !found {
		return nil
	}
	list, ok := value.([]any)
	if !ok {
		list = []any{value}
	}
	for _, item := range list {
		text, ok := item.(string)
		if !ok || text == "" {
			return fmt.Errorf("%w: %s holds something else than texts", ErrProof, name)
		}
		*into = append(*into, text)
	}
	if len(*into) == 0 {
		return fmt.Errorf("%w: %s is empty", ErrProof, name)
	}
	return nil
}

func (p Proof) check(members map[string]any, f form) error {
	if p.VerificationMethod == "" || p.ProofPurpose == "" || p.ProofValue == "" {
		return fmt.Errorf("%w: verificationMethod, proofPurpose or proofValue is missing", ErrProof)
	}
	if _, found := members["@context"]; found && (f == rdfc || p.Context == nil) {
		return fmt.Errorf("%w: it has a context of its own", ErrProof)
	}
	for _, date := range []string{p.Created, p.Expires} {
		if _, err := ParseDate(date); date != "" && err != nil {
			return fmt.Errorf("created or expires: %w", err)
		}
	}
	return nil
}

// plainIRI says whether an IRI stands in N-Quads as it is: printable ASCII without
// the characters that would have to be escaped.
func plainIRI(iri string) bool {
	odd := func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune("<>\"{}|^`\\", r) }
	return strings.Contains(iri, ":") && !strings.ContainsFunc(iri, odd)
}
