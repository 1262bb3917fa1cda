package did

import (
	"crypto"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"ramure/internal/jsonld"
)

// privateMembers are the JWK members that only a private or a symmetric key has
// (RFC 7518 §6). Whoever publishes them has lost the key.
var privateMembers = []string{"d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"}

// ParseJWK reads one public JWK strictly: exact member names, no duplicates, no
// private member, canonical base64url, coordinates of full width, a key that
// CheckKey accepts, and `use` and `key_ops` that allow verification.
func ParseJWK(data []byte) (crypto.PublicKey, error) {
	members, err := jsonld.DecodeObject(data)
	if err != nil {
		return nil, fmt.Errorf("%w: JWK: %w", ErrKey, err)
	}
	return JWKFromMap(members)
}

// JWKFromMap is ParseJWK for an object that jsonld.DecodeObject has read already,
// such as the value of publicKeyJwk.
func JWKFromMap(members map[string]any) (crypto.PublicKey, error) {
	if err := errors.Join(refusePrivate(members), checkUse(members)); err != nil {
		return nil, err
	}
	public, err := keyOfType(members)
	if err != nil {
		return nil, err
	}
	return public, CheckKey(public)
}

func refusePrivate(members map[string]any) error {
	for _, name := range privateMembers {
		if _, found := members[name]; found {
			return fmt.Errorf("%w: JWK with the private member %q", ErrKey, name)
		}
	}
	return nil
}

func checkUse(members map[string]any) error {
	if use, found := members["use"]; found && use != "sig" {
		return fmt.Errorf("%w: JWK whose use is not sig", ErrKey)
	}
	if ops, found := members["key_ops"]; found && !allowsVerify(ops) {
		return fmt.Errorf("%w: JWK whose key_ops do not allow verify", ErrKey)
	}
	return nil
}

func allowsVerify(ops any) bool {
	list, _ := ops.([]any)
	return slices.Contains(list, any("verify"))
}

func keyOfType(members map[string]any) (crypto.PublicKey, error) {
	kty, curve := members["kty"], members["crv"]
	switch {
	case kty == "OKP" && curve == "Ed25519":
		x, err := octets(members, "x", ed25519.PublicKeySize)
		return ed25519.PublicKey(x), err
	case kty == "EC" && curve == "P-256":
		return ecFromMap(elliptic.P256(), members)
	case kty == "EC" && curve == "P-384":
		return ecFromMap(elliptic.P384(), members)
	case kty == "RSA":
		return rsaFromMap(members)
	}
	return nil, fmt.Errorf("%w: JWK of another type or curve", ErrKey)
}

func ecFromMap(curve elliptic.Curve, members map[string]any) (crypto.PublicKey, error) {
	size := (curve.Params().BitSize + 7) / 8
	x, err := octets(members, "x", size)
	if err != nil {
		return nil, err
	}
	y, err := octets(members, "y", size)
	if err != nil {
		return nil, err
	}
	return parsePoint(curve, append(append([]byte{4}, x...), y...))
}

func rsaFromMap(members map[string]any) (crypto.PublicKey, error) {
	modulus, err := integer(members, "n", maxRSABits/8)
	if err != nil {
		return nil, err
	}
	exponent, err := integer(members, "e", 4)
	if err != nil {
		return nil, err
	}
	return &rsa.PublicKey{N: modulus, E: int(exponent.Int64())}, nil
}

// integer reads a Base64urlUInt: big-endian, without leading zero (RFC 7518 §2).
func integer(members map[string]any, name string, most int) (*big.Int, error) {
	data, err := octets(members, name, 0)
	if err != nil {
		return nil, err
	}
	if len(data) == 0 || len(data) > most || data[0] == 0 {
		return nil, fmt.Errorf("%w: JWK member %q out of bounds", ErrKey, name)
	}
	return new(big.Int).SetBytes(data), nil
}

// octets reads a base64url member of exactly size bytes, of any size if zero.
func octets(members map[string]any, name string, size int) ([]byte, error) {
	text, _ := members[name].(string)
	data, err := decode64(text)
	if err != nil || (size != 0 && len(data) != size) {
		return nil, fmt.Errorf("%w: JWK member %q is not what its type asks", ErrKey, name)
	}
	return data, nil
}

// ParseDIDJWK reads the key out of a did:jwk without fragment.
func ParseDIDJWK(id string) (crypto.PublicKey, error) {
	_, public, err := didJWK(id)
	return public, err
}

// didJWK reads a did:jwk, and the algorithm that the JWK reserves its key for.
func didJWK(id string) (algorithm string, public crypto.PublicKey, err error) {
	text, ok := strings.CutPrefix(id, "did:jwk:")
	if !ok {
		return "", nil, fmt.Errorf("%w: not a did:jwk", ErrSyntax)
	}
	data, err := decode64(text)
	if err != nil {
		return "", nil, err
	}
	members, err := jsonld.DecodeObject(data)
	if err != nil {
		return "", nil, fmt.Errorf("%w: did:jwk: %w", ErrSyntax, err)
	}
	algorithm, _ = members["alg"].(string)
	public, err = JWKFromMap(members)
	return algorithm, public, err
}
