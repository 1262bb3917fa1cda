package vcjwt

import (
	"crypto"
	"crypto/ecdsa"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"ramure/internal/did"
)

// Options say what stands in the header of a token that we make.
type Options struct {
	Alg string // RS256, ES256, ES384 or EdDSA; it must suit the key
	Kid string // the address or DID URL of the key; obligatory
	Typ string // JWT for Open Badges; vc+jwt for wallets that ask; vp+jwt
	Cty string // "" leaves it out; vc or vp beside the types of VC-JOSE-COSE
}

// Sign makes the compact token of a payload with typ JWT, as Open Badges 3.0 §8.2
// asks. The payload is signed byte for byte. The same payload and key give the same
// token: RSA PKCS #1 v1.5 and Ed25519 have no randomness, ECDSA is asked for the
// deterministic form (RFC 6979), which a foreign crypto.Signer may not heed.
func Sign(payload []byte, alg, kid string, key crypto.Signer) (string, error) {
	return SignWith(payload, Options{Alg: alg, Kid: kid, Typ: "JWT"}, key)
}

// SignWith is Sign with another typ. The token has been parsed and verified by the
// rules of this room before it is returned: a fault while signing, or a kid that
// nobody would accept, does not leave the house.
func SignWith(payload []byte, o Options, key crypto.Signer) (string, error) {
	if err := checkPair(o.Alg, key.Public()); err != nil {
		return "", err
	}
	if !algorithms[o.Alg].signs || o.Kid == "" {
		return "", fmt.Errorf("%w: no token is made with %q and kid %q", ErrRefused, o.Alg, o.Kid)
	}
	input, err := signingInput(payload, o)
	if err != nil {
		return "", err
	}
	signature, err := sign(input, o.Alg, key)
	if err != nil {
		return "", fmt.Errorf("vcjwt: signing: %w", err)
	}
	token := input + "." + base64.RawURLEncoding.EncodeToString(signature)
	if err := verifyOwn(token, key); err != nil {
		return "", err
	}
	return token, nil
}

// signingInput writes header and payload (RFC 7515 §5.1). Members stand in the
// order of the examples of Open Badges; no other member is allowed there.
func signingInput(payload []byte, o Options) (string, error) {
	header, err := json.Marshal(struct {
		Alg string `json:"alg"`
		Kid string `json:"kid"`
		Typ string `json:"typ,omitempty"`
		Cty string `json:"cty,omitempty"`
	}{o.Alg, o.Kid, o.Typ, o.Cty})
	if err != nil {
		return "", fmt.Errorf("vcjwt: header: %w", err)
	}
	encode := base64.RawURLEncoding.EncodeToString
	return encode(header) + "." + encode(payload), nil
}

func sign(input, alg string, key crypto.Signer) ([]byte, error) {
	a := algorithms[alg]
	signature, err := key.Sign(nil, a.digest(input), a.hash)
	if err != nil {
		return nil, err
	}
	if public, ok := key.Public().(*ecdsa.PublicKey); ok {
		return did.FixedWidth(signature, public) // RFC 7518 §3.4
	}
	return signature, nil
}

func verifyOwn(token string, key crypto.Signer) error {
	parsed, err := ParseAs(token, madeTypes...)
	if err != nil {
		return err
	}
	_, err = parsed.Verify(key.Public())
	return err
}
