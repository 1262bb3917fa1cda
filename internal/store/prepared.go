package store

import (
	"context"
	"database/sql"
	"sync"
)

// pool is the connections to a database. On SQLite it keeps statements
// compiled: the driver compiles a text each time that it is given one, which
// takes longer than running it. pgx keeps them by itself.
type pool struct {
	*sql.DB
	kept *statements // nil for PostgreSQL
	once []any       // see querier.anew; nil for SQLite, which has no plans of that sort
}

func (p pool) anew() []any { return p.once }

func (t *transaction) anew() []any { return t.pool.once }

// ExecContext runs a statement, compiled if it is kept.
func (p pool) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	if stmt := p.compiled(ctx, text); stmt != nil {
		return stmt.ExecContext(ctx, args...)
	}
	return p.DB.ExecContext(ctx, text, args...)
}

// QueryContext runs a query, compiled if it is kept.
func (p pool) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if stmt := p.compiled(ctx, text); stmt != nil {
		return stmt.QueryContext(ctx, args...)
	}
	return p.DB.QueryContext(ctx, text, args...)
}

// QueryRowContext runs a query for one row, compiled if it is kept.
func (p pool) QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row {
	if stmt := p.compiled(ctx, text); stmt != nil {
		return stmt.QueryRowContext(ctx, args...)
	}
	return p.DB.QueryRowContext(ctx, text, args...)
}

// compiled gives the kept statement of a text, compiling it the first time. nil
// sends the text the plain way: it is not kept, there is no room, or it cannot
// be compiled, which the plain way will say. It may take a connection of the
// pool, so it is not called while a transaction holds one.
func (p pool) compiled(ctx context.Context, text string) *sql.Stmt {
	if p.kept == nil {
		return nil
	}
	if stmt := p.kept.get(text); stmt != nil || p.kept.full() {
		return stmt
	}
	stmt, err := p.PrepareContext(ctx, text)
	if err != nil {
		return nil
	}
	return p.kept.put(text, stmt)
}

// transaction uses the statements that its pool keeps, and remembers those that
// it lacked: it may hold the pool's only connection, so they are compiled later.
type transaction struct {
	*sql.Tx
	pool   pool
	conn   *sql.Conn // of transactAlone; nil otherwise
	lacked []string
	raised int64 // the change sequence after touch; 0 without
}

// ExecContext runs a statement, compiled if it is kept.
func (t *transaction) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	if stmt := t.kept(ctx, text); stmt != nil {
		return stmt.ExecContext(ctx, args...)
	}
	return t.Tx.ExecContext(ctx, text, args...)
}

// QueryContext runs a query, compiled if it is kept.
func (t *transaction) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if stmt := t.kept(ctx, text); stmt != nil {
		return stmt.QueryContext(ctx, args...)
	}
	return t.Tx.QueryContext(ctx, text, args...)
}

// QueryRowContext runs a query for one row, compiled if it is kept.
func (t *transaction) QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row {
	if stmt := t.kept(ctx, text); stmt != nil {
		return stmt.QueryRowContext(ctx, args...)
	}
	return t.Tx.QueryRowContext(ctx, text, args...)
}

func (t *transaction) kept(ctx context.Context, text string) *sql.Stmt {
	if t.pool.kept == nil {
		return nil
	}
	if stmt := t.pool.kept.get(text); stmt != nil {
		return t.StmtContext(ctx, stmt)
	}
	t.lacked = append(t.lacked, text)
	return nil
}

// learn compiles what the transaction lacked, for the next one.
func (t *transaction) learn(ctx context.Context) {
	for _, text := range t.lacked {
		t.pool.compiled(ctx, text)
	}
}

// statements are compiled statements by their text.
type statements struct {
	mutex  sync.RWMutex
	byText map[string]*sql.Stmt
}

// mostKept bounds them: a statement with a list has a text for each length.
const mostKept = 200

func keepStatements() *statements { return &statements{byText: map[string]*sql.Stmt{}} }

func (k *statements) get(text string) *sql.Stmt {
	k.mutex.RLock()
	defer k.mutex.RUnlock()
	return k.byText[text]
}

func (k *statements) full() bool {
	k.mutex.RLock()
	defer k.mutex.RUnlock()
	return len(k.byText) >= mostKept
}

// put keeps a statement, unless another goroutine compiled it first.
func (k *statements) put(text string, stmt *sql.Stmt) *sql.Stmt {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if first := k.byText[text]; first != nil {
		_ = stmt.Close() // nobody has used it
		return first
	}
	k.byText[text] = stmt
	return stmt
}
