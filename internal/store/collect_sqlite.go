package store

import (
	"context"
	"slices"
	"sync"
	"time"
)

// collector commits what several callers want written together: SQLite waits
// for the disk once per commit, whatever is in it.
//
//	apply → queue → (one goroutine, while anybody waits) → one transaction, a
//	savepoint for each → COMMIT → each caller answered
//
// Whoever comes alone is committed at once; those who come while a commit is
// under way make up the next one. A list that is refused is undone alone.
type collector struct {
	db      pool
	timeout time.Duration // of one commit

	mutex   sync.Mutex
	waiting []*errand
	running bool // whether a goroutine commits
}

// errand is the list of one caller.
type errand struct {
	list []statement
	left bool       // its caller has gone; under the collector's mutex
	done chan error // holds one answer, since nobody may be waiting for it
}

// largestGroup bounds how many share a commit, and so how long the first of them
// waits for the last.
const largestGroup = 64

// apply writes a list and answers after its commit. A caller whose time is up
// before that does not learn what was done.
func (c *collector) apply(ctx context.Context, list []statement) error {
	mine := &errand{list: list, done: make(chan error, 1)}
	c.join(mine)
	select {
	case err := <-mine.done:
		return err
	case <-ctx.Done():
		c.leave(mine)
	}
	select {
	case err := <-mine.done: // just in time
		return err
	default:
		return ctx.Err()
	}
}

func (c *collector) join(mine *errand) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.waiting = append(c.waiting, mine)
	if !c.running {
		c.running = true
		go c.run()
	}
}

func (c *collector) leave(mine *errand) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	mine.left = true
}

// run commits group after group until nobody waits.
func (c *collector) run() {
	for group := c.next(); len(group) > 0; group = c.next() {
		failures := c.commit(group)
		for i, one := range group {
			one.done <- failures[i]
		}
	}
}

func (c *collector) next() []*errand {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	n := min(len(c.waiting), largestGroup)
	group := slices.Clone(c.waiting[:n])
	c.waiting = slices.Delete(c.waiting, 0, n)
	c.running = n > 0
	return group
}

// commit writes a group in one transaction and answers the failure of each.
func (c *collector) commit(group []*errand) []error {
	ctx, cancel := context.WithTimeout(context.Background(), c.timeout)
	defer cancel()
	failures := make([]error, len(group))
	err := transact(ctx, c.db, nil, func(tx *transaction) error {
		// The driver keeps a goroutine beside each statement that may be cut short.
		// It is the lock that is waited for, and that is there already.
		ctx := context.WithoutCancel(ctx)
		for i, one := range group {
			if err := c.write(ctx, tx, one, len(group) > 1, &failures[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		return failures
	}
	for i := range failures {
		if failures[i] == nil {
			failures[i] = err
		}
	}
	return failures
}

// write runs the list of one caller, unless they left. Its own failure is
// refused; the error is one after which the transaction is no more.
func (c *collector) write(ctx context.Context, tx *transaction, one *errand, among bool, refused *error) error {
	if c.hasLeft(one) {
		*refused = context.DeadlineExceeded
		return nil
	}
	if !among {
		return runAll(ctx, tx, one.list)
	}
	if _, err := tx.ExecContext(ctx, `SAVEPOINT one`); err != nil {
		return err
	}
	if *refused = runAll(ctx, tx, one.list); *refused != nil {
		if _, err := tx.ExecContext(ctx, `ROLLBACK TO one`); err != nil {
			return *refused // the engine has undone everything, and this is why
		}
	}
	_, err := tx.ExecContext(ctx, `RELEASE one`)
	return err
}

func (c *collector) hasLeft(one *errand) bool {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return one.left
}

// runAll runs the statements one by one.
func runAll(ctx context.Context, tx *transaction, list []statement) error {
	for _, one := range list {
		if _, err := tx.ExecContext(ctx, one.text, one.args...); err != nil {
			return err
		}
	}
	return nil
}
