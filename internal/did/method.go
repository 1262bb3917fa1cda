package did

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// dialect is a type of method: the members in which it writes a key, and the kind
// of key that it may be.
type dialect struct {
	members []string
	suits   func(crypto.PublicKey) bool
}

// dialects are the types that are read: those of Controlled Identifiers 1.0, and
// the older ones that documents of the world still have.
var dialects = map[string]dialect{
	"Multikey":                          {[]string{multibaseMember}, anyKey},
	"JsonWebKey":                        {[]string{jwkMember}, anyKey},
	"JsonWebKey2020":                    {[]string{jwkMember}, anyKey},
	"Ed25519VerificationKey2020":        {[]string{multibaseMember, jwkMember}, isEd25519},
	"Ed25519VerificationKey2018":        {[]string{base58Member, jwkMember}, isEd25519},
	"EcdsaSecp256r1VerificationKey2019": {[]string{jwkMember, multibaseMember}, isP256},
}

// The members that hold a key.
const (
	multibaseMember = "publicKeyMultibase"
	jwkMember       = "publicKeyJwk"
	base58Member    = "publicKeyBase58"
)

func anyKey(crypto.PublicKey) bool { return true }

func isEd25519(public crypto.PublicKey) bool {
	_, ok := public.(ed25519.PublicKey)
	return ok
}

func isP256(public crypto.PublicKey) bool {
	key, ok := public.(*ecdsa.PublicKey)
	return ok && key.Curve == elliptic.P256()
}

// secretMembers are those of a private key. Whoever publishes one has lost it.
var secretMembers = []string{
	"secretKeyMultibase", "privateKeyMultibase", "secretKeyJwk", "privateKeyJwk", "privateKeyBase58", "privateKeyHex", "privateKeyPem",
}

func refuseSecrets(members map[string]any) error {
	for _, name := range secretMembers {
		if _, found := members[name]; found {
			return fmt.Errorf("%w: a private key is published", ErrKey)
		}
	}
	jwk, _ := members[jwkMember].(map[string]any)
	return refusePrivate(jwk)
}

// parseMethod reads one method. It has a public key only if nothing about it is in
// doubt: a curve that is not verified here, or a date that cannot be read and could
// be that of a revocation, leave it without.
func parseMethod(id string, members map[string]any) VerificationMethod {
	m := VerificationMethod{ID: id}
	m.Type, _ = members["type"].(string)
	m.Controller, _ = members["controller"].(string)
	public, err := m.parseKey(members)
	if err == nil && m.parseDates(members) == nil {
		m.public = public
	}
	return m
}

// parseKey reads the key in a form that the type asks for. A method with two forms
// could mean one key here and another elsewhere.
func (m *VerificationMethod) parseKey(members map[string]any) (crypto.PublicKey, error) {
	form, err := onlyForm(members)
	if err != nil {
		return nil, err
	}
	known, ok := dialects[m.Type]
	if !ok || !slices.Contains(known.members, form) {
		return nil, fmt.Errorf("%w: %.64q in a method of type %.64q", ErrKey, form, m.Type)
	}
	public, err := m.parseForm(form, members[form])
	if err != nil {
		return nil, err
	}
	if !known.suits(public) {
		return nil, fmt.Errorf("%w: %T in a method of type %.64q", ErrKey, public, m.Type)
	}
	return public, nil
}

// onlyForm gives the one member that holds a key, whatever it is called.
func onlyForm(members map[string]any) (string, error) {
	form := ""
	for name := range members {
		if !strings.HasPrefix(name, "publicKey") {
			continue
		}
		if form != "" {
			return "", fmt.Errorf("%w: two forms at once", ErrKey)
		}
		form = name
	}
	return form, nil
}

func (m *VerificationMethod) parseForm(form string, value any) (crypto.PublicKey, error) {
	if form == jwkMember {
		return m.parseJWK(value)
	}
	text, ok := value.(string)
	if !ok {
		return nil, fmt.Errorf("%w: %s is no text", ErrKey, form)
	}
	if form == multibaseMember {
		m.PublicKeyMultibase = text
		return DecodeMultikey(text)
	}
	raw, err := DecodeMultibase("z" + text) // base58btc without its letter
	if err != nil {
		return nil, err
	}
	return ed25519.PublicKey(raw), checkEd25519(raw)
}

func (m *VerificationMethod) parseJWK(value any) (crypto.PublicKey, error) {
	members, ok := value.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("%w: publicKeyJwk is no object", ErrKey)
	}
	text, err := json.Marshal(members)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrKey, err)
	}
	m.PublicKeyJwk = text
	m.algorithm, _ = members["alg"].(string)
	return JWKFromMap(members)
}

func (m *VerificationMethod) parseDates(members map[string]any) (err error) {
	if m.Expires, m.expires, err = parseDate(members, "expires"); err != nil {
		return err
	}
	m.Revoked, m.revoked, err = parseDate(members, "revoked")
	return err
}

// parseDate reads a dateTimeStamp: a date-time whose zone is obligatory.
func parseDate(members map[string]any, name string) (string, *time.Time, error) {
	value, found := members[name]
	if !found {
		return "", nil, nil
	}
	text, _ := value.(string)
	at, err := time.Parse(time.RFC3339, text)
	if err != nil || strings.Contains(text, ",") { // which Go takes for a point
		return "", nil, fmt.Errorf("%w: %s is not a date-time with zone", ErrDocument, name)
	}
	return text, &at, nil
}
