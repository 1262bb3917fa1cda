package vcjwt_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"math/big"
	"strings"
	"testing"

	jose "github.com/go-jose/go-jose/v4"

	"ramure/internal/did"
)

// forge makes tokens with the issuer's own keys around headers that we would never
// write: what stops them is the guard, not the signature.
type forge struct {
	t         testing.TB
	rsa       *rsa.PrivateKey
	ec        *ecdsa.PrivateKey
	ed        ed25519.PrivateKey
	edPublic  crypto.PublicKey
	good      string // a good EdDSA token
	otherJWK  string // the key of the attacker
	attackers ed25519.PrivateKey
}

func newForge(t testing.TB) forge {
	f := forge{
		t: t, rsa: signer(t, "RS256").(*rsa.PrivateKey), ec: signer(t, "ES256").(*ecdsa.PrivateKey),
		ed: signer(t, "EdDSA").(ed25519.PrivateKey), attackers: ed25519.NewKeyFromSeed([]byte(strings.Repeat("a", 32))),
	}
	f.edPublic, f.good = f.ed.Public(), sign(t, "EdDSA")
	jwk, err := did.JWK(f.attackers.Public())
	if err != nil {
		t.Fatal(err)
	}
	f.otherJWK = string(jwk)
	control := attack{name: "control", token: f.eddsa(`{"alg":"EdDSA"}`), key: f.edPublic}
	if _, err := open(control); err != nil {
		t.Fatalf("a harmless forged token does not verify, so the others prove nothing: %v", err)
	}
	return f
}

func enc(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

// eddsa signs any header with the issuer's Ed25519 key.
func (f forge) eddsa(header string) string { return f.eddsaInput(enc(header) + "." + enc(payload)) }

// eddsaInput signs any first two parts.
func (f forge) eddsaInput(input string) string {
	return input + "." + enc(string(ed25519.Sign(f.ed, []byte(input))))
}

func (f forge) hmac(alg string, secret []byte) string {
	input := enc(`{"alg":"`+alg+`","typ":"JWT"}`) + "." + enc(payload)
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(input))
	return input + "." + enc(string(mac.Sum(nil)))
}

// library signs with go-jose, for algorithms that are not ours.
func (f forge) library(alg jose.SignatureAlgorithm, key any) string {
	s, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: key}, nil)
	if err != nil {
		f.t.Fatal(err)
	}
	signed, err := s.Sign([]byte(payload))
	if err != nil {
		f.t.Fatal(err)
	}
	token, _ := signed.CompactSerialize()
	return token
}

// rewrap signs nothing anew: it puts another header before a signed token's rest.
func (f forge) rewrap(token, header string) string {
	_, rest, _ := strings.Cut(token, ".")
	return enc(header) + "." + rest
}

func (f forge) withKey(header string, key ed25519.PrivateKey) string {
	input := enc(header) + "." + enc(payload)
	return input + "." + enc(string(ed25519.Sign(key, []byte(input))))
}

// universal is a token that Go's Ed25519 accepts under the neutral point.
func (f forge) universal() string {
	return enc(`{"alg":"EdDSA"}`) + "." + enc(payload) + "." + enc("\x01"+strings.Repeat("\x00", 63))
}

// spareBits sets the bits of the last letter that carry nothing, if there are any.
func spareBits(part string) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	if len(part)%4 == 0 {
		return part[:len(part)-1] // a shorter text, as refused as the others
	}
	last := strings.IndexByte(letters, part[len(part)-1])
	return part[:len(part)-1] + letters[last|1:last|1+1]
}

func input(token string) string { return token[:strings.LastIndexByte(token, '.')] }

func signatureOf(token string) []byte {
	data, _ := base64.RawURLEncoding.DecodeString(token[strings.LastIndexByte(token, '.')+1:])
	return data
}

// addOrder adds the order of the Ed25519 group to a little-endian scalar: the other
// S that solves the same equation, which RFC 8032 §5.1.7 forbids.
func addOrder(scalar []byte) []byte {
	order, _ := new(big.Int).SetString("7237005577332262213973186563042994240857116359379907606001950938285454250989", 10)
	big := new(big.Int).Add(new(big.Int).SetBytes(reversed(scalar)), order)
	return reversed(big.FillBytes(make([]byte, 32)))
}

func reversed(data []byte) []byte {
	out := make([]byte, len(data))
	for i, b := range data {
		out[len(data)-1-i] = b
	}
	return out
}

func pkix(public crypto.PublicKey) []byte {
	der, _ := x509.MarshalPKIXPublicKey(public)
	return der
}
