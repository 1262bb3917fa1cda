package store

import (
	"context"
	"errors"

	"ramure/internal/keyring"
	"ramure/internal/translog"
)

const selectKey = `SELECT v.slug, k.use, k.algorithm, k.thumbprint, k.public, k.secret, k.created_at, k.retired_at
	FROM signing_key k LEFT JOIN venue v ON v.id = k.issuer`

// ofIssuer keeps the keys of the venue $1, or for "" those of the deployment.
const ofIssuer = ` WHERE COALESCE(v.slug, '') = $1`

func scanKey(r row) (k keyring.Sealed, err error) {
	var issuer *string
	var created Time
	var retired optionalTime
	err = r.Scan(&issuer, &k.Use, &k.Algorithm, &k.Thumbprint, &k.Public, &k.Secret, &created, &retired)
	k.Issuer, k.CreatedAt, k.RetiredAt = orEmpty(issuer), created.Time, retired.at
	return k, err
}

// Key gives the active key of an issuer for a use; problem.NotFound.
func (s *Store) Key(ctx context.Context, issuer string, use keyring.Use) (keyring.Sealed, error) {
	return readOne(ctx, s, "read the key", scanKey,
		selectKey+ofIssuer+` AND k.use = $2 AND k.retired_at IS NULL`, issuer, string(use))
}

// KeyByThumbprint finds any key, retired ones too; problem.NotFound.
func (s *Store) KeyByThumbprint(ctx context.Context, thumbprint string) (keyring.Sealed, error) {
	return readOne(ctx, s, "read the key", scanKey, selectKey+` WHERE k.thumbprint = $1`, thumbprint)
}

// Keys lists the keys of an issuer, retired ones too, oldest first.
func (s *Store) Keys(ctx context.Context, issuer string) ([]keyring.Sealed, error) {
	return readAll(ctx, s, "list the keys", scanKey, selectKey+ofIssuer+` ORDER BY k.created_at, k.id`, issuer)
}

// AddKey stores a key and answers the one that is active from then on: the key
// given, or that of another instance which was first. A key of an issuer gets
// its `add` leaf in the same transaction. problem.NotFound for an unknown
// issuer.
func (s *Store) AddKey(ctx context.Context, k keyring.Sealed) (keyring.Sealed, error) {
	id, err := s.newID(k.CreatedAt)
	if err != nil {
		return keyring.Sealed{}, err
	}
	err = s.write(ctx, "add the key", func(ctx context.Context, tx *transaction) error {
		if k.Issuer != "" {
			if err := knownVenue(ctx, tx, k.Issuer); err != nil {
				return err
			}
		}
		added, err := changed(ctx, tx, `INSERT INTO signing_key (id, issuer, use, algorithm, thumbprint, public, secret, created_at)
			VALUES ($1, (SELECT id FROM venue WHERE slug = $2), $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
			id, k.Issuer, string(k.Use), k.Algorithm, k.Thumbprint, k.Public, k.Secret, Time{k.CreatedAt})
		if err != nil || added == 0 {
			return err
		}
		return s.announceKey(ctx, tx, k)
	})
	if err != nil {
		return keyring.Sealed{}, err
	}
	return s.Key(ctx, k.Issuer, k.Use)
}

// announceKey writes the `add` leaf of an issuer's key. It counts from the size
// of the log at this moment: every leaf made under the key comes later.
func (s *Store) announceKey(ctx context.Context, tx *transaction, k keyring.Sealed) error {
	if k.Issuer == "" {
		return nil // the log's own key stands in the checkpoints and the policy
	}
	if s.issuerDID == nil {
		return errors.New("the store was opened without a way to name issuers")
	}
	size, err := scalar[int64](tx.QueryRowContext(ctx, `SELECT size FROM log_head WHERE log = $1`, logID))
	if err != nil {
		return err
	}
	leaf := translog.KeyLeaf(translog.Day(k.CreatedAt), s.issuerDID(k.Issuer), k.Thumbprint, translog.KeyAdded, size)
	data, err := leaf.Marshal()
	if err != nil {
		return err
	}
	if err := s.putLeaf(ctx, tx, pendingLeaf{kind: translog.KindKey, data: data, at: k.CreatedAt}); err != nil {
		return err
	}
	return touch(ctx, tx)
}
