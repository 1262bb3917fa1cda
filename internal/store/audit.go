package store

import (
	"context"
	"database/sql"
	"errors"

	"ramure/internal/award"
	"ramure/internal/translog"
)

// Audit lends one unchanging view of the log and of all that was issued to
// translog.Fsck and award.Audit. It takes as long as it takes: only the context
// bounds it. What can't be read as it was written is read as nothing, so that
// one row gone wrong hides no other.
func (s *Store) Audit(ctx context.Context, do func(ctx context.Context, log translog.Archive, rows award.Ledger) error) error {
	view := &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	err := transact(ctx, s.reader, view, func(tx *transaction) error {
		return do(ctx, auditedLog{archive{tx}}, ledger{tx})
	})
	return failed("read all that is stored", err)
}

// auditedLog is the log with damaged rows in it.
type auditedLog struct{ archive }

// Head gives the head as it is stored; an empty one when the row is gone.
func (a auditedLog) Head(ctx context.Context) (translog.Head, error) {
	head, err := a.archive.Head(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return translog.EmptyHead(), nil
	}
	return head, err
}

// CheckpointRows gives checkpoints in the order of their sizes.
func (a auditedLog) CheckpointRows(ctx context.Context, from int64, limit int) ([]translog.Checkpoint, error) {
	return all(ctx, a.tx, scanSeenCheckpoint, `SELECT size, root, note, at FROM log_checkpoint
		WHERE log = $1 AND size >= $2 ORDER BY size LIMIT $3`, logID, from, limit)
}

func scanSeenCheckpoint(r row) (cp translog.Checkpoint, err error) {
	var root seenHash
	var at seenTime
	err = r.Scan(&cp.Size, &root, &cp.Note, &at)
	cp.Root, cp.At = translog.Hash(root), at.Time
	return cp, err
}

// ledger is a view as award.Audit sees it.
type ledger struct{ tx querier }

// rowsAtOnce is how many rows of a large table are held: a statement for all of
// them would outlive the server's patience while they are examined.
const rowsAtOnce = 500

// inPages hands rows on in the order of their key. The statement takes the key
// to begin after as its first parameter and the length of a page as its second;
// scan gives the key with each row.
func inPages[T any, K any](ctx context.Context, q querier, first K, scan func(row) (T, K, error), do func(T) error, text string) error {
	type keyed struct {
		value T
		key   K
	}
	after := first
	for {
		page, err := all(ctx, q, func(r row) (k keyed, err error) {
			k.value, k.key, err = scan(r)
			return k, err
		}, text, after, rowsAtOnce)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, one := range page {
			if err := do(one.value); err != nil {
				return err
			}
		}
		after = page[len(page)-1].key
	}
}

// inTurn hands on the rows of a table that is small enough to be held.
func inTurn[T any](ctx context.Context, q querier, scan func(row) (T, error), do func(T) error, text string, args ...any) error {
	rows, err := all(ctx, q, scan, text, args...)
	if err != nil {
		return err
	}
	for _, one := range rows {
		if err := do(one); err != nil {
			return err
		}
	}
	return nil
}
