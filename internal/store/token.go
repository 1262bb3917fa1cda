package store

import (
	"context"
	"strings"
	"time"

	"ramure/internal/auth"
	"ramure/internal/problem"
)

const selectToken = `SELECT t.public_id, v.slug, t.name, t.rights, t.hash, t.created_at, t.revoked_at
	FROM api_token t JOIN venue v ON v.id = t.venue`

func scanToken(r row) (t auth.Token, err error) {
	var rights string
	var hash hash32
	var created Time
	var revoked optionalTime
	if err = r.Scan(&t.ID, &t.Venue, &t.Name, &rights, &hash, &created, &revoked); err != nil {
		return auth.Token{}, err
	}
	for _, right := range strings.Split(rights, ",") {
		t.Rights = append(t.Rights, auth.Right(right))
	}
	t.Hash, t.CreatedAt, t.RevokedAt = hash, created.Time, revoked.at
	return t, nil
}

// AddToken stores a token; problem.NotFound for an unknown venue.
func (s *Store) AddToken(ctx context.Context, t auth.Token) error {
	id, err := s.newID(t.CreatedAt)
	if err != nil {
		return err
	}
	rights := make([]string, len(t.Rights))
	for i, right := range t.Rights {
		rights[i] = string(right)
	}
	return s.write(ctx, "add the token", func(ctx context.Context, tx *transaction) error {
		added, err := changed(ctx, tx, `INSERT INTO api_token (id, public_id, venue, name, rights, hash, created_at)
			SELECT $1, $2, id, $3, $4, $5, $6 FROM venue WHERE slug = $7`,
			id, t.ID, t.Name, strings.Join(rights, ","), t.Hash[:], Time{t.CreatedAt}, t.Venue)
		if isUnique(err) {
			return problem.New(problem.Conflict, "error.token.exists")
		}
		if err != nil {
			return err
		}
		if added == 0 {
			return notFound()
		}
		return touch(ctx, tx)
	})
}

// TokenByHash finds a token, revoked ones too; problem.NotFound.
func (s *Store) TokenByHash(ctx context.Context, hash [32]byte) (auth.Token, error) {
	return s.kept.tokens.Get(hash, plainly(s, func() (auth.Token, error) {
		return readOne(ctx, s, "read the token", scanToken, selectToken+` WHERE t.hash = $1`, hash[:])
	}))
}

// Tokens lists a venue's tokens, newest first; all venues for "".
func (s *Store) Tokens(ctx context.Context, venue string) ([]auth.Token, error) {
	return readAll(ctx, s, "list the tokens", scanToken,
		selectToken+` WHERE $1 IN ('', v.slug) ORDER BY t.created_at DESC, t.public_id`, venue)
}

// RevokeToken records the end of a token, once; problem.NotFound.
func (s *Store) RevokeToken(ctx context.Context, id string, at time.Time) error {
	return s.write(ctx, "revoke the token", func(ctx context.Context, tx *transaction) error {
		ended, err := changed(ctx, tx, `UPDATE api_token SET revoked_at = COALESCE(revoked_at, $1)
			WHERE public_id = $2`, Time{at}, id)
		if err != nil {
			return err
		}
		if ended == 0 {
			return notFound()
		}
		return touch(ctx, tx)
	})
}
