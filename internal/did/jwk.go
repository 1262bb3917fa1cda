package did

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"math/big"
)

// thumbprintScheme starts a JWK thumbprint URI (RFC 9278).
const thumbprintScheme = "urn:ietf:params:oauth:jwk-thumbprint:sha-256:"

// JWK writes a public key as a JWK with the members that RFC 7638 §3.2 counts, in
// its order and without blanks: the bytes are at once the answer of a key address
// and the input of Thumbprint.
func JWK(public crypto.PublicKey) ([]byte, error) {
	if err := CheckKey(public); err != nil {
		return nil, err
	}
	switch key := public.(type) {
	case ed25519.PublicKey:
		return fmt.Appendf(nil, `{"crv":"Ed25519","kty":"OKP","x":"%s"}`, b64(key)), nil
	case *ecdsa.PublicKey:
		return ecJWK(key)
	case *rsa.PublicKey:
		exponent := big.NewInt(int64(key.E)).Bytes()
		return fmt.Appendf(nil, `{"e":"%s","kty":"RSA","n":"%s"}`, b64(exponent), b64(key.N.Bytes())), nil
	}
	return nil, fmt.Errorf("%w: %T", ErrKey, public)
}

func ecJWK(key *ecdsa.PublicKey) ([]byte, error) {
	point, err := key.Bytes() // 4 ‖ x ‖ y, each of the field's width (RFC 7518 §6.2.1)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrKey, err)
	}
	half := (len(point) - 1) / 2
	x, y := point[1:1+half], point[1+half:]
	return fmt.Appendf(nil, `{"crv":"%s","kty":"EC","x":"%s","y":"%s"}`, key.Params().Name, b64(x), b64(y)), nil
}

// Thumbprint is the RFC 7638 SHA-256 thumbprint of a public key, in base64url: 43
// characters. It names the key in the log, in key addresses and in the database.
func Thumbprint(public crypto.PublicKey) (string, error) {
	jwk, err := JWK(public)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(jwk)
	return b64(sum[:]), nil
}

// ThumbprintURI names a key by its thumbprint, for Resolver.Resolve (RFC 9278).
func ThumbprintURI(thumbprint string) string { return thumbprintScheme + thumbprint }

func b64(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }

// decode64 reads base64url without padding. Go's decoder skips line breaks and
// ignores trailing bits, so the text is compared with what would have been written.
func decode64(text string) ([]byte, error) {
	data, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || b64(data) != text {
		return nil, fmt.Errorf("%w: not canonical base64url", ErrSyntax)
	}
	return data, nil
}
