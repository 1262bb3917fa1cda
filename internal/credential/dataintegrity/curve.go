package dataintegrity

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"math/big"

	"ramure/internal/did"
)

// curve is a kind of key, with what it signs and how.
type curve struct {
	size   int // of the signature, in bytes
	suits  func(crypto.PublicKey) bool
	sign   func(key crypto.Signer, data []byte, hash crypto.Hash) ([]byte, error)
	verify func(key crypto.PublicKey, data, signature []byte, hash crypto.Hash) bool
}

var (
	onEdwards = curve{ed25519.SignatureSize, isEd25519, signEd25519, verifyEd25519}
	onP256    = curve{64, isCurve(elliptic.P256()), signECDSA, verifyECDSA}
	onP384    = curve{96, isCurve(elliptic.P384()), signECDSA, verifyECDSA}
)

func isEd25519(key crypto.PublicKey) bool {
	_, ok := key.(ed25519.PublicKey)
	return ok
}

func isCurve(curve elliptic.Curve) func(crypto.PublicKey) bool {
	return func(key crypto.PublicKey) bool {
		public, ok := key.(*ecdsa.PublicKey)
		return ok && public.Curve == curve
	}
}

func signEd25519(key crypto.Signer, data []byte, _ crypto.Hash) ([]byte, error) {
	return key.Sign(nil, data, crypto.Hash(0))
}

// verifyEd25519: Go refuses S beyond the group's order (RFC 8032 §5.1.7), did
// refuses keys of small order.
func verifyEd25519(key crypto.PublicKey, data, signature []byte, _ crypto.Hash) bool {
	return ed25519.Verify(key.(ed25519.PublicKey), data, signature)
}

// signECDSA asks for the deterministic form (RFC 6979) with a nil random source.
func signECDSA(key crypto.Signer, data []byte, hash crypto.Hash) ([]byte, error) {
	digest := hash.New()
	digest.Write(data)
	signature, err := key.Sign(nil, digest.Sum(nil), hash)
	if err != nil {
		return nil, err
	}
	return did.FixedWidth(signature, key.Public().(*ecdsa.PublicKey))
}

// verifyECDSA: Go refuses r and s outside 1…n−1.
func verifyECDSA(key crypto.PublicKey, data, signature []byte, hash crypto.Hash) bool {
	digest, half := hash.New(), len(signature)/2
	digest.Write(data)
	r, s := new(big.Int).SetBytes(signature[:half]), new(big.Int).SetBytes(signature[half:])
	return ecdsa.Verify(key.(*ecdsa.PublicKey), digest.Sum(nil), r, s)
}
