package did

import (
	"crypto/ecdsa"
	"encoding/asn1"
	"errors"
	"math/big"
)

var errECDSA = errors.New("did: not an ASN.1 ECDSA signature of this key's size")

// FixedWidth rewrites what a crypto.Signer returns for an ECDSA key (ASN.1) in the
// form of proofs and tokens: r ‖ s, each as wide as the key's curve (RFC 7518 §3.4;
// Data Integrity ECDSA §3.2).
func FixedWidth(signature []byte, key *ecdsa.PublicKey) ([]byte, error) {
	var numbers struct{ R, S *big.Int }
	rest, err := asn1.Unmarshal(signature, &numbers)
	if err != nil || len(rest) != 0 {
		return nil, errECDSA
	}
	order, size := key.Params().N, (key.Params().BitSize+7)/8
	out := make([]byte, 2*size)
	for i, number := range []*big.Int{numbers.R, numbers.S} {
		if number.Sign() <= 0 || number.Cmp(order) >= 0 {
			return nil, errECDSA
		}
		number.FillBytes(out[i*size : (i+1)*size])
	}
	return out, nil
}
