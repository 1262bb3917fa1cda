package keyring

import (
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/x509"
	"encoding/binary"
	"fmt"
	"io"

	"ramure/internal/problem"
)

// A sealed secret is: version, salt, nonce, ciphertext with its tag.
const (
	sealVersion = 1
	saltSize    = 32
	nonceSize   = 12
	sealHeader  = 1 + saltSize + nonceSize
)

// seal fills Public, Thumbprint and Secret of a record that has its other fields.
func (m *Master) seal(record *Sealed, private crypto.Signer, rand io.Reader) (err error) {
	if record.Public, err = x509.MarshalPKIXPublicKey(private.Public()); err != nil {
		return fmt.Errorf("keyring: public key: %w", err)
	}
	if record.Thumbprint, err = thumbprint(private.Public()); err != nil {
		return err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return fmt.Errorf("keyring: private key: %w", err)
	}
	defer clear(secret)
	record.Secret, err = m.encrypt(secret, record.label(), rand)
	return err
}

func (m *Master) encrypt(secret, label []byte, rand io.Reader) ([]byte, error) {
	out := make([]byte, sealHeader, sealHeader+len(secret)+16)
	out[0] = sealVersion
	if _, err := io.ReadFull(rand, out[1:]); err != nil {
		return nil, fmt.Errorf("keyring: randomness: %w", err)
	}
	aead, err := m.aead(out[1 : 1+saltSize])
	if err != nil {
		return nil, err
	}
	return aead.Seal(out, out[1+saltSize:sealHeader], secret, label), nil
}

// aead is the cipher of one record: a key of its own from the master key and the
// record's salt, so that a repeated nonce would harm nothing.
func (m *Master) aead(salt []byte) (cipher.AEAD, error) {
	key := m.derive(salt, "ramure/keyring/seal/v1")
	defer clear(key)
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("keyring: %w", err)
	}
	return cipher.NewGCM(block)
}

// label is what the seal binds the secret to. Lengths stand before the values, so
// that no two records have the same label.
func (s Sealed) label() []byte {
	var out []byte
	for _, value := range []string{s.Issuer, string(s.Use), s.Algorithm, s.Thumbprint} {
		out = binary.BigEndian.AppendUint32(out, uint32(len(value)))
		out = append(out, value...)
	}
	return out
}

// unseal opens a record and checks that the private key is the one of its public
// half. The error is problem.Internal: the database or the master key is not what
// it was.
func (m *Master) unseal(record Sealed) (crypto.Signer, error) {
	private, err := m.decrypt(record)
	if err != nil {
		cause := fmt.Errorf("key %s of %q: %w", record.Thumbprint, record.Issuer, err)
		return nil, problem.Wrap(problem.Internal, "error.key.unsealed", cause)
	}
	return private, nil
}

func (m *Master) decrypt(record Sealed) (crypto.Signer, error) {
	sealed := record.Secret
	if len(sealed) < sealHeader || sealed[0] != sealVersion {
		return nil, fmt.Errorf("keyring: a seal of unknown form")
	}
	aead, err := m.aead(sealed[1 : 1+saltSize])
	if err != nil {
		return nil, err
	}
	secret, err := aead.Open(nil, sealed[1+saltSize:sealHeader], sealed[sealHeader:], record.label())
	if err != nil {
		return nil, fmt.Errorf("keyring: the seal does not open: %w", err)
	}
	defer clear(secret)
	return parsePrivate(secret, record.Thumbprint)
}

func parsePrivate(secret []byte, want string) (crypto.Signer, error) {
	parsed, err := x509.ParsePKCS8PrivateKey(secret)
	if err != nil {
		return nil, fmt.Errorf("keyring: private key: %w", err)
	}
	private, ok := parsed.(crypto.Signer)
	if !ok {
		return nil, fmt.Errorf("keyring: %T does not sign", parsed)
	}
	if got, err := thumbprint(private.Public()); err != nil || got != want {
		return nil, fmt.Errorf("keyring: the private key is not that of the record (%v)", err)
	}
	return private, nil
}
