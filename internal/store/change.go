package store

import (
	"context"
	"database/sql"
	"time"

	"ramure/internal/freshness"
	"ramure/internal/problem"
)

// ChangeSequence is a number that grows with every change of what the public, or
// an issuer's software, may have read before: a revocation, a decision on a name,
// a version, a withdrawal, a key, a token, a list signed anew. What was read and
// kept under one number is good as long as the number stands. New awards and the
// places of their leaves do not raise it.
func (s *Store) ChangeSequence(ctx context.Context) (int64, error) {
	return readOne(ctx, s, "read the change sequence", scalar[int64], selectChanges)
}

const selectChanges = `SELECT value FROM change_sequence WHERE id = 1`

// touch raises the change sequence. It stands last in its transaction, since
// all such transactions meet at this row.
func touch(ctx context.Context, tx *transaction) (err error) {
	tx.raised, err = scalar[int64](tx.QueryRowContext(ctx,
		`UPDATE change_sequence SET value = value + 1 WHERE id = 1 RETURNING value`))
	return err
}

// Changes is what this process knows of the change sequence: at once of its own
// changes, and of those of others while Follow runs.
func (s *Store) Changes() *freshness.Sequence { return s.changes }

// followTick is how often the sequence is asked for: several times within the
// second after which nothing that was kept would be served any more.
const followTick = freshness.Limit / 5

// Follow keeps Changes up to date until ctx ends. It holds a connection of its
// own, so that a busy pool does not make this process blind.
func (s *Store) Follow(ctx context.Context) {
	ticker := time.NewTicker(followTick)
	defer ticker.Stop()
	f := follower{Store: s}
	defer f.drop()
	for {
		f.ask(ctx)
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// follower asks over one connection, and takes another when that one failed.
type follower struct {
	*Store
	conn *sql.Conn
}

// ask asks once. A question that has no answer in good time is given up: the
// next one may have it.
func (f *follower) ask(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, freshness.Limit)
	defer cancel()
	asked := f.now()
	value, err := f.read(ctx)
	if err != nil {
		f.drop()
		return
	}
	f.changes.Learn(value, asked)
}

func (f *follower) read(ctx context.Context) (value int64, err error) {
	if f.conn == nil {
		if f.conn, err = f.reader.Conn(ctx); err != nil {
			return 0, err
		}
	}
	return scalar[int64](f.conn.QueryRowContext(ctx, selectChanges))
}

func (f *follower) drop() {
	if f.conn != nil {
		_ = f.conn.Close() // back to the pool, which knows whether it is any good
		f.conn = nil
	}
}

func notFound() error { return problem.New(problem.NotFound, keyNotFound) }
