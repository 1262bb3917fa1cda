package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"runtime"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// commitsAtOnce is how many commits this process has under way on a server: few, so
// that those who wait go together, and more where there is more to be done at once.
func commitsAtOnce() int { return max(1, runtime.GOMAXPROCS(0)/2) }

// serverCommitter commits to a PostgreSQL server.
type serverCommitter struct {
	db   pool
	rows *joiner
}

// together implements committer. Of a server that went away nobody knows what it
// did; one that refuses has undone everything.
func (s serverCommitter) together(ctx context.Context, lists [][]statement) (undone bool, err error) {
	err = s.pipeline(ctx, s.rows.join(lists...))
	return err != nil && !isAway(err) && !isFull(err) && !isContention(err), err
}

// apart implements committer: each list in a transaction of its own.
func (s serverCommitter) apart(ctx context.Context, lists [][]statement) []error {
	failures := make([]error, len(lists))
	for i, list := range lists {
		failures[i] = s.pipeline(ctx, s.rows.join(list))
	}
	return failures
}

// pipeline sends all statements and the end of the transaction in one round trip:
// PostgreSQL runs what stands before one Sync as one transaction.
func (s serverCommitter) pipeline(ctx context.Context, list []statement) error {
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return conn.Raw(func(raw any) error {
		session, ok := raw.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("a connection of another driver: %T", raw)
		}
		var batch pgx.Batch
		for _, one := range list {
			batch.Queue(one.text, native(one.args)...)
		}
		err := session.Conn().SendBatch(ctx, &batch).Close() // reads on to the end of the transaction
		if err != nil && session.Conn().IsClosed() {
			err = fmt.Errorf("%w: %w", driver.ErrBadConn, err) // so that the pool drops it
		}
		return err
	})
}
