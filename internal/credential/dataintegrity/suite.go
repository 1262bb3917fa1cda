package dataintegrity

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	_ "crypto/sha256" // for crypto.SHA256
	_ "crypto/sha512" // for crypto.SHA384
	"fmt"
	"math/big"

	"ramure/internal/did"
)

// suite is one line of the table: a cryptosuite with one kind of key.
type suite struct {
	name   string
	hash   crypto.Hash // of documents and of the canonicalisation (ECDSA Cryptosuites §3.1)
	size   int         // of the signature, in bytes
	suits  func(crypto.PublicKey) bool
	sign   func(key crypto.Signer, data []byte, hash crypto.Hash) ([]byte, error)
	verify func(key crypto.PublicKey, data, signature []byte, hash crypto.Hash) bool
}

var suites = []suite{
	{"eddsa-rdfc-2022", crypto.SHA256, ed25519.SignatureSize, isEd25519, signEd25519, verifyEd25519},
	{"ecdsa-rdfc-2019", crypto.SHA256, 64, isCurve(elliptic.P256()), signECDSA, verifyECDSA},
	{"ecdsa-rdfc-2019", crypto.SHA384, 96, isCurve(elliptic.P384()), signECDSA, verifyECDSA},
}

// suiteOf finds the line of a key; for name "" whichever suits it.
func suiteOf(name string, key crypto.PublicKey) (suite, error) {
	if err := did.CheckKey(key); err != nil {
		return suite{}, fmt.Errorf("%w: %w", ErrKey, err)
	}
	known := name == ""
	for _, s := range suites {
		known = known || s.name == name
		if (name == "" || s.name == name) && s.suits(key) {
			return s, nil
		}
	}
	if !known {
		return suite{}, fmt.Errorf("%w: cryptosuite %.32q", ErrProof, name)
	}
	return suite{}, fmt.Errorf("%w: %T", ErrKey, key)
}

func (s suite) digest(data []byte) []byte {
	h := s.hash.New()
	h.Write(data)
	return h.Sum(nil)
}

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
