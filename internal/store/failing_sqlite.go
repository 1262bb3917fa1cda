//go:build failpoint

package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"syscall"

	"ramure/internal/failpoint"
)

// openDriver opens a pool of SQLite whose statements may fail.
func openDriver(dsn string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(failingConnector{db.Driver(), dsn}), db.Close()
}

// errNoRoom is how SQLite mostly fails.
var errNoRoom = fmt.Errorf("failpoint: %w", syscall.ENOSPC)

type failingConnector struct {
	driver driver.Driver
	dsn    string
}

func (c failingConnector) Driver() driver.Driver { return c.driver }

func (c failingConnector) Connect(context.Context) (driver.Conn, error) {
	conn, err := c.driver.Open(c.dsn)
	if err != nil {
		return nil, err
	}
	return &failingConn{sqliteConn: conn.(sqliteConn)}, nil
}

// sqliteConn is what the driver's connection can do.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

type failingConn struct {
	sqliteConn
	verb string // of the transaction under way
}

// before passes a statement's step. Savepoints are of those who share a commit,
// which awards do.
func (c *failingConn) before(ctx context.Context, text string) error {
	verb, step := step(ctx, text)
	switch step {
	case "savepoint", "undo", "release":
		verb = "issue"
	}
	if verb != "" {
		c.verb = verb
	}
	if failpoint.Meet(verb, step) == failpoint.Error {
		return errNoRoom
	}
	return nil
}

func (c *failingConn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	if err := c.before(ctx, text); err != nil {
		return nil, err
	}
	return c.sqliteConn.ExecContext(ctx, text, args)
}

func (c *failingConn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	if err := c.before(ctx, text); err != nil {
		return nil, err
	}
	return c.sqliteConn.QueryContext(ctx, text, args)
}

func (c *failingConn) PrepareContext(ctx context.Context, text string) (driver.Stmt, error) {
	stmt, err := c.sqliteConn.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	return failingStmt{stmt.(sqliteStmt), c, text}, nil
}

func (c *failingConn) BeginTx(ctx context.Context, options driver.TxOptions) (driver.Tx, error) {
	c.verb = ""
	if !options.ReadOnly {
		if err := c.before(ctx, "begin"); err != nil {
			return nil, err
		}
	}
	tx, err := c.sqliteConn.BeginTx(ctx, options)
	if err != nil || options.ReadOnly {
		return tx, err
	}
	return failingTx{tx, c}, nil
}

type sqliteStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

type failingStmt struct {
	sqliteStmt
	conn *failingConn
	text string
}

func (s failingStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	if err := s.conn.before(ctx, s.text); err != nil {
		return nil, err
	}
	return s.sqliteStmt.ExecContext(ctx, args)
}

func (s failingStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	if err := s.conn.before(ctx, s.text); err != nil {
		return nil, err
	}
	return s.sqliteStmt.QueryContext(ctx, args)
}

type failingTx struct {
	driver.Tx
	conn *failingConn
}

// Commit that fails leaves nothing behind, as a full disk does.
func (t failingTx) Commit() error {
	if failpoint.Meet(t.conn.verb, "commit") != failpoint.Error {
		return t.Tx.Commit()
	}
	if err := t.Tx.Rollback(); err != nil {
		return err
	}
	return errNoRoom
}
