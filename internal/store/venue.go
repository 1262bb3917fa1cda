package store

import (
	"context"

	"ramure/internal/mediation"
	"ramure/internal/openbadges"
	"ramure/internal/problem"
)

const selectVenue = `SELECT slug, name, commune, jwt_alg, created_at FROM venue`

func scanVenue(r row) (v mediation.Venue, err error) {
	var created Time
	err = r.Scan(&v.Slug, &v.Name, &v.Commune, &v.JWTAlg, &created)
	v.CreatedAt = created.Time
	return v, err
}

// AddVenue stores a venue; problem.Conflict when the slug is taken.
func (s *Store) AddVenue(ctx context.Context, v mediation.Venue) error {
	id, err := s.newID(v.CreatedAt)
	if err != nil {
		return err
	}
	folded := openbadges.FoldName("", v.Name)
	return s.write(ctx, "add the venue", func(ctx context.Context, tx *transaction) error {
		added, err := changed(ctx, tx, `INSERT INTO venue (id, slug, name, folded_name, commune, jwt_alg, created_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (slug) DO NOTHING`,
			id, v.Slug, v.Name, folded, v.Commune, v.JWTAlg, Time{v.CreatedAt})
		if err != nil {
			return err
		}
		if added == 0 {
			return problem.New(problem.Conflict, "error.venue.taken").With("slug", v.Slug)
		}
		return touch(ctx, tx)
	})
}

// Venue gives a venue by its slug; problem.NotFound.
func (s *Store) Venue(ctx context.Context, slug string) (mediation.Venue, error) {
	return s.kept.venues.Get(slug, plainly(s, func() (mediation.Venue, error) {
		return readOne(ctx, s, "read the venue", scanVenue, selectVenue+` WHERE slug = $1`, slug)
	}))
}

// knownVenue makes sure within a transaction that a venue is there.
func knownVenue(ctx context.Context, tx *transaction, slug string) error {
	known, err := scalar[bool](tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM venue WHERE slug = $1)`, slug))
	if err == nil && !known {
		err = notFound()
	}
	return err
}

// Venues lists all venues by name, without regard to case and accents.
func (s *Store) Venues(ctx context.Context) ([]mediation.Venue, error) {
	return readAll(ctx, s, "list the venues", scanVenue, selectVenue+` ORDER BY folded_name, slug`)
}
