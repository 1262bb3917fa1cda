package store

import (
	"context"
	"database/sql"

	"ramure/internal/translog"
)

// Archive lends one unchanging view of the whole log to translog.Fsck. It takes
// as long as it takes: only the context bounds it.
func (s *Store) Archive(ctx context.Context, do func(ctx context.Context, all translog.Archive) error) error {
	view := &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	err := transact(ctx, s.reader, view, func(tx *transaction) error { return do(ctx, archive{tx}) })
	return failed("read the archive of the log", err)
}

// archive is a view as translog sees it.
type archive struct{ tx querier }

// Head gives the head as it is stored.
func (a archive) Head(ctx context.Context) (translog.Head, error) {
	return scanHead(a.tx.QueryRowContext(ctx, selectHead, logID))
}

// LeafRows gives leaves that have a place, in its order.
func (a archive) LeafRows(ctx context.Context, from int64, limit int) ([]translog.LeafRow, error) {
	return all(ctx, a.tx, scanLeafRow, `SELECT idx, kind, data, hash FROM log_leaf
		WHERE log = $1 AND idx >= $2 ORDER BY idx LIMIT $3`, logID, from, limit)
}

func scanLeafRow(r row) (l translog.LeafRow, err error) {
	var hash hash32
	err = r.Scan(&l.Index, &l.Kind, &l.Data, &hash)
	l.Hash = translog.Hash(hash)
	return l, err
}

// NodeRows gives nodes in the order of their positions.
func (a archive) NodeRows(ctx context.Context, from int64, limit int) ([]translog.NodeRow, error) {
	return all(ctx, a.tx, scanNode, `SELECT pos, hash FROM log_node
		WHERE log = $1 AND pos >= $2 ORDER BY pos LIMIT $3`, logID, from, limit)
}

// CheckpointRows gives checkpoints in the order of their sizes.
func (a archive) CheckpointRows(ctx context.Context, from int64, limit int) ([]translog.Checkpoint, error) {
	return all(ctx, a.tx, scanCheckpoint, `SELECT size, root, note, at FROM log_checkpoint
		WHERE log = $1 AND size >= $2 ORDER BY size LIMIT $3`, logID, from, limit)
}
