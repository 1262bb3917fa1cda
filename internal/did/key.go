package did

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/hex"
	"fmt"
	"slices"
)

// Bounds of RSA keys. Below, ANSSI and NIST forbid them; above, one signature
// costs a stranger's server too much.
const (
	minRSABits     = 2048
	maxRSABits     = 8192
	minRSAExponent = 65537
)

// CheckKey says whether a public key is of a kind that proofs may be verified
// with: ed25519.PublicKey, *ecdsa.PublicKey on P-256 or P-384, *rsa.PublicKey of
// 2,048 to 8,192 bits. The error is an ErrKey.
func CheckKey(public crypto.PublicKey) error {
	switch key := public.(type) {
	case ed25519.PublicKey:
		return checkEd25519(key)
	case *ecdsa.PublicKey:
		return checkEC(key)
	case *rsa.PublicKey:
		return checkRSA(key)
	}
	return fmt.Errorf("%w: %T", ErrKey, public)
}

func checkEC(key *ecdsa.PublicKey) error {
	if key.Curve != elliptic.P256() && key.Curve != elliptic.P384() {
		return fmt.Errorf("%w: elliptic curve other than P-256 and P-384", ErrKey)
	}
	if _, err := key.Bytes(); err != nil {
		return fmt.Errorf("%w: %w", ErrKey, err)
	}
	return nil
}

func checkRSA(key *rsa.PublicKey) error {
	bits := key.N.BitLen()
	if bits < minRSABits || bits > maxRSABits {
		return fmt.Errorf("%w: RSA modulus of %d bits", ErrKey, bits)
	}
	if key.E < minRSAExponent || key.E%2 == 0 || key.N.Bit(0) == 0 {
		return fmt.Errorf("%w: RSA exponent or modulus out of bounds", ErrKey)
	}
	return nil
}

// smallOrder lists the y-coordinates, little-endian in hexadecimal, of the points
// of Ed25519 whose order divides 8. Under such a "key" one signature is good for
// many messages, and Go's verification accepts them (RFC 8032 does not ask).
var smallOrder = []string{
	"0000000000000000000000000000000000000000000000000000000000000000",
	"0100000000000000000000000000000000000000000000000000000000000000",
	"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
	"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
	"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
}

func checkEd25519(key ed25519.PublicKey) error {
	if len(key) != ed25519.PublicKeySize {
		return fmt.Errorf("%w: Ed25519 key of %d bytes", ErrKey, len(key))
	}
	y := bytes.Clone(key)
	y[31] &= 0x7f // the top bit is the sign of x
	if !canonicalField(y) {
		return fmt.Errorf("%w: Ed25519 coordinate that is not reduced", ErrKey)
	}
	if slices.Contains(smallOrder, hex.EncodeToString(y)) {
		return fmt.Errorf("%w: Ed25519 point of small order", ErrKey)
	}
	return nil
}

// canonicalField says whether little-endian y is below 2^255−19, as RFC 8032
// §5.1.3 asks of an encoded point; Go reduces it silently instead.
func canonicalField(y []byte) bool {
	if y[31] != 0x7f || y[0] < 0xed {
		return true
	}
	for _, b := range y[1:31] {
		if b != 0xff {
			return true
		}
	}
	return false
}
