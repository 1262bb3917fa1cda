package vcjwt

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	_ "crypto/sha256" // for crypto.SHA256
	_ "crypto/sha512" // for crypto.SHA384
	"fmt"
	"math/big"

	"ramure/internal/did"
)

// algorithm is one line of the table of what is signed and verified: the kind of
// key that may be used with it, and how its signature is made (RFC 7518 §3).
type algorithm struct {
	hash     crypto.Hash // 0: the message itself is signed
	suits    func(crypto.PublicKey) bool
	verifies func(key crypto.PublicKey, hash crypto.Hash, digest, signature []byte) bool
	// signs says that we make such tokens, not only read them.
	signs bool
}

var algorithms = map[string]algorithm{
	"RS256": {hash: crypto.SHA256, suits: isRSA, verifies: verifyPKCS1, signs: true},
	"PS256": {hash: crypto.SHA256, suits: isRSA, verifies: verifyPSS},
	"ES256": {hash: crypto.SHA256, suits: isCurve(elliptic.P256()), verifies: verifyECDSA, signs: true},
	"ES384": {hash: crypto.SHA384, suits: isCurve(elliptic.P384()), verifies: verifyECDSA, signs: true},
	"EdDSA": {suits: isEd25519, verifies: verifyEd25519, signs: true},
}

// digest gives what is signed of a message: its hash, or the message itself.
func (a algorithm) digest(message string) []byte {
	if a.hash == 0 {
		return []byte(message)
	}
	h := a.hash.New()
	h.Write([]byte(message))
	return h.Sum(nil)
}

func verifyPKCS1(key crypto.PublicKey, hash crypto.Hash, digest, signature []byte) bool {
	return rsa.VerifyPKCS1v15(key.(*rsa.PublicKey), hash, digest, signature) == nil
}

// verifyPSS wants a salt as long as the hash (RFC 7518 §3.5).
func verifyPSS(key crypto.PublicKey, hash crypto.Hash, digest, signature []byte) bool {
	exact := &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash}
	return rsa.VerifyPSS(key.(*rsa.PublicKey), hash, digest, signature, exact) == nil
}

// verifyECDSA wants r and s, each as wide as the curve (RFC 7518 §3.4); Go refuses
// those outside 1…n−1.
func verifyECDSA(key crypto.PublicKey, _ crypto.Hash, digest, signature []byte) bool {
	public := key.(*ecdsa.PublicKey)
	size := (public.Params().BitSize + 7) / 8
	if len(signature) != 2*size {
		return false
	}
	r, s := new(big.Int).SetBytes(signature[:size]), new(big.Int).SetBytes(signature[size:])
	return ecdsa.Verify(public, digest, r, s)
}

// verifyEd25519: Go refuses S beyond the group's order, did keys of small order.
func verifyEd25519(key crypto.PublicKey, _ crypto.Hash, message, signature []byte) bool {
	return ed25519.Verify(key.(ed25519.PublicKey), message, signature)
}

func isRSA(public crypto.PublicKey) bool {
	_, ok := public.(*rsa.PublicKey)
	return ok
}

func isEd25519(public crypto.PublicKey) bool {
	_, ok := public.(ed25519.PublicKey)
	return ok
}

func isCurve(curve elliptic.Curve) func(crypto.PublicKey) bool {
	return func(public crypto.PublicKey) bool {
		key, ok := public.(*ecdsa.PublicKey)
		return ok && key.Curve == curve
	}
}

// checkPair refuses a key that is weak, or not of the algorithm's kind: the
// algorithm comes from the token, so it must never choose how a key is used
// (RFC 8725 §3.1).
func checkPair(alg string, public crypto.PublicKey) error {
	known, ok := algorithms[alg]
	if !ok {
		return fmt.Errorf("%w: algorithm %.16q", ErrRefused, alg)
	}
	if err := did.CheckKey(public); err != nil {
		return fmt.Errorf("%w: %w", ErrKey, err)
	}
	if !known.suits(public) {
		return fmt.Errorf("%w: %T for %s", ErrKey, public, alg)
	}
	return nil
}
