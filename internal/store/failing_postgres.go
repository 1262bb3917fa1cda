//go:build failpoint

package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"ramure/internal/failpoint"
)

// watch lets the connections of a configuration fail.
func watch(config *pgx.ConnConfig) { config.Tracer = failingSession{} }

// failingSession stands before each statement that goes to the server.
type failingSession struct{}

// readOnly marks a session in a transaction that only reads, whose end matters to
// nobody.
const readOnly = "ramure read only"

// TraceQueryStart breaks the connection where a statement has to fail.
func (failingSession) TraceQueryStart(ctx context.Context, conn *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	verb, step := step(ctx, data.SQL)
	session := conn.PgConn()
	if step == "begin" {
		session.CustomData()[readOnly] = strings.Contains(data.SQL, "read only")
	}
	if (step == "begin" || step == "commit") && session.CustomData()[readOnly] == true {
		return ctx
	}
	if failpoint.Meet(verb, step) == failpoint.Error {
		_ = session.Conn().Close() // which is the point of it
	}
	return ctx
}

func (failingSession) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// What the server is told in the midst of statements that went to it together:
// to end the session there and then, or to wait while this program ends. It then
// goes on by itself, and commits what nobody hears of.
const (
	endSession = `SELECT pg_terminate_backend(pg_backend_pid())`
	waitAWhile = `SELECT pg_sleep(0.4)`
	meanwhile  = 150 * time.Millisecond
)

// TraceBatchStart puts what is to happen before the statement that was chosen.
func (failingSession) TraceBatchStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceBatchStartData) context.Context {
	for i, query := range data.Batch.QueuedQueries {
		switch failpoint.Taken(step(ctx, query.SQL)) {
		case failpoint.Error:
			data.Batch.QueuedQueries = slices.Insert(data.Batch.QueuedQueries, i, &pgx.QueuedQuery{SQL: endSession})
			return ctx
		case failpoint.Crash:
			data.Batch.QueuedQueries = slices.Insert(data.Batch.QueuedQueries, i, &pgx.QueuedQuery{SQL: waitAWhile})
			time.AfterFunc(meanwhile, failpoint.Die)
			return ctx
		}
	}
	return ctx
}

func (failingSession) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) {}

func (failingSession) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData) {}
