package keyring

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"ramure/internal/problem"
)

const masterSize = 32

// Master is the key that seals all others. Losing it loses every issuer key;
// whoever has it and the database can sign for every issuer. It is held by a
// function, so that printing a Master, or what contains it, shows no byte of it.
type Master struct {
	// derive makes 32 bytes for a purpose (HKDF-SHA256, RFC 5869).
	derive func(salt []byte, purpose string) []byte
}

func newMaster(key [masterSize]byte) *Master {
	return &Master{derive: func(salt []byte, purpose string) []byte {
		// The only error is a length over 255 hashes.
		out, _ := hkdf.Key(sha256.New, key[:], salt, purpose, sha256.Size)
		return out
	}}
}

// OpenMaster takes the master key from env (the value of RAMURE_MASTER_KEY: 32
// bytes in base64 or hexadecimal) or, if that is empty, from the file at path,
// which is made with bytes of rand if it is missing. Errors are problems with a
// cause that says what to do.
func OpenMaster(path, env string, rand io.Reader) (*Master, error) {
	master, err := LoadMaster(path, env)
	if env == "" && problem.Is(err, problem.NotFound) {
		return createMaster(path, rand)
	}
	return master, err
}

// LoadMaster is OpenMaster for a deployment that has keys already: a missing file
// is problem.NotFound. A new master key could not open them.
func LoadMaster(path, env string) (*Master, error) {
	if env != "" {
		return parseMaster([]byte(env), "RAMURE_MASTER_KEY")
	}
	text, err := readKeyFile(path)
	if err != nil {
		return nil, err
	}
	defer clear(text)
	return parseMaster(text, path)
}

func parseMaster(text []byte, source string) (*Master, error) {
	key, err := decodeMaster(bytes.TrimSpace(text))
	defer clear(key)
	if err != nil {
		return nil, malformed(source, "it is not 32 bytes in base64 or hexadecimal")
	}
	if bytes.Count(key, key[:1]) == masterSize {
		return nil, malformed(source, "it is one byte repeated, which is no secret")
	}
	return newMaster([masterSize]byte(key)), nil
}

func malformed(source, why string) error {
	cause := fmt.Errorf("the master key in %s cannot be used: %s (make one with: openssl rand -base64 32)", source, why)
	return problem.Wrap(problem.Invalid, "error.masterKey.malformed", cause).With("source", source)
}

// decodeMaster reads hexadecimal, or base64 in either alphabet with or without
// padding. The cause is never shown: it could quote the key.
func decodeMaster(text []byte) ([]byte, error) {
	if len(text) == hex.EncodedLen(masterSize) {
		return hex.AppendDecode(nil, text)
	}
	plain := strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(string(text), "="))
	key, err := base64.RawStdEncoding.Strict().DecodeString(plain)
	if err == nil && len(key) != masterSize {
		err = fmt.Errorf("keyring: a master key of %d bytes", len(key))
	}
	return key, err
}

// Check is a value that only this master key gives: it is stored at first start.
// Nothing about the key can be told from it.
func (m *Master) Check() []byte { return m.derive(nil, "ramure/master-key/check/v1") }

// Matches compares with the stored Check. The error is problem.Conflict: this
// master key is not the one that sealed the keys in the database.
func (m *Master) Matches(stored []byte) error {
	if subtle.ConstantTimeCompare(m.Check(), stored) == 1 {
		return nil
	}
	cause := fmt.Errorf("the keys in the database were sealed under another master key: start with the one that was used before")
	return problem.Wrap(problem.Conflict, "error.masterKey.wrong", cause)
}
