package did_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"math/big"
	"testing"

	"ramure/internal/did"
)

// RFC 6979 appendix A.2.5: P-256, SHA-256, message "sample".
func TestFixedWidthKnownAnswer(t *testing.T) {
	t.Parallel()
	secret, _ := hex.DecodeString("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721")
	private, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), secret)
	if err != nil {
		t.Fatal(err)
	}
	digest := sha256.Sum256([]byte("sample"))
	signature, err := private.Sign(nil, digest[:], crypto.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := did.FixedWidth(signature, &private.PublicKey)
	const want = "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716" +
		"f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"
	if got := hex.EncodeToString(raw); err != nil || got != want {
		t.Errorf("%s, %v", got, err)
	}
}

// Small numbers keep their zeros in front.
func TestFixedWidthPads(t *testing.T) {
	t.Parallel()
	private, _ := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	raw, err := did.FixedWidth([]byte{0x30, 6, 2, 1, 5, 2, 1, 7}, &private.PublicKey)
	if err != nil || len(raw) != 96 || raw[47] != 5 || raw[95] != 7 || raw[0] != 0 {
		t.Errorf("%x, %v", raw, err)
	}
}

func TestFixedWidthRefuses(t *testing.T) {
	t.Parallel()
	private, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	order := append([]byte{0}, private.Params().N.Bytes()...)
	for name, signature := range map[string][]byte{
		"empty":     nil,
		"raw":       make([]byte, 64),
		"zero r":    {0x30, 6, 2, 1, 0, 2, 1, 7},
		"negative":  {0x30, 6, 2, 1, 0xff, 2, 1, 7},
		"trailing":  {0x30, 6, 2, 1, 5, 2, 1, 7, 0},
		"s = order": append([]byte{0x30, byte(5 + len(order)), 2, 1, 5, 2, byte(len(order))}, order...),
	} {
		if raw, err := did.FixedWidth(signature, &private.PublicKey); err == nil {
			t.Errorf("%s: %x", name, raw)
		}
	}
	if new(big.Int).SetBytes(order).Cmp(private.Params().N) != 0 {
		t.Error("the case of the order is not the order")
	}
}
