package store

import (
	"context"
	"slices"
	"sync"
	"time"
)

// collector commits what several callers want written together: either engine
// waits for the disk once per commit, whatever is in it.
//
//	apply → few commit: the caller does, at once
//	      → enough do:  queue → (a goroutine, while anybody waits) → one
//	        transaction for all of them → COMMIT → each caller answered
//
// The lists of a group become one list, in which rows of one table go together
// (joiner). When that is refused each list goes by itself, so that a bad one is
// refused alone.
type collector struct {
	engine  committer
	timeout time.Duration // of one commit
	most    int           // commits under way at once

	mutex   sync.Mutex
	waiting []*errand
	running int // commits under way
}

// committer is what the engines do each in their way. Both answer the failure of
// each list, and both leave nothing of a list that failed.
type committer interface {
	// together writes all lists in one transaction. undone says that the failure
	// may be the fault of one of them, and that surely nothing was written.
	together(ctx context.Context, lists [][]statement) (undone bool, err error)
	// apart writes each list so that the failure of one leaves the others.
	apart(ctx context.Context, lists [][]statement) []error
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
	mine := &errand{list: list}
	if c.join(mine) {
		defer c.handOver()
		return c.commit([]*errand{mine})[0]
	}
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

// join lets a caller wait, or says that they are the one to commit.
func (c *collector) join(mine *errand) (alone bool) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.running < c.most {
		c.running++
		return true
	}
	mine.done = make(chan error, 1)
	c.waiting = append(c.waiting, mine)
	return false
}

func (c *collector) leave(mine *errand) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	mine.left = true
}

// handOver leaves those who came meanwhile to a goroutine of their own.
func (c *collector) handOver() {
	if group := c.next(); len(group) > 0 {
		go c.run(group)
	}
}

// run commits group after group until nobody waits.
func (c *collector) run(group []*errand) {
	for ; len(group) > 0; group = c.next() {
		failures := c.commit(group)
		for i, one := range group {
			one.done <- failures[i]
		}
	}
}

// next takes those who wait, without those who left; when there is nobody, this
// run ends.
func (c *collector) next() []*errand {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.waiting = slices.DeleteFunc(c.waiting, func(one *errand) bool { return one.left })
	n := min(len(c.waiting), largestGroup)
	group := slices.Clone(c.waiting[:n])
	c.waiting = slices.Delete(c.waiting, 0, n)
	if n == 0 {
		c.running--
	}
	return group
}

// commit writes a group and answers the failure of each.
func (c *collector) commit(group []*errand) []error {
	ctx, cancel := context.WithTimeout(context.Background(), c.timeout)
	defer cancel()
	lists := make([][]statement, len(group))
	for i, one := range group {
		lists[i] = one.list
	}
	undone, err := c.engine.together(ctx, lists)
	if undone && len(lists) > 1 {
		return c.engine.apart(ctx, lists)
	}
	return slices.Repeat([]error{err}, len(lists))
}
