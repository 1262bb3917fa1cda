package did_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"

	jose "github.com/go-jose/go-jose/v4"

	"ramure/internal/did"
)

// didKeys pairs did:key identifiers of the did:key method's test vectors with the
// same key as a JWK.
var didKeys = []struct{ id, jwk string }{
	{
		"did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
		`{"kty":"OKP","crv":"Ed25519","x":"O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik"}`,
	},
	{
		"did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169",
		`{"kty":"EC","crv":"P-256","x":"fyNYMN0976ci7xqiSdag3buk-ZCwgXU4kz9XNkBlNUI","y":"hW2ojTNfH7Jbi8--CJUo3OCbH3y5n91g-IMA9MLMbTU"}`,
	},
	{
		"did:key:z82Lm1MpAkeJcix9K8TMiLd5NMAhnwkjjCBeWHXyu3U4oT2MVJJKXkcVBgjGhnLBn2Kaau9",
		`{"kty":"EC","crv":"P-384","x":"lInTxl8fjLKp_UCrxI0WDklahi-7-_6JbtiHjiRvMvhedhKVdHBfi2HCY8t_QJyc","y":"y6N1IC-2mXxHreETBW7K3mBcw0qGr3CWHCs-yl09yCQRLcyfGv7XhqAngHOu51Zv"}`,
	},
}

func TestKeyKnownAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range didKeys {
		public, err := did.ParseKey(c.id)
		if err != nil {
			t.Fatalf("%s: %v", c.id, err)
		}
		twin, err := did.ParseJWK([]byte(c.jwk))
		if err != nil || !equal(public, twin) {
			t.Errorf("%s is not the key of its JWK (%v)", c.id, err)
		}
		if again, err := did.Key(public); err != nil || again != c.id {
			t.Errorf("%s is written as %s, %v", c.id, again, err)
		}
	}
}

// The first vector's key is that of the seed of 32 zero bytes.
func TestKeyOfSeed(t *testing.T) {
	t.Parallel()
	private := ed25519.NewKeyFromSeed(make([]byte, 32))
	if id, err := did.Key(private.Public()); err != nil || id != didKeys[0].id {
		t.Errorf("%s, %v", id, err)
	}
}

func TestParseKeyRefuses(t *testing.T) {
	t.Parallel()
	ed := didKeys[0].id
	p256 := mustDecode(t, strings.TrimPrefix(didKeys[1].id, "did:key:"))
	offCurve := append([]byte{}, p256...)
	offCurve[len(offCurve)-1] ^= 1
	for name, id := range map[string]string{
		"fragment":          ed + "#" + strings.TrimPrefix(ed, "did:key:"),
		"other method":      strings.Replace(ed, "did:key:", "did:Key:", 1),
		"cut":               ed[:len(ed)-1],
		"longer":            ed + "1",
		"no prefix":         "did:key:" + did.EncodeMultibase(mustDecode(t, ed[8:])[2:]),
		"secp256k1":         "did:key:" + did.EncodeMultibase(append([]byte{0xe7, 1}, p256[2:]...)),
		"X25519":            "did:key:" + did.EncodeMultibase(append([]byte{0xec, 1}, mustDecode(t, ed[8:])[2:]...)),
		"RSA":               "did:key:" + did.EncodeMultibase(append([]byte{0x85, 0x24}, x509.MarshalPKCS1PublicKey(rsaKey(t))...)),
		"point off curve":   "did:key:" + did.EncodeMultibase(offCurve[:len(offCurve)-1]),
		"uncompressed":      "did:key:" + did.EncodeMultibase(append([]byte{0x80, 0x24, 4}, p256[2:]...)),
		"small order":       "did:key:" + did.EncodeMultibase(append([]byte{0xed, 1}, identityPoint()...)),
		"base64url variant": "did:key:u" + base64.RawURLEncoding.EncodeToString(p256),
	} {
		if public, err := did.ParseKey(id); err == nil {
			t.Errorf("%s: read as %v", name, public)
		}
	}
}

// identityPoint is the neutral element of Ed25519 (y = 1).
func identityPoint() []byte { return append([]byte{1}, make([]byte, 31)...) }

// Why small-order keys are refused: with the neutral point as key, R = s·B makes
// one signature good for every message, and Go's verification says yes.
func TestSmallOrderKeysAreRefused(t *testing.T) {
	t.Parallel()
	owner := ed25519.NewKeyFromSeed(make([]byte, 32))
	s := make([]byte, 32) // s = 0, R = 0·B = the neutral point
	universal := append(identityPoint(), s...)
	if !ed25519.Verify(identityPoint(), []byte("any message"), universal) {
		t.Fatal("the forgery that this guard is for does not work")
	}
	if err := did.CheckKey(owner.Public()); err != nil {
		t.Fatalf("a good key: %v", err)
	}
	for _, y := range []string{
		"0000000000000000000000000000000000000000000000000000000000000000",
		"0100000000000000000000000000000000000000000000000000000000000000",
		"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
		"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	} {
		for _, sign := range []byte{0, 0x80} {
			point, _ := hex.DecodeString(y)
			point[31] |= sign
			if err := did.CheckKey(ed25519.PublicKey(point)); !errors.Is(err, did.ErrKey) {
				t.Errorf("%x: %v", point, err)
			}
		}
	}
}

func TestCheckKeyRefuses(t *testing.T) {
	t.Parallel()
	p224, _ := ecdsa.GenerateKey(elliptic.P224(), rand.Reader)
	big2048 := new(big.Int).SetBit(big.NewInt(1), 2047, 1)
	for name, public := range map[string]crypto.PublicKey{
		"nil":              nil,
		"bytes":            []byte("secret"),
		"string":           "secret",
		"short Ed25519":    ed25519.PublicKey(make([]byte, 31)),
		"private Ed25519":  ed25519.NewKeyFromSeed(make([]byte, 32)),
		"P-224":            p224.Public(),
		"RSA 2,047":        &rsa.PublicKey{N: new(big.Int).SetBit(big.NewInt(1), 2046, 1), E: 65537},
		"RSA 8,193":        &rsa.PublicKey{N: new(big.Int).SetBit(big.NewInt(1), 8192, 1), E: 65537},
		"RSA e = 3":        &rsa.PublicKey{N: big2048, E: 3},
		"RSA even e":       &rsa.PublicKey{N: big2048, E: 65538},
		"RSA even modulus": &rsa.PublicKey{N: new(big.Int).SetBit(big.NewInt(2), 2047, 1), E: 65537},
	} {
		if err := did.CheckKey(public); !errors.Is(err, did.ErrKey) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := did.JWK(public); err == nil {
			t.Errorf("%s is written as JWK", name)
		}
	}
	if err := did.CheckKey(&rsa.PublicKey{N: big2048, E: 65537}); err != nil {
		t.Errorf("RSA 2,048: %v", err)
	}
}

// rfc7638 is the key of RFC 7638 §3.1, rfc8037 that of RFC 8037 appendix A.
const (
	rfc7638 = `{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"}`
	rfc8037 = `{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}`
)

func TestThumbprintKnownAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ jwk, thumbprint string }{
		{rfc7638, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"},
		{rfc8037, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"},
	} {
		public, err := did.ParseJWK([]byte(c.jwk))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := did.Thumbprint(public); err != nil || got != c.thumbprint {
			t.Errorf("%s, %v; want %s", got, err, c.thumbprint)
		}
	}
}

// Another implementation writes and reads the same JWKs and thumbprints.
func TestJWKAgainstGoJose(t *testing.T) {
	t.Parallel()
	for _, public := range keysOfEachKind(t) {
		ours, err := did.JWK(public)
		if err != nil {
			t.Fatal(err)
		}
		var theirs jose.JSONWebKey
		if err := theirs.UnmarshalJSON(ours); err != nil || !equal(public, theirs.Key) {
			t.Errorf("%T: go-jose reads %s otherwise: %v", public, ours, err)
		}
		sum, _ := theirs.Thumbprint(crypto.SHA256)
		if got, _ := did.Thumbprint(public); got != base64.RawURLEncoding.EncodeToString(sum) {
			t.Errorf("%T: thumbprint %s", public, got)
		}
		foreign, _ := jose.JSONWebKey{Key: public, KeyID: "k", Use: "sig"}.MarshalJSON()
		if back, err := did.ParseJWK(foreign); err != nil || !equal(public, back) {
			t.Errorf("%T: %s is read otherwise: %v", public, foreign, err)
		}
	}
}

func TestParseJWKRefuses(t *testing.T) {
	t.Parallel()
	okp := `"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"`
	x, y := `"x":"fyNYMN0976ci7xqiSdag3buk-ZCwgXU4kz9XNkBlNUI"`, `"y":"hW2ojTNfH7Jbi8--CJUo3OCbH3y5n91g-IMA9MLMbTU"`
	modulus, ecX, ecY := rsaKey(t).N.Bytes(), un64("fyNYMN0976ci7xqiSdag3buk-ZCwgXU4kz9XNkBlNUI"), un64("hW2ojTNfH7Jbi8--CJUo3OCbH3y5n91g-IMA9MLMbTU")
	if _, err := did.ParseJWK([]byte(rsaJWK(modulus))); err != nil {
		t.Fatal(err)
	}
	for name, jwk := range map[string]string{
		"empty":              ``,
		"list":               `[{` + okp + `}]`,
		"two values":         `{` + okp + `}{}`,
		"private d":          `{` + okp + `,"d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}`,
		"symmetric":          `{"kty":"oct","k":"AAECAwQFBgcICQoLDA0ODw"}`,
		"duplicate":          `{` + okp + `,"crv":"Ed25519"}`,
		"wrong case":         `{"KTY":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}`,
		"for encryption":     `{` + okp + `,"use":"enc"}`,
		"use is a list":      `{` + okp + `,"use":["sig"]}`,
		"key_ops sign":       `{` + okp + `,"key_ops":["sign"]}`,
		"key_ops a string":   `{` + okp + `,"key_ops":"verify"}`,
		"X25519":             `{"kty":"OKP","crv":"X25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}`,
		"Ed448":              `{"kty":"OKP","crv":"Ed448","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}`,
		"short x":            `{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHUQ"}`,
		"padded x":           `{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo="}`,
		"trailing bits":      `{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURp"}`,
		"line break in x":    `{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcv\nPapiMlrwIaaPcHURo"}`,
		"x is a number":      `{"kty":"OKP","crv":"Ed25519","x":11}`,
		"EC without y":       `{"kty":"EC","crv":"P-256",` + x + `}`,
		"EC off the curve":   `{"kty":"EC","crv":"P-256",` + x + `,"y":"hW2ojTNfH7Jbi8--CJUo3OCbH3y5n91g-IMA9MLMbTQ"}`,
		"EC other curve":     `{"kty":"EC","crv":"P-384",` + x + `,` + y + `}`,
		"EC split elsewhere": `{"kty":"EC","crv":"P-256","x":"` + b64(append(ecX, ecY[0])) + `","y":"` + b64(ecY[1:]) + `"}`,
		"secp256k1":          `{"kty":"EC","crv":"secp256k1",` + x + `,` + y + `}`,
		"RSA 512":            rsaJWK(modulus[:64]),
		"RSA leading zero":   rsaJWK(append([]byte{0}, modulus...)),
		"RSA e with zero":    strings.Replace(rfc7638, `"AQAB"`, `"AAEAAQ"`, 1),
		"RSA e too long":     strings.Replace(rfc7638, `"AQAB"`, `"AQAAAAE"`, 1),
		"RSA e = 1":          strings.Replace(rfc7638, `"AQAB"`, `"AQ"`, 1),
		"RSA without e":      strings.Replace(rfc7638, `"e":"AQAB",`, ``, 1),
		"small-order point":  `{"kty":"OKP","crv":"Ed25519","x":"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}`,
	} {
		if public, err := did.ParseJWK([]byte(jwk)); !errors.Is(err, did.ErrKey) {
			t.Errorf("%s: %v, %v", name, public, err)
		}
	}
}

func FuzzParseKey(f *testing.F) {
	for _, c := range didKeys {
		f.Add(c.id)
	}
	f.Add("did:key:z")
	f.Fuzz(func(t *testing.T, id string) {
		public, err := did.ParseKey(id)
		if err != nil {
			return
		}
		if again, err := did.Key(public); err != nil || again != id {
			t.Fatalf("%q is a second name of %q (%v)", id, again, err)
		}
	})
}

func FuzzParseJWK(f *testing.F) {
	for _, seed := range []string{rfc7638, rfc8037, didKeys[1].jwk, didKeys[2].jwk, `{"kty":"oct"}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		public, err := did.ParseJWK(data)
		if err != nil {
			return
		}
		jwk, err := did.JWK(public)
		if err != nil {
			t.Fatalf("accepted, but cannot be written: %v", err)
		}
		if again, err := did.ParseJWK(jwk); err != nil || !equal(public, again) {
			t.Fatalf("%s is not the same key: %v", jwk, err)
		}
	})
}

func keysOfEachKind(t testing.TB) []crypto.PublicKey {
	t.Helper()
	keys := []crypto.PublicKey{ed25519.NewKeyFromSeed(make([]byte, 32)).Public()}
	for _, curve := range []elliptic.Curve{elliptic.P256(), elliptic.P384()} {
		private, err := ecdsa.GenerateKey(curve, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, private.Public())
	}
	return append(keys, rsaKey(t))
}

func rsaKey(t testing.TB) *rsa.PublicKey {
	t.Helper()
	key, err := did.ParseJWK([]byte(rfc7638))
	if err != nil {
		t.Fatal(err)
	}
	return key.(*rsa.PublicKey)
}

func rsaJWK(modulus []byte) string {
	return `{"kty":"RSA","n":"` + b64(modulus) + `","e":"AQAB"}`
}

func b64(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }

func un64(text string) []byte {
	data, _ := base64.RawURLEncoding.DecodeString(text)
	return data
}

func equal(a, b crypto.PublicKey) bool {
	return fmt.Sprintf("%T", a) == fmt.Sprintf("%T", b) && a.(interface{ Equal(crypto.PublicKey) bool }).Equal(b)
}

func mustDecode(t testing.TB, multibase string) []byte {
	t.Helper()
	data, err := did.DecodeMultibase(multibase)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
