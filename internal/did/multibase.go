package did

import (
	"fmt"
	"math/big"
	"strings"
)

// The two alphabets: that of base58btc, and that of math/big in base 58. A digit
// has the same place in both, so numbers are translated letter by letter.
const (
	base58btc = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
	bigDigits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUV"
)

// maxMultibase is the longest text that is read: 1,024 characters are 749 bytes,
// far more than any key or signature here. The conversion costs the square of it.
const maxMultibase = 1024

// EncodeMultibase writes bytes as Multibase base58btc: "z" and the digits
// (Controlled Identifiers 1.0 §2.4).
func EncodeMultibase(data []byte) string {
	zeros := leadingZeros(data)
	text := []byte("z" + strings.Repeat("1", zeros))
	if zeros == len(data) {
		return string(text)
	}
	for _, digit := range []byte(new(big.Int).SetBytes(data).Text(58)) {
		text = append(text, base58btc[strings.IndexByte(bigDigits, digit)])
	}
	return string(text)
}

// DecodeMultibase reads what EncodeMultibase writes; any other base and any other
// character is an error. Each byte string has exactly one text.
func DecodeMultibase(text string) ([]byte, error) {
	if len(text) > maxMultibase {
		return nil, fmt.Errorf("%w: multibase text of %d characters", ErrSyntax, len(text))
	}
	digits, ok := strings.CutPrefix(text, "z")
	if !ok {
		return nil, fmt.Errorf("%w: multibase text does not start with z", ErrSyntax)
	}
	number := strings.TrimLeft(digits, "1")
	zeros := len(digits) - len(number)
	if number == "" {
		return make([]byte, zeros), nil
	}
	value, err := base58Number(number)
	if err != nil {
		return nil, err
	}
	return append(make([]byte, zeros), value.Bytes()...), nil
}

func base58Number(digits string) (*big.Int, error) {
	translated := make([]byte, len(digits))
	for i := range digits {
		place := strings.IndexByte(base58btc, digits[i])
		if place < 0 {
			return nil, fmt.Errorf("%w: character %d is not base58btc", ErrSyntax, i+2)
		}
		translated[i] = bigDigits[place]
	}
	value, ok := new(big.Int).SetString(string(translated), 58)
	if !ok {
		return nil, fmt.Errorf("%w: not base58btc", ErrSyntax)
	}
	return value, nil
}

func leadingZeros(data []byte) int {
	for i, b := range data {
		if b != 0 {
			return i
		}
	}
	return len(data)
}
