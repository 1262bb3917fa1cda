package vcjwt_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	_ "crypto/sha1" // an old hash, for an attack
	"crypto/sha256"
	"crypto/sha512"
	"encoding/asn1"
	"math/big"
	"strings"

	"ramure/internal/credential/vcjwt"
	"ramure/internal/did"
)

// schemes are signatures by the issuer's own keys, over the very text, that are made
// in another way than the algorithm's: another hash, padding, salt, width or context.
func (f forge) schemes() []attack {
	list := append(f.rsaSchemes(), f.ecSchemes()...)
	return append(list, f.edSchemes()...)
}

func sum(hash crypto.Hash, text string) []byte {
	h := hash.New()
	h.Write([]byte(text))
	return h.Sum(nil)
}

// must is for signatures that are made, right or wrong.
func (f forge) must(signature []byte, err error) string {
	if err != nil {
		f.t.Fatal(err)
	}
	return enc(string(signature))
}

func (f forge) rsaSchemes() []attack {
	rs, ps := enc(`{"alg":"RS256"}`)+"."+enc(payload), enc(`{"alg":"PS256"}`)+"."+enc(payload)
	pss := func(hash crypto.Hash, text string, salt int) string {
		return f.must(rsa.SignPSS(rand.Reader, f.rsa, hash, sum(hash, text), &rsa.PSSOptions{SaltLength: salt, Hash: hash}))
	}
	pkcs1 := func(hash crypto.Hash, digest []byte) string {
		return f.must(rsa.SignPKCS1v15(rand.Reader, f.rsa, hash, digest))
	}
	good, err := rsa.SignPSS(rand.Reader, f.rsa, crypto.SHA256, sum(crypto.SHA256, ps), &rsa.PSSOptions{SaltLength: 32})
	if err != nil {
		f.t.Fatal(err)
	}
	small := rsa.PublicKey{N: f.rsa.N, E: 3}
	even := rsa.PublicKey{N: new(big.Int).Add(f.rsa.N, big.NewInt(1)), E: f.rsa.E}
	var list []attack
	for name, token := range map[string]string{
		"PS256: no salt":                ps + "." + pss(crypto.SHA256, ps, 0),
		"PS256: salt of 20":             ps + "." + pss(crypto.SHA256, ps, 20),
		"PS256: salt of 33":             ps + "." + pss(crypto.SHA256, ps, 33),
		"PS256: the longest salt":       ps + "." + pss(crypto.SHA256, ps, rsa.PSSSaltLengthAuto),
		"PS256: SHA-384":                ps + "." + pss(crypto.SHA384, ps, 48),
		"PS256: SHA-512":                ps + "." + pss(crypto.SHA512, ps, 64),
		"PS256: over the payload alone": ps + "." + pss(crypto.SHA256, payload, 32),
		"PS256: PKCS #1 v1.5":           ps + "." + pkcs1(crypto.SHA256, sum(crypto.SHA256, ps)),
		"PS256: cut":                    ps + "." + enc(string(good[:255])),
		"PS256: zero in front":          ps + "." + enc("\x00"+string(good)),
		"PS256: plus modulus":           ps + "." + enc(string(new(big.Int).Add(new(big.Int).SetBytes(good), f.rsa.N).Bytes())),
		"PS256: zeros":                  ps + "." + enc(strings.Repeat("\x00", 256)),
		"PS256: one":                    ps + "." + enc(strings.Repeat("\x00", 255)+"\x01"),
		"RS256: SHA-1":                  rs + "." + pkcs1(crypto.SHA1, sum(crypto.SHA1, rs)),
		"RS256: SHA-384":                rs + "." + pkcs1(crypto.SHA384, sum(crypto.SHA384, rs)),
		"RS256: SHA-512":                rs + "." + pkcs1(crypto.SHA512, sum(crypto.SHA512, rs)),
		"RS256: no name of the hash":    rs + "." + pkcs1(0, sum(crypto.SHA256, rs)),
		"RS256: hash of the hash":       rs + "." + pkcs1(crypto.SHA256, sum(crypto.SHA256, string(sum(crypto.SHA256, rs)))),
		"RS256: over the payload alone": rs + "." + pkcs1(crypto.SHA256, sum(crypto.SHA256, payload)),
		"RS256: over the decoded text":  rs + "." + pkcs1(crypto.SHA256, sum(crypto.SHA256, `{"alg":"RS256"}.`+payload)),
		"RS256: PSS":                    rs + "." + pss(crypto.SHA256, rs, 32),
		"RS256: minus one":              rs + "." + enc(string(new(big.Int).Sub(f.rsa.N, big.NewInt(1)).Bytes())),
	} {
		list = append(list, attack{name, token, f.rsa.Public(), vcjwt.ErrSignature})
	}
	return append(list,
		attack{"RS256 under an exponent of 3", rs + "." + pkcs1(crypto.SHA256, sum(crypto.SHA256, rs)), &small, vcjwt.ErrKey},
		attack{"PS256 under an exponent of 3", ps + "." + enc(string(good)), &small, vcjwt.ErrKey},
		attack{"PS256 under an even modulus", ps + "." + enc(string(good)), &even, vcjwt.ErrKey},
		attack{"PS256 under P-256", ps + "." + enc(string(good)), f.ec.Public(), vcjwt.ErrKey},
	)
}

func (f forge) ecSchemes() []attack {
	key := signer(f.t, "ES384").(*ecdsa.PrivateKey)
	es256, es384 := enc(`{"alg":"ES256"}`)+"."+enc(payload), enc(`{"alg":"ES384"}`)+"."+enc(payload)
	fixed := func(key *ecdsa.PrivateKey, digest []byte) []byte {
		der, err := ecdsa.SignASN1(rand.Reader, key, digest)
		if err != nil {
			f.t.Fatal(err)
		}
		raw, err := did.FixedWidth(der, &key.PublicKey)
		if err != nil {
			f.t.Fatal(err)
		}
		return raw
	}
	d384 := sha512.Sum384([]byte(es384))
	raw := fixed(key, d384[:])
	n := key.Params().N.Bytes()
	der, _ := asn1.Marshal(struct{ R, S *big.Int }{new(big.Int).SetBytes(raw[:48]), new(big.Int).SetBytes(raw[48:])})
	wide256 := sha256.Sum256([]byte(es384))
	var list []attack
	for name, signature := range map[string][]byte{
		"SHA-256": fixed(key, wide256[:]), "SHA-512": fixed(key, sum(crypto.SHA512, es384)), "no hash": fixed(key, []byte(es384)[:48]),
		"ASN.1": der, "95 bytes": raw[:95], "97 bytes": append(append([]byte{}, raw...), 0), "s then r": append(append([]byte{}, raw[48:]...), raw[:48]...),
		"zeros": make([]byte, 96), "order": append(append([]byte{}, n...), n...), "of P-256": signatureOf(sign(f.t, "ES256")),
		"widened to 132": append(append(make([]byte, 18), raw[:48]...), append(make([]byte, 18), raw[48:]...)...), "empty halves": {},
	} {
		list = append(list, attack{"ES384: " + name, es384 + "." + enc(string(signature)), key.Public(), nil})
	}
	return append(list,
		attack{"ES256: SHA-384", es256 + "." + enc(string(fixed(f.ec, sum(crypto.SHA384, es256)))), f.ec.Public(), vcjwt.ErrSignature},
		attack{"ES256: over the payload alone", es256 + "." + enc(string(fixed(f.ec, sum(crypto.SHA256, payload)))), f.ec.Public(), vcjwt.ErrSignature},
		attack{"ES384: alg of ES256", enc(`{"alg":"ES256"}`) + "." + enc(payload) + "." + enc(string(raw)), key.Public(), vcjwt.ErrKey},
	)
}

func (f forge) edSchemes() []attack {
	text := enc(`{"alg":"EdDSA"}`) + "." + enc(payload)
	made := func(message []byte, o *ed25519.Options) string { return f.must(f.ed.Sign(nil, message, o)) }
	return []attack{
		{"EdDSA: Ed25519ph", text + "." + made(sum(crypto.SHA512, text), &ed25519.Options{Hash: crypto.SHA512}), f.edPublic, vcjwt.ErrSignature},
		{"EdDSA: Ed25519ctx", text + "." + made([]byte(text), &ed25519.Options{Context: "JWT"}), f.edPublic, vcjwt.ErrSignature},
		{"EdDSA: over the hash", text + "." + made(sum(crypto.SHA256, text), &ed25519.Options{}), f.edPublic, vcjwt.ErrSignature},
		{"EdDSA: over the payload alone", text + "." + made([]byte(payload), &ed25519.Options{}), f.edPublic, vcjwt.ErrSignature},
		{"EdDSA: over the decoded text", text + "." + made([]byte(`{"alg":"EdDSA"}.`+payload), &ed25519.Options{}), f.edPublic, vcjwt.ErrSignature},
		{"EdDSA: zeros", text + "." + enc(strings.Repeat("\x00", 64)), f.edPublic, vcjwt.ErrSignature},
	}
}
