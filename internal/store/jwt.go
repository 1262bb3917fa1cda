package store

import (
	"context"
	"time"

	"ramure/internal/award"
)

// JWT gives the kept VC-JWT of an award; problem.NotFound before the first.
func (s *Store) JWT(ctx context.Context, id award.ID) (string, error) {
	return readOne(ctx, s, "read the JWT", scalar[string],
		`SELECT j.jwt FROM credential_jwt j JOIN award a ON a.id = j.award WHERE a.public_id = $1`, id)
}

// KeepJWT keeps the first VC-JWT made and answers the one that was kept:
// several requests may have made one at once. problem.NotFound for an unknown
// award.
func (s *Store) KeepJWT(ctx context.Context, id award.ID, jwt, thumbprint string, at time.Time) (string, error) {
	err := s.apply(ctx, "keep the JWT", []statement{{
		text: `INSERT INTO credential_jwt (award, jwt, thumbprint, made_at)
			SELECT id, $1, $2, $3 FROM award WHERE public_id = $4 ON CONFLICT (award) DO NOTHING`,
		args: []any{jwt, thumbprint, Time{at}, id},
	}})
	if err != nil {
		return "", err
	}
	return s.JWT(ctx, id)
}
