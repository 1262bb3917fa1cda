package store

import (
	"context"
	"time"

	"ramure/internal/auth"
	"ramure/internal/problem"
)

const accountColumns = `u.public_id, u.name, u.email, u.language, u.created_at, u.ended_at`

const selectAccount = `SELECT ` + accountColumns + ` FROM account u`

// account reads accountColumns.
type account struct {
	auth.User
	created Time
	ended   optionalTime
}

func (a *account) columns() []any {
	return []any{&a.ID, &a.Name, &a.Email, &a.Language, &a.created, &a.ended}
}

func (a *account) user() auth.User {
	a.CreatedAt, a.EndedAt = a.created.Time, a.ended.at
	return a.User
}

func scanAccount(r row) (auth.User, error) {
	var a account
	err := r.Scan(a.columns()...)
	return a.user(), err
}

// AddUser stores a user; problem.Conflict when another one has the address.
func (s *Store) AddUser(ctx context.Context, u auth.User) error {
	return s.write(ctx, "add the account", func(ctx context.Context, tx *transaction) error {
		return s.insertUser(ctx, tx, u)
	})
}

func (s *Store) insertUser(ctx context.Context, tx *transaction, u auth.User) error {
	id, err := s.newID(u.CreatedAt)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO account (id, public_id, name, email, folded_email, language, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		id, u.ID, u.Name, u.Email, orNull(auth.FoldEmail(u.Email)), u.Language, Time{u.CreatedAt})
	return addressTaken(err)
}

func addressTaken(err error) error {
	if isUnique(err) {
		return problem.New(problem.Conflict, "error.user.taken")
	}
	return err
}

// User finds a user by its public id; problem.NotFound.
func (s *Store) User(ctx context.Context, id string) (auth.User, error) {
	return readOne(ctx, s, "read the account", scanAccount, selectAccount+` WHERE u.public_id = $1`, id)
}

// UserByEmail finds a user by a folded address; problem.NotFound.
func (s *Store) UserByEmail(ctx context.Context, folded string) (auth.User, error) {
	return readOne(ctx, s, "read the account", scanAccount, selectAccount+` WHERE u.folded_email = $1`, folded)
}

// ChangeUser writes name, address and language; problem.NotFound, and
// problem.Conflict when another one has the address.
func (s *Store) ChangeUser(ctx context.Context, u auth.User) error {
	return s.write(ctx, "change the account", func(ctx context.Context, tx *transaction) error {
		n, err := changed(ctx, tx, `UPDATE account SET name = $1, email = $2, folded_email = $3, language = $4
			WHERE public_id = $5 AND ended_at IS NULL`, u.Name, u.Email, orNull(auth.FoldEmail(u.Email)), u.Language, u.ID)
		if err == nil && n == 0 {
			return notFound()
		}
		return addressTaken(err)
	})
}

// EndUser closes an account with its sessions and grants, once. Its address is free
// again. The last head of a venue stays: problem.Conflict.
func (s *Store) EndUser(ctx context.Context, id, by string, at time.Time) error {
	return s.write(ctx, "end the account", func(ctx context.Context, tx *transaction) error {
		if err := touch(ctx, tx); err != nil { // whoever ends heads at once waits here
			return err
		}
		if err := keepHeads(ctx, tx, id); err != nil {
			return err
		}
		key, err := scalar[rowID](tx.QueryRowContext(ctx, `UPDATE account SET ended_at = $1, folded_email = NULL, email = ''
			WHERE public_id = $2 AND ended_at IS NULL RETURNING id`, Time{at}, id))
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE session SET ended_at = $1 WHERE account = $2 AND ended_at IS NULL`, Time{at}, key); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE role_grant SET ended_at = $1, ended_by = $2 WHERE account = $3 AND ended_at IS NULL`, Time{at}, by, key)
		return err
	})
}

// keepHeads refuses to close the account of a venue's last head.
func keepHeads(ctx context.Context, tx *transaction, user string) error {
	alone, err := scalar[bool](tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM role_grant g JOIN account u ON u.id = g.account
		WHERE u.public_id = $1 AND g.role = $2 AND g.ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM role_grant o
			WHERE o.venue = g.venue AND o.role = g.role AND o.account <> g.account AND o.ended_at IS NULL))`,
		user, string(auth.RoleVenueHead)))
	if err == nil && alone {
		err = problem.New(problem.Conflict, "error.role.lastHead")
	}
	return err
}
