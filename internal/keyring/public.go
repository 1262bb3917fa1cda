package keyring

import (
	"context"
	"crypto"
	"crypto/x509"
	"errors"
	"time"

	"ramure/internal/problem"
)

// PublicKey is the public half of a key, with what is known about it.
type PublicKey struct {
	Issuer     string
	Use        Use
	Algorithm  string
	Thumbprint string
	Public     crypto.PublicKey
	CreatedAt  time.Time
	RetiredAt  *time.Time
}

// Public gives all public keys of an issuer, retired ones included, oldest first.
func (r *Ring) Public(ctx context.Context, issuer string) ([]PublicKey, error) {
	records, err := r.config.Store.Keys(ctx, issuer)
	if err != nil {
		return nil, err
	}
	keys := make([]PublicKey, 0, len(records))
	for _, record := range records {
		key, err := record.publicKey()
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// PublicByThumbprint gives one public key, for its address.
func (r *Ring) PublicByThumbprint(ctx context.Context, thumbprint string) (PublicKey, error) {
	record, err := r.config.Store.KeyByThumbprint(ctx, thumbprint)
	if err != nil {
		return PublicKey{}, err
	}
	return record.publicKey()
}

// publicKey reads a record's public half. A key that is not the one of its
// thumbprint is never published.
func (s Sealed) publicKey() (PublicKey, error) {
	public, err := x509.ParsePKIXPublicKey(s.Public)
	if err == nil {
		var own string
		if own, err = thumbprint(public); err == nil && own != s.Thumbprint {
			err = errors.New("keyring: the public key is not that of the record")
		}
	}
	if err != nil {
		return PublicKey{}, problem.Wrap(problem.Internal, "error.key.unsealed", err)
	}
	return PublicKey{
		Issuer: s.Issuer, Use: s.Use, Algorithm: s.Algorithm, Thumbprint: s.Thumbprint,
		Public: public, CreatedAt: s.CreatedAt, RetiredAt: s.RetiredAt,
	}, nil
}
