package store

import (
	"context"
	"database/sql"
	"time"

	"ramure/internal/failpoint"
)

// attempts is how often a transaction is begun before it is given up: another
// one was in its way, and an engine that says so has undone all of it.
const attempts = 3

// write runs do in a transaction, again when the engine says that another one
// was in its way: do must be repeatable. It is not cut short when the caller
// leaves, only by the time-out.
func (s *Store) write(ctx context.Context, verb string, do func(ctx context.Context, tx *transaction) error) error {
	return s.persist(ctx, verb, func(ctx context.Context) error {
		var raised int64
		err := transact(ctx, s.writer, nil, func(tx *transaction) error {
			err := do(ctx, tx)
			raised = tx.raised
			return err
		})
		if err == nil && raised > 0 {
			s.changes.Raise(raised)
		}
		return err
	})
}

// apply runs a straight line of statements in one transaction.
func (s *Store) apply(ctx context.Context, verb string, list []statement) error {
	list = stepsOf(ctx, list)
	return s.persist(ctx, verb, func(ctx context.Context) error {
		return s.commit(ctx, list)
	})
}

// persist repeats do while it meets other transactions, within the time-out.
func (s *Store) persist(ctx context.Context, verb string, do func(context.Context) error) error {
	if err := ctx.Err(); err != nil {
		return failed(verb, err)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.timeout)
	defer cancel()
	err := do(ctx)
	for attempt := 1; attempt < attempts && isContention(err); attempt++ {
		select {
		case <-ctx.Done():
			return failed(verb, err)
		case <-time.After(time.Duration(attempt) * 10 * time.Millisecond):
		}
		err = do(ctx)
	}
	if err == nil {
		err = failpoint.Hit(ctx, "committed")
	}
	return failed(verb, err)
}

// snapshot runs do on one unchanging view of the database.
func (s *Store) snapshot(ctx context.Context, verb string, do func(ctx context.Context, tx *transaction) error) error {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	view := &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	return failed(verb, transact(ctx, s.reader, view, func(tx *transaction) error { return do(ctx, tx) }))
}

// transactAlone is transact over a connection that do may use besides SQL. One
// that proves to be lost is not replaced by another on the way.
func transactAlone(ctx context.Context, db pool, do func(*transaction) error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	tx := &transaction{pool: db, conn: conn}
	defer tx.learn(ctx)
	defer conn.Close() // before anything is compiled: it may be the only one
	if tx.Tx, err = conn.BeginTx(ctx, nil); err != nil {
		return err
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// transact runs do in a transaction that ends with it, however it ends.
func transact(ctx context.Context, db pool, options *sql.TxOptions, do func(*transaction) error) error {
	begun, err := db.BeginTx(ctx, options)
	if err != nil {
		return err
	}
	tx := &transaction{Tx: begun, pool: db}
	defer tx.learn(ctx)
	defer tx.Rollback() // after Commit it does nothing; it matters when do fails or panics
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}
