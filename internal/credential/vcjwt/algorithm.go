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

	"ramure/internal/did"
)

// algorithm is one line of the table of what is signed and verified: the kind of
// key that may be used with it, and how its signature is made (RFC 7518 §3).
type algorithm struct {
	hash  crypto.Hash // 0: the message itself is signed
	suits func(crypto.PublicKey) bool
	// signs says that we make such tokens, not only read them.
	signs bool
}

var algorithms = map[string]algorithm{
	"RS256": {hash: crypto.SHA256, suits: isRSA, signs: true},
	"PS256": {hash: crypto.SHA256, suits: isRSA},
	"ES256": {hash: crypto.SHA256, suits: isCurve(elliptic.P256()), signs: true},
	"ES384": {hash: crypto.SHA384, suits: isCurve(elliptic.P384()), signs: true},
	"EdDSA": {suits: isEd25519, signs: true},
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
