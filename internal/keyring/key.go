package keyring

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/base64"
	"fmt"
	"io"
	"slices"
	"time"

	jose "github.com/go-jose/go-jose/v4"
)

// Use is what a key is for. Each key has one.
type Use string

// The uses. Proof, Status and JWT keys belong to an issuer, the Log and Receipt
// keys to the deployment.
const (
	Proof  Use = "proof"  // embedded proofs of credentials
	Status Use = "status" // status lists
	JWT    Use = "jwt"    // VC-JWTs
	Log    Use = "log"    // checkpoints of the transparency log
	// Receipt signs what a verification found, for whoever asked for it.
	Receipt Use = "receipt"
)

// The algorithms, by their JOSE names except Ed25519 (RFC 8037 calls the signature
// EdDSA for every curve).
const (
	Ed25519 = "Ed25519"
	RS256   = "RS256" // RSA of 3,072 bits, PKCS #1 v1.5, SHA-256
	ES256   = "ES256" // ECDSA on P-256, SHA-256
)

// algorithms says with which algorithms a use may be served.
var algorithms = map[Use][]string{
	Proof:   {Ed25519},
	Status:  {Ed25519},
	JWT:     {RS256, ES256},
	Log:     {Ed25519},
	Receipt: {Ed25519},
}

// rsaBits is the size of the RSA keys that we make: ANSSI asks for 3,072 beyond
// 2030, and badges outlive that.
const rsaBits = 3072

// Sealed is a key as the database keeps it.
type Sealed struct {
	Issuer     string // the issuer's slug, which never changes; "" for the deployment
	Use        Use
	Algorithm  string
	Thumbprint string // RFC 7638, base64url
	Public     []byte // PKIX, DER
	Secret     []byte // PKCS #8, sealed under the master key
	CreatedAt  time.Time
	RetiredAt  *time.Time // set when another key took its place
}

// Store keeps sealed keys.
type Store interface {
	// Key gives the active key of an issuer for a use, or problem.NotFound.
	Key(ctx context.Context, issuer string, use Use) (Sealed, error)
	// KeyByThumbprint gives any key, active or retired, or problem.NotFound.
	KeyByThumbprint(ctx context.Context, thumbprint string) (Sealed, error)
	// Keys gives all keys of an issuer, oldest first.
	Keys(ctx context.Context, issuer string) ([]Sealed, error)
	// AddKey stores a first key for an issuer and a use, and gives the key that is
	// active afterwards: another one if another instance was quicker.
	AddKey(ctx context.Context, key Sealed) (Sealed, error)
}

// Generate makes a private key. Randomness comes from rand for Ed25519; Go takes
// that of RSA and ECDSA from the system whatever it is given.
func Generate(algorithm string, rand io.Reader) (crypto.Signer, error) {
	switch algorithm {
	case Ed25519:
		_, private, err := ed25519.GenerateKey(rand)
		return private, err
	case RS256:
		return rsa.GenerateKey(rand, rsaBits)
	case ES256:
		return ecdsa.GenerateKey(elliptic.P256(), rand)
	}
	return nil, fmt.Errorf("keyring: no keys of algorithm %q are made", algorithm)
}

func allowed(use Use, algorithm string) error {
	if !slices.Contains(algorithms[use], algorithm) {
		return fmt.Errorf("keyring: no %q key of algorithm %q", use, algorithm)
	}
	return nil
}

func thumbprint(public crypto.PublicKey) (string, error) {
	key := jose.JSONWebKey{Key: public}
	sum, err := key.Thumbprint(crypto.SHA256)
	if err != nil {
		return "", fmt.Errorf("keyring: thumbprint: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(sum), nil
}
