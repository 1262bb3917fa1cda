package store

import (
	"context"
	"time"

	"ramure/internal/auth"
	"ramure/internal/journal"
	"ramure/internal/problem"
)

const selectGrant = `SELECT ` + grantColumns + grantTables

const (
	grantColumns = `g.public_id, u.public_id, g.role, COALESCE(v.slug, ''), COALESCE(n.slug, ''), g.given_by, g.given_at, COALESCE(g.ended_by, ''), g.ended_at`

	grantTables = ` FROM role_grant g JOIN account u ON u.id = g.account
		LEFT JOIN venue v ON v.id = g.venue LEFT JOIN network n ON n.id = g.network`
)

// grant reads grantColumns.
type grant struct {
	auth.Grant
	venue, network string
	given          Time
	ended          optionalTime
}

func (g *grant) columns() []any {
	return []any{&g.ID, &g.User, &g.Role, &g.venue, &g.network, &g.GivenBy, &g.given, &g.EndedBy, &g.ended}
}

func (g *grant) word() auth.Grant {
	g.Target, g.GivenAt, g.EndedAt = targetOf(g.venue, g.network), g.given.Time, g.ended.at
	return g.Grant
}

func targetOf(venue, network string) auth.Target {
	switch {
	case venue != "":
		return auth.Target{Kind: auth.OnVenue, Slug: venue}
	case network != "":
		return auth.Target{Kind: auth.OnNetwork, Slug: network}
	}
	return auth.Target{Kind: auth.OnInstance}
}

func scanGrant(r row) (auth.Grant, error) {
	var g grant
	err := r.Scan(g.columns()...)
	return g.word(), err
}

// AddGrant stores a grant with its entry; problem.NotFound for an unknown user,
// venue or network, problem.Conflict when it stands already.
func (s *Store) AddGrant(ctx context.Context, g auth.Grant, e journal.Entry) error {
	return s.write(ctx, "give the role", func(ctx context.Context, tx *transaction) error {
		if err := s.insertGrant(ctx, tx, g); err != nil {
			return err
		}
		return s.insertEntry(ctx, tx, e)
	})
}

func (s *Store) insertGrant(ctx context.Context, tx *transaction, g auth.Grant) error {
	id, err := s.newID(g.GivenAt)
	if err != nil {
		return err
	}
	venue, network, err := targetKeys(ctx, tx, g.Target)
	if err != nil {
		return err
	}
	added, err := changed(ctx, tx, `INSERT INTO role_grant (id, public_id, account, role, venue, network, given_by, given_at)
		SELECT $1, $2, id, $3, $4, $5, $6, $7 FROM account WHERE public_id = $8 AND ended_at IS NULL`,
		id, g.ID, string(g.Role), venue, network, g.GivenBy, Time{g.GivenAt}, g.User)
	if isUnique(err) {
		return problem.New(problem.Conflict, "error.role.given")
	}
	return one(added, err)
}

// targetKeys are the row keys of a target: of neither for the installation.
func targetKeys(ctx context.Context, tx *transaction, t auth.Target) (venue, network any, err error) {
	var key rowID
	switch t.Kind {
	case auth.OnVenue:
		key, err = scalar[rowID](tx.QueryRowContext(ctx, `SELECT id FROM venue WHERE slug = $1`, t.Slug))
		return key, nil, err
	case auth.OnNetwork:
		key, err = scalar[rowID](tx.QueryRowContext(ctx, `SELECT id FROM network WHERE slug = $1`, t.Slug))
		return nil, key, err
	}
	return nil, nil, nil
}

// EndGrant ends a standing grant with its entry; problem.NotFound. Of a venue the
// last head stays: problem.Conflict. Who ends heads at once waits for the others,
// so that two of them cannot end each other.
func (s *Store) EndGrant(ctx context.Context, id string, at time.Time, e journal.Entry) error {
	return s.write(ctx, "end the role", func(ctx context.Context, tx *transaction) error {
		if err := touch(ctx, tx); err != nil {
			return err
		}
		g, err := scanGrant(tx.QueryRowContext(ctx, selectGrant+` WHERE g.public_id = $1 AND g.ended_at IS NULL`, id))
		if err != nil {
			return err
		}
		if err := keepHead(ctx, tx, g); err != nil {
			return err
		}
		if err := one(changed(ctx, tx, `UPDATE role_grant SET ended_at = $1, ended_by = $2 WHERE public_id = $3 AND ended_at IS NULL`,
			Time{at}, e.Actor, id)); err != nil {
			return err
		}
		return s.insertEntry(ctx, tx, e)
	})
}

// keepHead refuses to leave a venue without a head.
func keepHead(ctx context.Context, tx *transaction, g auth.Grant) error {
	if g.Role != auth.RoleVenueHead {
		return nil
	}
	heads, err := scalar[int](tx.QueryRowContext(ctx, `SELECT count(*) FROM role_grant g JOIN venue v ON v.id = g.venue
		WHERE v.slug = $1 AND g.role = $2 AND g.ended_at IS NULL`, g.Target.Slug, string(auth.RoleVenueHead)))
	if err == nil && heads <= 1 {
		err = problem.New(problem.Conflict, "error.role.lastHead")
	}
	return err
}

// Grant finds a grant by its public id; problem.NotFound.
func (s *Store) Grant(ctx context.Context, id string) (auth.Grant, error) {
	return readOne(ctx, s, "read the role", scanGrant, selectGrant+` WHERE g.public_id = $1`, id)
}

// Members lists the standing grants on a target with their users, by name.
func (s *Store) Members(ctx context.Context, t auth.Target) ([]auth.Member, error) {
	var c conditions
	c.onTarget(t)
	c.add(`g.ended_at IS NULL`)
	return readAll(ctx, s, "list the members", scanMember, `SELECT `+grantColumns+`, `+accountColumns+grantTables+
		c.where()+` ORDER BY u.name, u.public_id, g.role`, c.args...)
}

func scanMember(r row) (auth.Member, error) {
	var g grant
	var a account
	err := r.Scan(append(g.columns(), a.columns()...)...)
	return auth.Member{User: a.user(), Grant: g.word()}, err
}

// onTarget keeps what is on exactly that target.
func (c *conditions) onTarget(t auth.Target) {
	switch t.Kind {
	case auth.OnVenue:
		c.add(`v.slug = ?`, t.Slug)
	case auth.OnNetwork:
		c.add(`n.slug = ?`, t.Slug)
	default:
		c.add(`v.id IS NULL`)
		c.add(`n.id IS NULL`)
	}
}
