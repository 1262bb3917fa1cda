package did

import (
	"crypto"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Contexts of a document that we publish: DID Core and the two key forms.
var documentContexts = []string{
	"https://www.w3.org/ns/did/v1",
	"https://w3id.org/security/multikey/v1",
	"https://w3id.org/security/jwk/v1",
}

// Document is the part of a DID document that verification needs. It is written
// by NewDocument and read by ParseDocument.
type Document struct {
	Context            []string             `json:"@context"`
	ID                 string               `json:"id"`
	VerificationMethod []VerificationMethod `json:"verificationMethod"`
	AssertionMethod    []string             `json:"assertionMethod"`

	elsewhere []string // methods for assertions that other documents hold
}

// VerificationMethod is one published key. Multikey methods have
// PublicKeyMultibase, JsonWebKey methods PublicKeyJwk. Dates are date-times with
// zone, absent if the key stands (Controlled Identifiers 1.0 §2.2).
type VerificationMethod struct {
	ID                 string          `json:"id"`
	Type               string          `json:"type"`
	Controller         string          `json:"controller"`
	PublicKeyMultibase string          `json:"publicKeyMultibase,omitempty"`
	PublicKeyJwk       json.RawMessage `json:"publicKeyJwk,omitempty"`
	Expires            string          `json:"expires,omitempty"`
	Revoked            string          `json:"revoked,omitempty"`

	// What ParseDocument and NewDocument made of it.
	public    crypto.PublicKey // nil: a key of a kind that is not verified here
	algorithm string           // the JWK's alg, or ""
	expires   *time.Time
	revoked   *time.Time
}

// PublishedKey is a key for NewDocument.
type PublishedKey struct {
	Public  crypto.PublicKey
	Revoked *time.Time // set when the key is compromised: never for a plain retirement
}

// VerificationKey is a key together with who says that it is theirs.
type VerificationKey struct {
	Public     crypto.PublicKey
	Algorithm  string // the JOSE algorithm that the JWK reserves it for, "" if any
	Controller string // the issuer
	Method     string // the DID URL of the method in the issuer's document
	Binding    Binding
	Revoked    *time.Time
	Expires    *time.Time
}

// Binding says how it is known that a key is the issuer's.
type Binding string

// The bindings, strongest first.
const (
	BySelf     Binding = "self"     // the identifier is the key
	ByDocument Binding = "document" // the issuer's own document names it for assertions
	// ByOrigin: the issuer's https identifier publishes no key at all, and the key
	// is served on its origin. Whoever may put files there can be such an issuer.
	ByOrigin Binding = "origin"
)

// Allows says whether the key may be used with a JOSE algorithm: a JWK that names
// its algorithm serves no other (RFC 7517 §4.4, RFC 8725 §3.1).
func (k VerificationKey) Allows(algorithm string) bool {
	return k.Algorithm == "" || k.Algorithm == algorithm
}

// NewDocument writes the document of an issuer: each key is a method for
// assertions, with absolute id and controller, Ed25519 as Multikey, the others as
// JsonWebKey. The error is an ErrKey.
func NewDocument(id string, keys []PublishedKey) (Document, error) {
	document := Document{Context: documentContexts, ID: id}
	for _, key := range keys {
		method, err := newMethod(id, key)
		if err != nil {
			return Document{}, err
		}
		document.VerificationMethod = append(document.VerificationMethod, method)
		document.AssertionMethod = append(document.AssertionMethod, method.ID)
	}
	return document, nil
}

func newMethod(id string, key PublishedKey) (VerificationMethod, error) {
	method := VerificationMethod{Controller: id, public: key.Public, revoked: key.Revoked}
	var err error
	if method.ID, err = MethodID(id, key.Public); err != nil {
		return VerificationMethod{}, err
	}
	if _, ok := key.Public.(ed25519.PublicKey); ok {
		method.Type = "Multikey"
		method.PublicKeyMultibase, err = EncodeMultikey(key.Public)
	} else {
		method.Type = "JsonWebKey"
		method.PublicKeyJwk, err = JWK(key.Public)
	}
	if key.Revoked != nil {
		method.Revoked = key.Revoked.UTC().Format(time.RFC3339)
	}
	return method, err
}

// MethodID is the DID URL by which an issuer's proofs name one of our keys. What
// comes after "#" is the Multikey of an Ed25519 key (some verifiers read the key
// from there and fetch nothing), else the thumbprint.
func MethodID(issuer string, public crypto.PublicKey) (string, error) {
	name := Thumbprint
	if _, ok := public.(ed25519.PublicKey); ok {
		name = EncodeMultikey
	}
	fragment, err := name(public)
	if err != nil {
		return "", err
	}
	return issuer + "#" + fragment, nil
}

// publishes says whether the document names any key at all.
func (d Document) publishes() bool {
	return len(d.VerificationMethod)+len(d.AssertionMethod)+len(d.elsewhere) > 0
}

// Key gives the key of a method, named by its absolute id. The method must
// stand in assertionMethod; else the error is an ErrUnknownKey.
func (d Document) Key(method string) (VerificationKey, error) {
	for _, m := range d.VerificationMethod {
		if m.ID == method {
			return d.assertion(m)
		}
	}
	return VerificationKey{}, fmt.Errorf("%w: no such method", ErrUnknownKey)
}

// KeyByThumbprint gives the key with this RFC 7638 thumbprint, on the same terms
// as Key.
func (d Document) KeyByThumbprint(thumbprint string) (VerificationKey, error) {
	refused := fmt.Errorf("%w: no key of this thumbprint", ErrUnknownKey)
	for _, m := range d.VerificationMethod {
		if m.public == nil {
			continue
		}
		own, err := Thumbprint(m.public)
		if err != nil || own != thumbprint {
			continue
		}
		key, err := d.assertion(m)
		if err == nil {
			return key, nil
		}
		refused = err
	}
	return VerificationKey{}, refused
}

func (d Document) assertion(m VerificationMethod) (VerificationKey, error) {
	if m.Controller != d.ID || !slices.Contains(d.AssertionMethod, m.ID) {
		return VerificationKey{}, fmt.Errorf("%w: the method is not for assertions", ErrUnknownKey)
	}
	if m.public == nil {
		return VerificationKey{}, fmt.Errorf("%w: key type %q", ErrKey, m.Type)
	}
	return VerificationKey{
		Public: m.public, Algorithm: m.algorithm, Controller: d.ID, Method: m.ID, Binding: ByDocument,
		Revoked: m.revoked, Expires: m.expires,
	}, nil
}
