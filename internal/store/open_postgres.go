package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"ramure/migrations"
)

func postgresDialect() dialect {
	return dialect{
		name:      "postgres",
		steps:     migrations.Postgres,
		goose:     goose.DialectPostgres,
		locker:    migrationLock{},
		forUpdate: " FOR UPDATE",
		clock:     `SELECT clock_timestamp()`,
		assignLeaves: `UPDATE log_leaf SET idx = $1 + place.ordinal - 1
			FROM unnest(CAST($2 AS UUID[])) WITH ORDINALITY AS place (id, ordinal)
			WHERE log_leaf.id = place.id AND log_leaf.idx IS NULL`,
		encodeKeys: func(ids []rowID) any { return ids },
		bulk:       500,
		insert:     copyRows,
	}
}

// Settings of every session, unless the URL says otherwise. The time-outs free
// the locks of an instance that vanished without closing its connections.
var postgresSession = map[string]string{
	"application_name":                    "ramure",
	"timezone":                            "UTC",
	"statement_timeout":                   "60000",
	"idle_in_transaction_session_timeout": "30000",
}

const connectTimeout = 5 * time.Second

// openPostgres makes the pool; it connects at the first use. The simple
// protocol is refused: it puts arguments into the text of the statement.
func openPostgres(url string, connections int) (pool, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return pool{}, err
	}
	if config.DefaultQueryExecMode == pgx.QueryExecModeSimpleProtocol {
		return pool{}, errors.New("postgres: the simple protocol is not used here")
	}
	for name, value := range postgresSession {
		if _, given := config.RuntimeParams[name]; !given {
			config.RuntimeParams[name] = value
		}
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectTimeout
	}
	watch(config)
	db := sql.OpenDB(stdlib.GetConnector(*config))
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	db.SetConnMaxIdleTime(5 * time.Minute)
	db.SetConnMaxLifetime(time.Hour)
	return pool{DB: db, once: []any{pgx.QueryExecModeCacheDescribe}}, nil
}

// copyRows writes rows by COPY.
func copyRows(ctx context.Context, tx *transaction, rows tableRows) error {
	return tx.conn.Raw(func(raw any) error {
		session, ok := raw.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("a connection of another driver: %T", raw)
		}
		source := pgx.CopyFromSlice(len(rows.values), func(i int) ([]any, error) { return native(rows.values[i]), nil })
		_, err := session.Conn().CopyFrom(ctx, pgx.Identifier{rows.table}, rows.columns, source)
		if sqlState(err) == "57014" && strings.Contains(err.Error(), "unable to encode") {
			err = fmt.Errorf("%w: %v", errMisfit, err) // nobody canceled anything
		}
		return err
	})
}

// native turns arguments into types that pgx writes in their binary form: what a
// driver.Valuer answers is text, which costs both sides more than all the rest.
func native(args []any) []any {
	list := make([]any, len(args))
	for i, arg := range args {
		list[i] = plain(arg)
	}
	return list
}

func plain(arg any) any {
	switch v := arg.(type) {
	case rowID:
		return [16]byte(v)
	case Time:
		return stored(v.Time)
	case optionalTime:
		return storedPointer(v.at)
	case day:
		if midnight, err := time.Parse(dayLayout, string(v)); err == nil {
			return midnight
		}
		return string(v) // for the server to refuse
	}
	return arg
}

// migrationLockID names the advisory lock under which schemas are changed.
const migrationLockID = 0x72616d757265 // "ramure"

// migrationLock lets one instance at a time change the schema; the others wait.
type migrationLock struct{}

// SessionLock waits for the lock, however long the migration of another
// instance takes.
func (migrationLock) SessionLock(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx, `SET statement_timeout = 0`); err != nil {
		return err
	}
	_, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, int64(migrationLockID))
	return err
}

// SessionUnlock gives the lock back, and the session its time-out.
func (migrationLock) SessionUnlock(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_unlock($1)`, int64(migrationLockID)); err != nil {
		return err
	}
	_, err := conn.ExecContext(ctx, `RESET statement_timeout`)
	return err
}
