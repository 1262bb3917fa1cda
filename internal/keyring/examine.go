package keyring

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"errors"
)

// Examine holds a stored key against itself: its use, its algorithm, its public
// half and its thumbprint must be of one key. With a master key the seal must
// open too, which binds all of them and the issuer to the private half; nil is a
// look from outside. The public key is given beside an error too, when it is that
// of the thumbprint: what it signed can still be checked.
func Examine(record Sealed, master *Master) (PublicKey, error) {
	key, err := record.publicKey()
	if err != nil {
		return key, errors.Unwrap(err)
	}
	if err := allowed(record.Use, record.Algorithm); err != nil {
		return key, err
	}
	if !isOf(key.Public, record.Algorithm) {
		return key, errors.New("keyring: the public key is of another algorithm")
	}
	if master != nil {
		_, err = master.decrypt(record)
	}
	return key, err
}

// isOf reports whether a public key is one that we make for an algorithm.
func isOf(public crypto.PublicKey, algorithm string) bool {
	switch key := public.(type) {
	case ed25519.PublicKey:
		return algorithm == Ed25519
	case *rsa.PublicKey:
		return algorithm == RS256
	case *ecdsa.PublicKey:
		return algorithm == ES256 && key.Curve == elliptic.P256()
	}
	return false
}
