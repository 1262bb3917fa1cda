package store

import (
	"context"
	"slices"
)

// fileCommitter commits to a SQLite file.
type fileCommitter struct {
	db   pool
	rows *joiner
}

// together implements committer.
func (f fileCommitter) together(ctx context.Context, lists [][]statement) (undone bool, err error) {
	list := f.rows.join(lists...)
	err = transact(ctx, f.db, nil, func(tx *transaction) error {
		err := runAll(unhurried(ctx), tx, list)
		undone = err != nil
		return err
	})
	return undone, err
}

// apart implements committer: the lists share a transaction, with a savepoint for
// each.
func (f fileCommitter) apart(ctx context.Context, lists [][]statement) []error {
	failures := make([]error, len(lists))
	err := transact(ctx, f.db, nil, func(tx *transaction) error {
		for i, list := range lists {
			if err := f.saved(unhurried(ctx), tx, list, &failures[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil { // who was refused may have been so for the sake of what is undone
		return slices.Repeat([]error{err}, len(lists))
	}
	return failures
}

// saved writes one list. Its own failure is refused; the error is one after which
// the transaction is no more.
func (f fileCommitter) saved(ctx context.Context, tx *transaction, list []statement, refused *error) error {
	if _, err := tx.ExecContext(ctx, `SAVEPOINT one`); err != nil {
		return err
	}
	if *refused = runAll(ctx, tx, f.rows.join(list)); *refused != nil {
		if _, err := tx.ExecContext(ctx, `ROLLBACK TO one`); err != nil {
			if isRefused(*refused) {
				return err // the others have nothing to do with what refused this one
			}
			return *refused // the engine has undone everything, and this is why
		}
	}
	_, err := tx.ExecContext(ctx, `RELEASE one`)
	return err
}

// unhurried is for the statements within a transaction: the driver keeps a
// goroutine beside each that may be cut short, and it is the lock that is waited
// for, which is there already.
func unhurried(ctx context.Context) context.Context { return context.WithoutCancel(ctx) }

// runAll runs the statements one by one.
func runAll(ctx context.Context, tx *transaction, list []statement) error {
	for _, one := range list {
		if _, err := tx.ExecContext(ctx, one.text, one.args...); err != nil {
			return err
		}
	}
	return nil
}
