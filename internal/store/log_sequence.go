package store

import (
	"context"
	"fmt"

	"ramure/internal/problem"
	"ramure/internal/translog"
)

// Sequence lends the transaction in which translog.Sequence works. do must be
// repeatable; nothing of it lasts when it fails. It is not called when nothing
// waits in a log that has a checkpoint, since even an idle transaction that
// locks the head costs the server a write.
func (s *Store) Sequence(ctx context.Context, do func(ctx context.Context, tx translog.Tx) error) error {
	due, err := readOne(ctx, s, "look for pending leaves", scalar[bool],
		`SELECT EXISTS (SELECT 1 FROM log_leaf WHERE log = $1 AND idx IS NULL)
			OR NOT EXISTS (SELECT 1 FROM log_checkpoint WHERE log = $1)`, logID)
	if err != nil || !due {
		return err
	}
	return s.write(ctx, "sequence the log", func(ctx context.Context, tx *transaction) error {
		return do(ctx, sequencing{tx: tx, dialect: s.dialect})
	})
}

// sequencing is a transaction as translog sees it.
type sequencing struct {
	tx      querier
	dialect dialect
}

// Head gives the head and locks its row.
func (q sequencing) Head(ctx context.Context) (translog.Head, error) {
	return scanHead(q.tx.QueryRowContext(ctx, selectHead+q.dialect.forUpdate, logID))
}

// LastCheckpoint gives the checkpoint of greatest size.
func (q sequencing) LastCheckpoint(ctx context.Context) (translog.Checkpoint, error) {
	last, err := scanCheckpoint(q.tx.QueryRowContext(ctx, selectLastCheckpoint, logID))
	return last, failed("read the last checkpoint", err)
}

// Pending gives leaves that have no place, oldest first.
func (q sequencing) Pending(ctx context.Context, limit int) ([]translog.PendingLeaf, error) {
	return all(ctx, q.tx, scanPending, `SELECT id, data, hash FROM log_leaf
		WHERE log = $1 AND idx IS NULL ORDER BY created_at, id LIMIT $2`, logID, limit)
}

func scanPending(r row) (l translog.PendingLeaf, err error) {
	var id rowID
	var hash hash32
	err = r.Scan(&id, &l.Data, &hash)
	l.Key, l.Hash = id.String(), translog.Hash(hash)
	return l, err
}

// Nodes gives the hashes at positions, in their order.
func (q sequencing) Nodes(ctx context.Context, positions []int64) ([]translog.Hash, error) {
	return nodes(ctx, q.tx, positions)
}

// nodesAtOnce is how many nodes one INSERT writes: SQLite grows slow with
// hundreds of parameters.
const nodesAtOnce = 50

// AddNodes stores nodes at the positions first, first+1, ….
func (q sequencing) AddNodes(ctx context.Context, first int64, hashes []translog.Hash) error {
	for len(hashes) > 0 {
		n := min(len(hashes), nodesAtOnce)
		args := make([]any, 0, 3*n)
		for i := range n {
			args = append(args, logID, first+int64(i), hashes[i][:])
		}
		text := `INSERT INTO log_node (log, pos, hash) VALUES ` + tuples(n, 3)
		if _, err := q.tx.ExecContext(ctx, text, args...); err != nil {
			return err
		}
		first, hashes = first+int64(n), hashes[n:]
	}
	return nil
}

// Assign gives the leaves of these keys the places first, first+1, ….
func (q sequencing) Assign(ctx context.Context, keys []string, first int64) error {
	ids := make([]rowID, len(keys))
	for i, key := range keys {
		id, err := parseRowID(key)
		if err != nil {
			return err
		}
		ids[i] = id
	}
	placed, err := changed(ctx, q.tx, q.dialect.assignLeaves, first, q.dialect.encodeKeys(ids))
	if err == nil && placed != int64(len(keys)) {
		err = fmt.Errorf("%d of %d leaves got their place", placed, len(keys))
	}
	return err
}

// AddCheckpoint stores a checkpoint; problem.Conflict for a second of one size.
func (q sequencing) AddCheckpoint(ctx context.Context, cp translog.Checkpoint) error {
	_, err := q.tx.ExecContext(ctx, `INSERT INTO log_checkpoint (log, size, root, note, at)
		VALUES ($1, $2, $3, $4, $5)`, logID, cp.Size, cp.Root[:], cp.Note, Time{cp.At})
	if isRefused(err) {
		return problem.Wrap(problem.Conflict, keyRaced, err)
	}
	return err
}

// SetHead replaces the head; problem.Conflict when the stored one is not old.
func (q sequencing) SetHead(ctx context.Context, old, new translog.Head) error {
	moved, err := changed(ctx, q.tx, `UPDATE log_head SET size = $1, root = $2
		WHERE log = $3 AND size = $4 AND root = $5`, new.Size, new.Root[:], logID, old.Size, old.Root[:])
	if err == nil && moved == 0 {
		err = problem.New(problem.Conflict, keyRaced)
	}
	return err
}
