package store

import (
	"context"
	"time"

	"ramure/internal/translog"
)

// logID numbers the log of this deployment in the tables, which have room for a
// second one after a restore that cannot be mended.
const logID = 1

// pendingLeaf is a leaf to be written; the sequencer will give it its place.
type pendingLeaf struct {
	award *rowID // nil when the leaf is of no award
	kind  translog.Kind
	data  []byte
	at    time.Time // leaves get their places in the order of these
}

// insertLeaf writes a leaf with its hash, so that the sequencer sees a byte that
// changed since.
func insertLeaf(id rowID, l pendingLeaf) statement {
	hash := translog.LeafHash(l.data)
	var award any
	if l.award != nil {
		award = *l.award
	}
	return statement{
		text: `INSERT INTO log_leaf (id, log, award, kind, data, hash, created_at) VALUES `,
		row:  `(?, ?, ?, ?, ?, ?, ?)`,
		args: []any{id, logID, award, string(l.kind), l.data, hash[:], Time{l.at}},
	}
}

// putLeaf writes a leaf within a transaction.
func (s *Store) putLeaf(ctx context.Context, tx *transaction, l pendingLeaf) error {
	id, err := s.newID(l.at)
	if err != nil {
		return err
	}
	insert := insertLeaf(id, l)
	_, err = tx.ExecContext(ctx, insert.complete(), insert.args...)
	return err
}
