package store

import (
	"context"
	"time"

	"ramure/internal/mediation"
	"ramure/internal/problem"
)

// above lists networks with those that they are part of. A circle ends it: UNION
// keeps each once.
const above = `WITH RECURSIVE up (id, slug, parent) AS (
	SELECT n.id, n.slug, n.parent FROM network n WHERE `

const aboveEnd = ` UNION SELECT n.id, n.slug, n.parent FROM network n JOIN up ON n.id = up.parent) SELECT slug FROM up ORDER BY slug`

// NetworksOf lists the networks that a venue is a member of, and those that these
// are part of.
func (s *Store) NetworksOf(ctx context.Context, venue string) ([]string, error) {
	return readAll(ctx, s, "read the networks of the venue", scalar[string], above+
		`n.id IN (SELECT m.network FROM network_member m JOIN venue v ON v.id = m.venue WHERE v.slug = $1)`+aboveEnd, venue)
}

// NetworksAbove lists a network and those that it is part of; nil when it is
// unknown.
func (s *Store) NetworksAbove(ctx context.Context, network string) ([]string, error) {
	return readAll(ctx, s, "read the networks above", scalar[string], above+`n.slug = $1`+aboveEnd, network)
}

// AddNetwork stores a network; problem.Conflict when the slug is taken,
// problem.NotFound for an unknown parent.
func (s *Store) AddNetwork(ctx context.Context, n mediation.Network) error {
	id, err := s.newID(n.CreatedAt)
	if err != nil {
		return err
	}
	return s.write(ctx, "add the network", func(ctx context.Context, tx *transaction) error {
		var parent any
		if n.Parent != "" {
			key, err := scalar[rowID](tx.QueryRowContext(ctx, `SELECT id FROM network WHERE slug = $1`, n.Parent))
			if err != nil {
				return err
			}
			parent = key
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO network (id, slug, name, parent, created_at) VALUES ($1, $2, $3, $4, $5)`,
			id, n.Slug, n.Name, parent, Time{n.CreatedAt})
		if isUnique(err) {
			return problem.New(problem.Conflict, "error.network.taken").With("slug", n.Slug)
		}
		return err
	})
}

// AddMember makes a venue a member of a network, once; problem.NotFound.
func (s *Store) AddMember(ctx context.Context, network, venue string, at time.Time) error {
	return s.write(ctx, "add the member", func(ctx context.Context, tx *transaction) error {
		var known int
		err := tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM network WHERE slug = $1) + (SELECT count(*) FROM venue WHERE slug = $2)`,
			network, venue).Scan(&known)
		if err != nil {
			return err
		}
		if known != 2 {
			return notFound()
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO network_member (network, venue, since_at)
			SELECT n.id, v.id, $1 FROM network n, venue v WHERE n.slug = $2 AND v.slug = $3 ON CONFLICT (network, venue) DO NOTHING`,
			Time{at}, network, venue)
		return err
	})
}

// MembersOf lists the slugs of the venues in a network, and in those that are part
// of it.
func (s *Store) MembersOf(ctx context.Context, network string) ([]string, error) {
	return readAll(ctx, s, "list the members", scalar[string], `WITH RECURSIVE down (id) AS (
		SELECT id FROM network WHERE slug = $1 UNION SELECT n.id FROM network n JOIN down d ON n.parent = d.id)
		SELECT DISTINCT v.slug FROM network_member m JOIN down d ON d.id = m.network JOIN venue v ON v.id = m.venue ORDER BY v.slug`, network)
}
