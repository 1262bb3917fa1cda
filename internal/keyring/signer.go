package keyring

import (
	"crypto"
	"crypto/ed25519"
	"fmt"
	"io"
)

// Signer signs with one key, for one issuer, for one use. It implements
// crypto.Signer; the private key is out of reach of reflection and printing.
type Signer struct {
	issuer     string
	use        Use
	algorithm  string
	thumbprint string
	public     crypto.PublicKey
	sign       func(rand io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error)
}

var _ crypto.Signer = (*Signer)(nil)

func newSigner(record Sealed, private crypto.Signer) *Signer {
	return &Signer{
		issuer: record.Issuer, use: record.Use, algorithm: record.Algorithm, thumbprint: record.Thumbprint,
		public: private.Public(), sign: private.Sign,
	}
}

// Public gives the public key: ed25519.PublicKey, *rsa.PublicKey or
// *ecdsa.PublicKey.
func (s *Signer) Public() crypto.PublicKey { return s.public }

// Issuer gives whose key it is, "" for the deployment's.
func (s *Signer) Issuer() string { return s.issuer }

// Use gives what the key is for.
func (s *Signer) Use() Use { return s.use }

// Algorithm gives Ed25519, RS256 or ES256.
func (s *Signer) Algorithm() string { return s.algorithm }

// Thumbprint gives the RFC 7638 thumbprint of the public key, in base64url.
func (s *Signer) Thumbprint() string { return s.thumbprint }

// Sign signs a message (Ed25519, with crypto.Hash(0)) or a SHA-256 digest (RS256 in
// PKCS #1 v1.5, ES256 in ASN.1, with crypto.SHA256). Any other options are refused:
// they would be another algorithm. With a nil rand ES256 is deterministic (RFC 6979).
func (s *Signer) Sign(rand io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	want := crypto.SHA256
	if s.algorithm == Ed25519 {
		want = 0
	}
	if !plain(opts, want) || (want != 0 && len(digest) != want.Size()) {
		return nil, fmt.Errorf("keyring: this %s key does not sign with %T", s.algorithm, opts)
	}
	return s.sign(rand, digest, want)
}

// plain accepts the bare hash, and the empty options of Ed25519.
func plain(opts crypto.SignerOpts, want crypto.Hash) bool {
	if options, ok := opts.(*ed25519.Options); ok {
		return want == 0 && options != nil && *options == ed25519.Options{}
	}
	hash, ok := opts.(crypto.Hash)
	return ok && hash == want
}
