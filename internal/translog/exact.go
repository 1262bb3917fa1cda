package translog

import (
	"encoding/base64"
	"errors"
	"strconv"
)

// Each value has exactly one spelling here: encoding what was decoded must give
// the same text back. The decoders of the standard library skip line breaks and
// ignore the unused last bits, which would let a changed byte pass unseen.

var (
	errBase64 = errors.New("not canonical base64")
	errNumber = errors.New("not a canonical decimal in range")
)

// decodeExact reads base64 of one spelling.
func decodeExact(encoding *base64.Encoding, text string) ([]byte, error) {
	raw, err := encoding.DecodeString(text)
	if err != nil || encoding.EncodeToString(raw) != text {
		return nil, errBase64
	}
	return raw, nil
}

// decode32 reads exactly 32 bytes of padded base64 (RFC 4648 §4).
func decode32(text string) (out [32]byte, err error) {
	raw, err := decodeExact(base64.StdEncoding, text)
	if err != nil || len(raw) != len(out) {
		return out, errBase64
	}
	return [32]byte(raw), nil
}

// encode32 writes 32 bytes as decode32 reads them.
func encode32(raw [32]byte) string { return base64.StdEncoding.EncodeToString(raw[:]) }

// decodeNumber reads an index or a size: decimal, no sign, no leading zero.
func decodeNumber(text string) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 || n > MaxSize || strconv.FormatInt(n, 10) != text {
		return 0, errNumber
	}
	return n, nil
}
