package store

import (
	"context"
	"time"

	"ramure/internal/auth"
	"ramure/internal/journal"
	"ramure/internal/problem"
)

const selectInvitation = `SELECT i.public_id, i.name, i.email, i.role, COALESCE(v.slug, ''), COALESCE(n.slug, ''),
	i.made_by, i.created_at, i.ends_at, i.used_at, COALESCE(u.public_id, ''), i.ended_at
	FROM invitation i LEFT JOIN account u ON u.id = i.used_by
	LEFT JOIN venue v ON v.id = i.venue LEFT JOIN network n ON n.id = i.network`

func scanInvitation(r row) (i auth.Invitation, err error) {
	var venue, network string
	var created, ends Time
	var used, ended optionalTime
	err = r.Scan(&i.ID, &i.Name, &i.Email, &i.Role, &venue, &network, &i.By, &created, &ends, &used, &i.UsedBy, &ended)
	i.Target, i.CreatedAt, i.EndsAt = targetOf(venue, network), created.Time, ends.Time
	i.UsedAt, i.EndedAt = used.at, ended.at
	return i, err
}

// AddInvitation stores an invitation under the hash of its secret;
// problem.NotFound for an unknown venue or network.
func (s *Store) AddInvitation(ctx context.Context, i auth.Invitation, hash [32]byte, e journal.Entry) error {
	id, err := s.newID(i.CreatedAt)
	if err != nil {
		return err
	}
	return s.write(ctx, "add the invitation", func(ctx context.Context, tx *transaction) error {
		venue, network, err := targetKeys(ctx, tx, i.Target)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO invitation
			(id, public_id, hash, name, email, role, venue, network, made_by, created_at, ends_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			id, i.ID, hash[:], i.Name, i.Email, string(i.Role), venue, network, i.By, Time{i.CreatedAt}, Time{i.EndsAt})
		if err != nil {
			return err
		}
		return s.insertEntry(ctx, tx, e)
	})
}

// InvitationByHash finds an invitation, used and ended ones too; problem.NotFound.
func (s *Store) InvitationByHash(ctx context.Context, hash [32]byte) (auth.Invitation, error) {
	return readOne(ctx, s, "read the invitation", scanInvitation, selectInvitation+` WHERE i.hash = $1`, hash[:])
}

// UseInvitation gives the role and marks the invitation as used in one step; the
// user is made when it is new, and a role that stands is not given again. problem.Gone when it was used or has ended.
func (s *Store) UseInvitation(ctx context.Context, hash [32]byte, u auth.User, isNew bool, g auth.Grant, e journal.Entry) error {
	return s.write(ctx, "use the invitation", func(ctx context.Context, tx *transaction) error {
		if isNew {
			if err := s.insertUser(ctx, tx, u); err != nil {
				return err
			}
		}
		used, err := changed(ctx, tx, `UPDATE invitation SET used_at = $1, used_by = (SELECT id FROM account WHERE public_id = $2)
			WHERE hash = $3 AND used_at IS NULL AND ended_at IS NULL AND ends_at > $1`, Time{g.GivenAt}, u.ID, hash[:])
		if err != nil {
			return err
		}
		if used == 0 {
			return problem.New(problem.Gone, "error.invitation.ended")
		}
		if err := s.insertGrantOnce(ctx, tx, g); err != nil {
			return err
		}
		return s.insertEntry(ctx, tx, e)
	})
}

// insertGrantOnce gives a role to whoever does not have it yet.
func (s *Store) insertGrantOnce(ctx context.Context, tx *transaction, g auth.Grant) error {
	var c conditions
	c.onTarget(g.Target)
	c.add(`u.public_id = ?`, g.User)
	c.add(`g.role = ?`, string(g.Role))
	c.add(`g.ended_at IS NULL`)
	given, err := scalar[bool](tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1`+grantTables+c.where()+`)`, c.args...))
	if err != nil || given {
		return err
	}
	return s.insertGrant(ctx, tx, g)
}

// Invitations lists those on a target that wait, newest first.
func (s *Store) Invitations(ctx context.Context, t auth.Target, now time.Time) ([]auth.Invitation, error) {
	var c conditions
	c.onTarget(t)
	c.add(`i.used_at IS NULL AND i.ended_at IS NULL`)
	c.add(`i.ends_at > ?`, Time{now})
	return readAll(ctx, s, "list the invitations", scanInvitation,
		selectInvitation+c.where()+` ORDER BY i.created_at DESC, i.public_id`, c.args...)
}

// EndInvitation withdraws one; problem.NotFound when it no longer waits there.
func (s *Store) EndInvitation(ctx context.Context, id string, t auth.Target, at time.Time, e journal.Entry) error {
	return s.write(ctx, "withdraw the invitation", func(ctx context.Context, tx *transaction) error {
		venue, network, err := targetKeys(ctx, tx, t)
		if err != nil {
			return err
		}
		err = one(changed(ctx, tx, `UPDATE invitation SET ended_at = $1 WHERE public_id = $2 AND used_at IS NULL AND ended_at IS NULL
			AND venue IS NOT DISTINCT FROM $3 AND network IS NOT DISTINCT FROM $4`, Time{at}, id, venue, network))
		if err != nil {
			return err
		}
		return s.insertEntry(ctx, tx, e)
	})
}
