package vcapi

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/base64"
	"fmt"
	"io"
	"strings"

	"ramure/internal/did"
)

// The cryptosuites.
const (
	eddsaSuite = "eddsa-rdfc-2022"
	ecdsaSuite = "ecdsa-rdfc-2019"
)

// Issuer is one of the adapter's issuers: a key, how it signs, and where.
type Issuer struct {
	Prefix string // of the path: /eddsa-rdfc-2022; "" for the default one
	Suite  string // cryptosuite of its proofs; "" for one that makes tokens
	Alg    string // JOSE algorithm of its tokens; "" for one that makes proofs
	Curve  string // Ed25519, P-256, P-384 or RSA
	DID    string
	Method string // DID URL of its key
	Status bool   // adds status entries by itself

	key crypto.Signer
}

// lines say which issuers there are. The first is the default; those without a
// curve of their own use the key of the line before.
var lines = []Issuer{
	{Prefix: "", Suite: eddsaSuite, Curve: "Ed25519"},
	{Prefix: "/eddsa-rdfc-2022", Suite: eddsaSuite},
	{Prefix: "/bitstring-status-list", Suite: eddsaSuite, Status: true},
	{Prefix: "/ecdsa-rdfc-2019/p-256", Suite: ecdsaSuite, Curve: "P-256"},
	{Prefix: "/ecdsa-rdfc-2019", Suite: ecdsaSuite},
	{Prefix: "/ecdsa-rdfc-2019/p-384", Suite: ecdsaSuite, Curve: "P-384"},
	{Prefix: "/vc-jwt/es256", Alg: "ES256", Curve: "P-256"},
	{Prefix: "/vc-jwt", Alg: "ES256"},
	{Prefix: "/vc-jwt/es384", Alg: "ES384", Curve: "P-384"},
	{Prefix: "/vc-jwt/eddsa", Alg: "EdDSA", Curve: "Ed25519"},
	{Prefix: "/vc-jwt/rs256", Alg: "RS256", Curve: "RSA"},
}

// newIssuers makes the keys, afresh.
func newIssuers(random io.Reader) ([]Issuer, error) {
	issuers := make([]Issuer, 0, len(lines))
	for _, line := range lines {
		if line.Curve == "" {
			last := issuers[len(issuers)-1]
			line.Curve, line.DID, line.Method, line.key = last.Curve, last.DID, last.Method, last.key
		} else if err := line.makeKey(random); err != nil {
			return nil, fmt.Errorf("vcapi: issuer %s: %w", line.Prefix, err)
		}
		issuers = append(issuers, line)
	}
	return issuers, nil
}

// rsaBits is the least that is accepted: these keys live for a test run.
const rsaBits = 2048

// makeKey makes a key and names it: did:key for all but RSA, which has no Multikey
// form and gets a did:jwk.
func (i *Issuer) makeKey(random io.Reader) (err error) {
	switch i.Curve {
	case "Ed25519":
		_, i.key, err = ed25519.GenerateKey(random)
	case "P-256":
		i.key, err = ecdsa.GenerateKey(elliptic.P256(), random)
	case "P-384":
		i.key, err = ecdsa.GenerateKey(elliptic.P384(), random)
	default:
		i.key, err = rsa.GenerateKey(random, rsaBits)
	}
	if err != nil {
		return err
	}
	if i.Curve == "RSA" {
		jwk, err := did.JWK(i.key.Public())
		i.DID = "did:jwk:" + base64.RawURLEncoding.EncodeToString(jwk)
		i.Method = i.DID + "#0"
		return err
	}
	i.DID, err = did.Key(i.key.Public())
	i.Method = i.DID + "#" + strings.TrimPrefix(i.DID, "did:key:")
	return err
}

// issuerAt finds the issuer of a path, and lets options choose another where the
// path leaves it open. The problem says what is not made here.
func (a *Adapter) issuerAt(prefix string, o options) (Issuer, *detail) {
	if o.kind != "" && o.kind != "DataIntegrityProof" && !isTokenType(o.kind) {
		return Issuer{}, new(say(generationError, "no proof of this type is made", "$.options.type"))
	}
	for _, issuer := range a.issuers {
		open := prefix == "" || issuer.Prefix == prefix || strings.HasPrefix(issuer.Prefix, prefix+"/")
		if open && issuer.answers(o) && (prefix != "" || issuer.Prefix == "" || o.chooses()) {
			return issuer, nil
		}
	}
	return Issuer{}, new(say(generationError, "no issuer here signs in this way", "$.options"))
}

// answers tells whether an issuer makes what options ask for.
func (i Issuer) answers(o options) bool {
	switch {
	case o.suite != "" && o.suite != i.Suite,
		o.alg != "" && o.alg != i.Alg,
		o.keyType != "" && o.keyType != i.Curve,
		isTokenType(o.kind) && i.Alg == "",
		o.kind == "DataIntegrityProof" && i.Suite == "":
		return false
	}
	return true
}

// isTokenType tells the names of a token among the types that options ask for.
func isTokenType(kind string) bool {
	switch strings.TrimPrefix(kind, "application/") {
	case "JWT", "jwt", "vc+jwt", "vp+jwt":
		return true
	}
	return false
}
