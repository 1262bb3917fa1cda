package translog

import (
	"crypto"
	"crypto/ed25519"
	"errors"
	"net/url"
	"time"

	"golang.org/x/mod/sumdb/note"

	"ramure/internal/problem"
)

// Origin is the name of the log of a deployment, from its public base URL: the
// host (with a port, on loopback) and `/log`.
func Origin(baseURL string) (string, error) {
	base, err := url.Parse(baseURL)
	if err != nil || !isKeyName(base.Host) {
		return "", problem.Wrap(problem.Internal, keySigner, errors.New("the base URL has no host to name the log by"))
	}
	return base.Host + "/log", nil
}

// Signer signs the checkpoints of one log. It has one key, or several while a
// log key is being replaced.
type Signer struct {
	origin string
	keys   []logKey
}

// logKey is a key with its private half; it is a note.Signer.
type logKey struct {
	Key
	private crypto.Signer
}

func (k logKey) Name() string { return k.Key.Name }

func (k logKey) Sign(text []byte) ([]byte, error) {
	// Ed25519 hashes by itself and uses no randomness (RFC 8032 §5.1.6).
	return k.private.Sign(nil, text, crypto.Hash(0))
}

// NewSigner makes a signer for the log of that origin out of Ed25519 keys: the
// current one, then those that are being retired.
func NewSigner(origin string, keys ...crypto.Signer) (*Signer, error) {
	s := &Signer{origin: origin}
	for _, private := range keys {
		public, _ := private.Public().(ed25519.PublicKey)
		key, err := NewKey(origin, TypeLog, public)
		if err != nil {
			return nil, problem.Wrap(problem.Internal, keySigner, err)
		}
		s.keys = append(s.keys, logKey{key, private})
	}
	if len(s.keys) == 0 {
		return nil, problem.Wrap(problem.Internal, keySigner, errors.New("a log needs a key"))
	}
	return s, nil
}

// Origin is the name of the log.
func (s *Signer) Origin() string { return s.origin }

// Keys are the public keys, as verifiers know them.
func (s *Signer) Keys() []Key {
	keys := make([]Key, len(s.keys))
	for i, k := range s.keys {
		keys[i] = k.Key
	}
	return keys
}

func (s *Signer) publics() []ed25519.PublicKey {
	publics := make([]ed25519.PublicKey, len(s.keys))
	for i, k := range s.keys {
		publics[i] = k.Public
	}
	return publics
}

// Policy is what `/log/policy` says of a log without witnesses: its keys, the
// address that it is read at, no quorum.
func (s *Signer) Policy(address string) Policy {
	p := Policy{Quorum: QuorumNone}
	for _, k := range s.Keys() {
		p.Logs = append(p.Logs, TrustedLog{Key: k, URL: address})
	}
	return p
}

// Checkpoint signs a head with every key and verifies its own signatures, so
// that a key or a memory gone wrong is found before anything is published.
func (s *Signer) Checkpoint(head Head, at time.Time) (Checkpoint, error) {
	signers := make([]note.Signer, len(s.keys))
	for i, k := range s.keys {
		signers[i] = k
	}
	signed, err := note.Sign(&note.Note{Text: FormatCheckpoint(s.origin, head)}, signers...)
	if err != nil {
		return Checkpoint{}, problem.Wrap(problem.Internal, keySigner, err)
	}
	cp, sigs, err := openCheckpoint(signed, s.Keys())
	if err != nil || len(sigs) != len(s.keys) || cp.Head != head || cp.Origin != s.origin {
		return Checkpoint{}, problem.Wrap(problem.Internal, keySigner,
			errors.Join(errors.New("the signature just made does not hold"), err))
	}
	cp.At = at
	return cp, nil
}

// signedByUs reports whether a checkpoint carries a signature of one of these
// keys under the origin that it names itself: a deployment whose address
// changed still knows what it signed before.
func signedByUs(signed []byte, keys []ed25519.PublicKey) (Checkpoint, error) {
	cp, err := ParseCheckpoint(signed)
	if err != nil {
		return Checkpoint{}, err
	}
	named := make([]Key, len(keys))
	for i, public := range keys {
		named[i] = Key{Name: cp.Origin, Type: TypeLog, Public: public}
	}
	_, _, err = openCheckpoint(signed, named)
	return cp, err
}
