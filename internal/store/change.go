package store

import (
	"context"

	"ramure/internal/problem"
)

// ChangeSequence is a number that grows with every change of what the public
// may have read before: a revocation, a decision on a name, a version, a key, a
// list signed anew. What was read and kept under one number is good as long as
// the number stands. New awards and the places of their leaves do not raise it.
func (s *Store) ChangeSequence(ctx context.Context) (int64, error) {
	return readOne(ctx, s, "read the change sequence", scalar[int64],
		`SELECT value FROM change_sequence WHERE id = 1`)
}

// touch raises the change sequence. It stands last in its transaction, since
// all such transactions meet at this row.
func touch(ctx context.Context, tx querier) error {
	_, err := tx.ExecContext(ctx, `UPDATE change_sequence SET value = value + 1 WHERE id = 1`)
	return err
}

func notFound() error { return problem.New(problem.NotFound, keyNotFound) }
