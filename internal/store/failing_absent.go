//go:build !failpoint

package store

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
)

// openDriver opens a pool of SQLite.
func openDriver(dsn string) (*sql.DB, error) { return sql.Open("sqlite", dsn) }

// watch lets a test fail the connections of PostgreSQL.
func watch(*pgx.ConnConfig) {}

// stepsOf lets a test fail statements that others may run.
func stepsOf(_ context.Context, list []statement) []statement { return list }
