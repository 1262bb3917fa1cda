package store

import (
	"context"

	"ramure/internal/award"
	"ramure/internal/problem"
	"ramure/internal/scope"
	"ramure/internal/translog"
)

// AddAchievement stores version 1 and its log leaf.
func (s *Store) AddAchievement(ctx context.Context, sc scope.Scope, a award.Achievement, leaf []byte) error {
	id, err := s.newID(a.CreatedAt)
	if err != nil {
		return err
	}
	return s.write(ctx, "add the achievement", func(ctx context.Context, tx *transaction) error {
		added, err := changed(ctx, tx, `INSERT INTO achievement (id, public_id, venue, latest_version, created_at)
			SELECT $1, $2, id, 1, $3 FROM venue WHERE slug = $4`, id, a.ID, Time{a.CreatedAt}, sc.Venue())
		if isUnique(err) {
			return problem.New(problem.Conflict, "error.achievement.exists")
		}
		if err != nil {
			return err
		}
		if added == 0 {
			return notFound()
		}
		a.Version = 1
		return s.putVersion(ctx, tx, id, a, leaf)
	})
}

// AddVersion stores the next version and its log leaf; problem.Conflict when
// that version exists already, or is not the next.
func (s *Store) AddVersion(ctx context.Context, sc scope.Scope, a award.Achievement, leaf []byte) error {
	return s.write(ctx, "add the version", func(ctx context.Context, tx *transaction) error {
		id, err := ownAchievement(ctx, tx, sc, a.ID)
		if err != nil {
			return err
		}
		raised, err := changed(ctx, tx, `UPDATE achievement SET latest_version = $1
			WHERE id = $2 AND latest_version = $1 - 1`, a.Version, id)
		if err != nil {
			return err
		}
		if raised == 0 {
			return problem.New(problem.Conflict, "error.achievement.version")
		}
		return s.putVersion(ctx, tx, id, a, leaf)
	})
}

func ownAchievement(ctx context.Context, q querier, sc scope.Scope, id award.AchievementID) (rowID, error) {
	return scalar[rowID](q.QueryRowContext(ctx, `SELECT a.id FROM achievement a JOIN venue v ON v.id = a.venue
		WHERE a.public_id = $1 AND v.slug = $2`, id, sc.Venue()))
}

func (s *Store) putVersion(ctx context.Context, tx *transaction, id rowID, a award.Achievement, leaf []byte) error {
	definition, err := encodeDefinition(a.Definition)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO achievement_version (achievement, version, definition, document, created_at)
		VALUES ($1, $2, $3, $4, $5)`, id, a.Version, definition, a.Document, Time{a.CreatedAt})
	if err != nil {
		return err
	}
	if err := s.putLeaf(ctx, tx, pendingLeaf{kind: translog.KindAchievement, data: leaf, at: a.CreatedAt}); err != nil {
		return err
	}
	return touch(ctx, tx)
}

// Withdraw records the withdrawal once; problem.Conflict the second time.
func (s *Store) Withdraw(ctx context.Context, sc scope.Scope, id award.AchievementID, w award.Withdrawal) error {
	return s.write(ctx, "withdraw the achievement", func(ctx context.Context, tx *transaction) error {
		key, err := ownAchievement(ctx, tx, sc, id)
		if err != nil {
			return err
		}
		added, err := changed(ctx, tx, `INSERT INTO achievement_withdrawal (achievement, withdrawn_at, withdrawn_by, reason)
			VALUES ($1, $2, $3, $4) ON CONFLICT (achievement) DO NOTHING`, key, Time{w.At}, w.By, w.Reason)
		if err != nil {
			return err
		}
		if added == 0 {
			return problem.New(problem.Conflict, keyWithdrawn)
		}
		return touch(ctx, tx)
	})
}
