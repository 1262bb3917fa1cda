package did

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"fmt"
	"strings"
)

// Multicodec prefixes of public keys, as varints (Controlled Identifiers 1.0
// §2.2.2): ed25519-pub 0xed, p256-pub 0x1200, p384-pub 0x1201.
var (
	codecEd25519 = []byte{0xed, 0x01}
	codecP256    = []byte{0x80, 0x24}
	codecP384    = []byte{0x81, 0x24}
)

// EncodeMultikey writes an Ed25519, P-256 or P-384 public key as the value of
// publicKeyMultibase: z6Mk…, zDn… or z82….
func EncodeMultikey(public crypto.PublicKey) (string, error) {
	if err := CheckKey(public); err != nil {
		return "", err
	}
	switch key := public.(type) {
	case ed25519.PublicKey:
		return EncodeMultibase(append(bytes.Clone(codecEd25519), key...)), nil
	case *ecdsa.PublicKey:
		return encodeECMultikey(key)
	}
	return "", fmt.Errorf("%w: %T has no Multikey form here", ErrKey, public)
}

func encodeECMultikey(key *ecdsa.PublicKey) (string, error) {
	point, err := key.Bytes() // 4 ‖ x ‖ y
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrKey, err)
	}
	codec := codecP256
	if key.Curve == elliptic.P384() {
		codec = codecP384
	}
	half := (len(point) - 1) / 2
	sign := 2 + point[len(point)-1]&1
	compressed := append([]byte{sign}, point[1:1+half]...)
	return EncodeMultibase(append(bytes.Clone(codec), compressed...)), nil
}

// DecodeMultikey reads the value of publicKeyMultibase. The key is an
// ed25519.PublicKey or an *ecdsa.PublicKey that CheckKey accepts.
func DecodeMultikey(text string) (crypto.PublicKey, error) {
	data, err := DecodeMultibase(text)
	if err != nil {
		return nil, err
	}
	if raw, ok := bytes.CutPrefix(data, codecEd25519); ok {
		key := ed25519.PublicKey(raw)
		return key, checkEd25519(key)
	}
	if raw, ok := bytes.CutPrefix(data, codecP256); ok {
		return decompress(elliptic.P256(), raw)
	}
	if raw, ok := bytes.CutPrefix(data, codecP384); ok {
		return decompress(elliptic.P384(), raw)
	}
	return nil, fmt.Errorf("%w: multicodec prefix of no supported key", ErrKey)
}

func decompress(curve elliptic.Curve, raw []byte) (crypto.PublicKey, error) {
	x, y := elliptic.UnmarshalCompressed(curve, raw)
	if x == nil {
		return nil, fmt.Errorf("%w: not a compressed point of the curve", ErrKey)
	}
	size := (curve.Params().BitSize + 7) / 8
	point := make([]byte, 1+2*size)
	point[0] = 4
	x.FillBytes(point[1 : 1+size])
	y.FillBytes(point[1+size:])
	return parsePoint(curve, point)
}

func parsePoint(curve elliptic.Curve, point []byte) (crypto.PublicKey, error) {
	key, err := ecdsa.ParseUncompressedPublicKey(curve, point)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrKey, err)
	}
	return key, nil
}

// Key writes the did:key of a public key: did:key:z6Mk….
func Key(public crypto.PublicKey) (string, error) {
	multikey, err := EncodeMultikey(public)
	if err != nil {
		return "", err
	}
	return "did:key:" + multikey, nil
}

// ParseKey reads the key out of a did:key without fragment.
func ParseKey(id string) (crypto.PublicKey, error) {
	multikey, ok := strings.CutPrefix(id, "did:key:")
	if !ok {
		return nil, fmt.Errorf("%w: not a did:key", ErrSyntax)
	}
	return DecodeMultikey(multikey)
}
