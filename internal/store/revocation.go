package store

import (
	"context"
	"time"

	"ramure/internal/award"
	"ramure/internal/problem"
	"ramure/internal/scope"
	"ramure/internal/translog"
)

// RecordRevocation writes the revocation with its leaf, sets the bit and signs
// the list anew, all in one transaction. problem.Conflict when it was revoked
// before.
func (s *Store) RecordRevocation(ctx context.Context, sc scope.Scope, id award.ID, r award.Revocation, leaf []byte, sign award.Resign) error {
	return s.write(ctx, "record the revocation", func(ctx context.Context, tx *transaction) error {
		target, err := scanTarget(tx.QueryRowContext(ctx, selectTarget, id, sc.Venue()))
		if err != nil {
			return err
		}
		if err := lockList(ctx, tx, target.list); err != nil {
			return err
		}
		added, err := changed(ctx, tx, `INSERT INTO revocation (award, list, idx, revoked_at, revoked_by, reason)
			SELECT id, list, idx, $1, $2, $3 FROM award WHERE id = $4
			ON CONFLICT (award) DO NOTHING`, Time{r.At}, r.By, r.Reason, target.id)
		if err != nil {
			return err
		}
		if added == 0 {
			return problem.New(problem.Conflict, "error.award.revoked")
		}
		at := target.after(s.now())
		if err := s.putLeaf(ctx, tx, pendingLeaf{award: &target.id, kind: translog.KindRevoke, data: leaf, at: at}); err != nil {
			return err
		}
		_, err = s.resign(ctx, tx, target.list, at, sign)
		return err
	})
}

const selectTarget = `SELECT a.id, l.number, f.created_at
	FROM award a
	JOIN venue v ON v.id = a.venue
	JOIN status_list l ON l.id = a.list
	JOIN log_leaf f ON f.award = a.id AND f.kind = '` + string(translog.KindIssue) + `'
	WHERE a.public_id = $1 AND v.slug = $2`

// target is the award that is taken back.
type target struct {
	id       rowID
	list     int
	issuedAt Time
}

func scanTarget(r row) (t target, err error) {
	err = r.Scan(&t.id, &t.list, &t.issuedAt)
	return t, err
}

// after is an instant for leaves that must stand behind the issue leaf: the
// clocks of two instances may differ.
func (t target) after(now time.Time) time.Time {
	if now.After(t.issuedAt.Time) {
		return now
	}
	return t.issuedAt.Add(time.Millisecond)
}
