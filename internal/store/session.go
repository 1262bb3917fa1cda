package store

import (
	"context"
	"time"

	"ramure/internal/auth"
)

const selectSession = `SELECT s.public_id, s.device, s.shared, s.opened_at, s.seen_at, s.ends_at, s.proved_at, s.ended_at, ` +
	accountColumns + ` FROM session s JOIN account u ON u.id = s.account`

func scanSession(r row) (n auth.Session, err error) {
	var opened, seen, ends Time
	var proved, ended optionalTime
	var a account
	err = r.Scan(append([]any{&n.ID, &n.Device, &n.Shared, &opened, &seen, &ends, &proved, &ended}, a.columns()...)...)
	n.OpenedAt, n.SeenAt, n.EndsAt = opened.Time, seen.Time, ends.Time
	n.ProvedAt, n.EndedAt, n.User = proved.at, ended.at, a.user()
	return n, err
}

// AddSession stores a session of a standing user under the hash of its secret.
func (s *Store) AddSession(ctx context.Context, n auth.Session, hash [32]byte) error {
	id, err := s.newID(n.OpenedAt)
	if err != nil {
		return err
	}
	return s.write(ctx, "add the session", func(ctx context.Context, tx *transaction) error {
		added, err := changed(ctx, tx, `INSERT INTO session
			(id, public_id, account, hash, device, shared, opened_at, seen_at, ends_at, proved_at)
			SELECT $1, $2, id, $3, $4, $5, $6, $7, $8, $9 FROM account WHERE public_id = $10 AND ended_at IS NULL`,
			id, n.ID, hash[:], n.Device, n.Shared, Time{n.OpenedAt}, Time{n.SeenAt}, Time{n.EndsAt},
			optionalTime{n.ProvedAt}, n.User.ID)
		if err == nil && added == 0 {
			err = notFound()
		}
		return err
	})
}

// SessionByHash finds a session with its user and standing grants, ended ones too;
// problem.NotFound.
func (s *Store) SessionByHash(ctx context.Context, hash [32]byte) (auth.Session, error) {
	session, err := readOne(ctx, s, "read the session", scanSession, selectSession+` WHERE s.hash = $1`, hash[:])
	if err != nil {
		return session, err
	}
	session.Grants, err = readAll(ctx, s, "read the grants", scanGrant,
		selectGrant+` WHERE u.public_id = $1 AND g.ended_at IS NULL ORDER BY g.given_at, g.public_id`, session.User.ID)
	return session, err
}

// TouchSession writes when a session was last used.
func (s *Store) TouchSession(ctx context.Context, id string, at time.Time) error {
	return s.write(ctx, "note the use of the session", func(ctx context.Context, tx *transaction) error {
		_, err := tx.ExecContext(ctx, `UPDATE session SET seen_at = $1 WHERE public_id = $2 AND seen_at < $1`, Time{at}, id)
		return err
	})
}

// ProveSession gives a session its new secret and the moment of the proof;
// problem.NotFound when it has ended.
func (s *Store) ProveSession(ctx context.Context, id string, hash [32]byte, at time.Time) error {
	return s.write(ctx, "renew the session", func(ctx context.Context, tx *transaction) error {
		return one(changed(ctx, tx, `UPDATE session SET hash = $1, proved_at = $2, seen_at = $2
			WHERE public_id = $3 AND ended_at IS NULL`, hash[:], Time{at}, id))
	})
}

// Sessions lists a user's standing sessions, the last used first.
func (s *Store) Sessions(ctx context.Context, user string, now time.Time) ([]auth.Session, error) {
	return readAll(ctx, s, "list the sessions", scanSession, selectSession+
		` WHERE u.public_id = $1 AND s.ended_at IS NULL AND s.ends_at > $2 ORDER BY s.seen_at DESC, s.public_id`, user, Time{now})
}

// EndSession ends one of a user's sessions, once; problem.NotFound.
func (s *Store) EndSession(ctx context.Context, user, id string, at time.Time) error {
	return s.write(ctx, "end the session", func(ctx context.Context, tx *transaction) error {
		return one(changed(ctx, tx, `UPDATE session SET ended_at = COALESCE(ended_at, $1)
			WHERE public_id = $2 AND account = (SELECT id FROM account WHERE public_id = $3)`, Time{at}, id, user))
	})
}

// one answers problem.NotFound where a statement wrote nothing.
func one(written int64, err error) error {
	if err == nil && written == 0 {
		return notFound()
	}
	return err
}
