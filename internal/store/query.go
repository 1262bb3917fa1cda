package store

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"
)

// querier is a pool or a transaction.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	// anew gives arguments that, put before all others, have a query planned for
	// this one use.
	anew() []any
}

// row is a row to be read, of one or of many.
type row interface{ Scan(dest ...any) error }

// readOne reads one row outside of any transaction; problem.NotFound when there
// is none.
func readOne[T any](ctx context.Context, s *Store, verb string, scan func(row) (T, error), text string, args ...any) (T, error) {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	value, err := scan(s.reader.QueryRowContext(ctx, text, args...))
	return value, failed(verb, err)
}

// readAll reads all rows outside of any transaction.
func readAll[T any](ctx context.Context, s *Store, verb string, scan func(row) (T, error), text string, args ...any) ([]T, error) {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	values, err := all(ctx, s.reader, scan, text, args...)
	return values, failed(verb, err)
}

// all reads all rows.
func all[T any](ctx context.Context, q querier, scan func(row) (T, error), text string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var values []T
	for rows.Next() {
		value, err := scan(rows)
		if err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return values, rows.Err()
}

// changed runs a statement and says how many rows it wrote.
func changed(ctx context.Context, q querier, text string, args ...any) (int64, error) {
	result, err := q.ExecContext(ctx, text, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// scalar reads a row of one column.
func scalar[T any](r row) (value T, err error) {
	err = r.Scan(&value)
	return value, err
}

// list writes `($3,$4,$5)`: count parameters from the number first on.
func list(first, count int) string {
	var b strings.Builder
	for i := range count {
		b.WriteString(",$" + strconv.Itoa(first+i))
	}
	return "(" + b.String()[1:] + ")"
}

// tuples writes `($1,$2),($3,$4)`: rows of so many columns each.
func tuples(rows, columns int) string {
	all := make([]string, rows)
	for i := range rows {
		all[i] = list(1+i*columns, columns)
	}
	return strings.Join(all, ",")
}

// rowsInserted are the lengths of the INSERTs that rows are cut into: SQLite
// grows slow with many hundreds of parameters, and each length is a statement to
// be compiled.
var rowsInserted = []int{50, 10, 1}

// insertRows writes rows by statements of several rows each, which end in suffix.
func insertRows(ctx context.Context, q querier, rows tableRows, suffix string) error {
	for rest := rows.values; len(rest) > 0; {
		n := rowsInserted[slices.IndexFunc(rowsInserted, func(size int) bool { return size <= len(rest) })]
		text := `INSERT INTO ` + rows.table + ` (` + strings.Join(rows.columns, ", ") + `) VALUES ` + tuples(n, len(rows.columns)) + suffix
		if _, err := q.ExecContext(ctx, text, slices.Concat(rest[:n]...)...); err != nil {
			return err
		}
		rest = rest[n:]
	}
	return nil
}

// listed reads the rows whose value is in a list, in runs. The text ends in IN;
// before are the arguments that it takes before the list. A plan that was made
// while the table was small would go through all of it for each value: each run
// is planned anew.
func listed[T, V any](ctx context.Context, q querier, scan func(row) (T, error), text string, values []V, before ...any) ([]T, error) {
	var found []T
	for run := range slices.Chunk(values, largestRun) {
		size := runSize(len(run))
		args := slices.Concat(q.anew(), before)
		for i := range size { // filled up with the last value
			args = append(args, run[min(i, len(run)-1)])
		}
		read, err := all(ctx, q, scan, text+list(len(before)+1, size), args...)
		if err != nil {
			return nil, err
		}
		found = append(found, read...)
	}
	return found, nil
}

const largestRun = 256

// runSize rounds up the length of a list, so that few statements of different
// length are prepared.
func runSize(n int) int {
	size := 16
	for size < n {
		size *= 2
	}
	return size
}

// conditions builds a WHERE clause whose parameters are counted for it.
type conditions struct {
	texts []string
	args  []any
}

// bind takes an argument and answers the parameter that stands for it.
func (c *conditions) bind(arg any) string {
	c.args = append(c.args, arg)
	return "$" + strconv.Itoa(len(c.args))
}

// add joins a condition by AND; each ? in it stands for the next argument.
func (c *conditions) add(text string, args ...any) {
	for _, arg := range args {
		text = strings.Replace(text, "?", c.bind(arg), 1)
	}
	c.texts = append(c.texts, text)
}

func (c *conditions) where() string { return " WHERE " + strings.Join(c.texts, " AND ") }
