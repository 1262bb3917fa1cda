package translog

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
)

// Signature types of signed notes (c2sp.org/signed-note, Signature types).
const (
	TypeLog     byte = 0x01 // Ed25519 over the text: what a log signs with
	TypeWitness byte = 0x04 // timestamped Ed25519, cosignature/v1
)

// Key is a public key that signs checkpoints under a name.
type Key struct {
	Name   string // of a log, its origin
	Type   byte   // TypeLog or TypeWitness
	Public ed25519.PublicKey
}

// NewKey makes a key; a name with a space or a plus sign, another type and a
// key of another length are refused.
func NewKey(name string, kind byte, public ed25519.PublicKey) (Key, error) {
	switch {
	case !isKeyName(name):
		return Key{}, errors.New("translog: a key name is not empty and has neither space nor plus sign")
	case kind != TypeLog && kind != TypeWitness:
		return Key{}, errors.New("translog: a signature type that is not read here")
	case len(public) != ed25519.PublicKeySize:
		return Key{}, errors.New("translog: not an Ed25519 public key")
	}
	return Key{Name: name, Type: kind, Public: public}, nil
}

// ParseKey reads a verifier key: name+key id+base64 of the type and the key
// (c2sp.org/signed-note, Verifier keys).
func ParseKey(text string) (Key, error) {
	name, rest, _ := strings.Cut(text, "+")
	id, encoded, _ := strings.Cut(rest, "+")
	raw, err := decodeExact(base64.StdEncoding, encoded)
	if err != nil || len(raw) == 0 {
		return Key{}, errors.New("translog: not a verifier key")
	}
	key, err := NewKey(name, raw[0], ed25519.PublicKey(raw[1:]))
	if err != nil {
		return Key{}, err
	}
	if strings.ToLower(id) != key.id() {
		return Key{}, errors.New("translog: the key id is not that of the key")
	}
	return key, nil
}

// String writes the key as ParseKey reads it.
func (k Key) String() string {
	return k.Name + "+" + k.id() + "+" + base64.StdEncoding.EncodeToString(k.material())
}

// KeyHash is the key id of a signature line: the first four bytes of SHA-256
// over the name, a newline, the type and the key.
func (k Key) KeyHash() uint32 {
	sum := sha256.Sum256(append([]byte(k.Name+"\n"), k.material()...))
	return binary.BigEndian.Uint32(sum[:4])
}

func (k Key) id() string { return fmt.Sprintf("%08x", k.KeyHash()) }

func (k Key) material() []byte { return append([]byte{k.Type}, k.Public...) }

// isKeyName follows c2sp.org/signed-note, Format.
func isKeyName(name string) bool {
	return name != "" && utf8.ValidString(name) && !strings.ContainsFunc(name, func(r rune) bool {
		return unicode.IsSpace(r) || r < ' ' || r == '+'
	})
}

// verifier lets x/mod check signatures of one key.
type verifier struct{ key Key }

func (v verifier) Name() string    { return v.key.Name }
func (v verifier) KeyHash() uint32 { return v.key.KeyHash() }

func (v verifier) Verify(text, signature []byte) bool {
	if v.key.Type == TypeWitness {
		at, rest, ok := splitCosignature(signature)
		return ok && ed25519.Verify(v.key.Public, cosigned(text, at), rest)
	}
	return ed25519.Verify(v.key.Public, text, signature)
}

func verifiers(keys []Key) note.Verifiers {
	list := make([]note.Verifier, len(keys))
	for i, k := range keys {
		list[i] = verifier{k}
	}
	return note.VerifierList(list...)
}

// splitCosignature takes a timestamped_signature apart: the POSIX second, in
// eight bytes, and the Ed25519 signature (c2sp.org/tlog-cosignature, Format).
func splitCosignature(signature []byte) (at int64, rest []byte, ok bool) {
	if len(signature) != 8+ed25519.SignatureSize {
		return 0, nil, false
	}
	seconds := binary.BigEndian.Uint64(signature)
	if seconds > math.MaxInt64 {
		return 0, nil, false
	}
	return int64(seconds), signature[8:], true
}

// cosigned is the message of an Ed25519 cosignature over a checkpoint's text
// (c2sp.org/tlog-cosignature, Ed25519 signed message).
func cosigned(text []byte, at int64) []byte {
	return append(fmt.Appendf(nil, "cosignature/v1\ntime %d\n", at), text...)
}
