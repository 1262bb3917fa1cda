package translog

import (
	"context"
	"math"
)

// rowsAtOnce is how many rows Fsck holds of each table.
const rowsAtOnce = 1_000

// cursor walks the rows of a table in order of their places, a page at a time.
type cursor[T any] struct {
	fetch func(ctx context.Context, from int64, limit int) ([]T, error)
	place func(T) int64
	page  []T
	from  int64
	done  bool
	read  int64 // rows passed
}

func newCursor[T any](fetch func(context.Context, int64, int) ([]T, error), place func(T) int64) cursor[T] {
	// A place gone wrong may be negative: it must be seen too.
	return cursor[T]{fetch: fetch, place: place, from: math.MinInt64}
}

// peek gives the next row without passing it; false at the end.
func (c *cursor[T]) peek(ctx context.Context) (row T, found bool, err error) {
	if len(c.page) == 0 && !c.done {
		if c.page, err = c.fetch(ctx, c.from, rowsAtOnce); err != nil {
			return row, false, err
		}
		c.turn()
	}
	if len(c.page) == 0 {
		return row, false, nil
	}
	return c.page[0], true, nil
}

// turn says where the page after the one just read begins.
func (c *cursor[T]) turn() {
	if len(c.page) == 0 {
		c.done = true
		return
	}
	last := c.place(c.page[len(c.page)-1])
	c.done = last == math.MaxInt64
	c.from = last + 1
}

// pass leaves the row that peek gave behind.
func (c *cursor[T]) pass() {
	c.page = c.page[1:]
	c.read++
}

// at gives the row of that place, if there is one, and passes it. Rows before
// it are nobody's: stray is told their places.
func at[T any](ctx context.Context, c *cursor[T], place int64, stray func(int64)) (row T, found bool, err error) {
	if err := drain(ctx, c, place, stray); err != nil {
		return row, false, err
	}
	row, found, err = c.peek(ctx)
	if err != nil || !found || c.place(row) != place {
		var none T
		return none, false, err
	}
	c.pass()
	return row, true, nil
}

// drain passes all rows before a place and tells stray their places; before
// the greatest number means all of them.
func drain[T any](ctx context.Context, c *cursor[T], before int64, stray func(int64)) error {
	for {
		row, found, err := c.peek(ctx)
		if err != nil || !found || c.place(row) >= before && before != math.MaxInt64 {
			return err
		}
		stray(c.place(row))
		c.pass()
	}
}
