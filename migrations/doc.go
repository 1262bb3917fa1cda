// Package migrations carries the database schema, for both engines, inside the
// program.
//
// Each step is a pair of files of the same name, sqlite/NNNN_noun.sql and
// postgres/NNNN_noun.sql, that make the same tables and columns out of each
// engine's own types:
//
//	meaning            SQLite (STRICT)              PostgreSQL
//	row key, UUIDv7    BLOB of 16 bytes             UUID
//	instant            TEXT, UTC, microseconds      TIMESTAMPTZ
//	calendar day       TEXT 2006-01-02              DATE
//	bytes as signed    BLOB                         BYTEA, never JSONB
//	carried JSON       TEXT, checked                JSONB
//	yes or no          INTEGER 0 or 1               BOOLEAN
//
// Steps only go forward: a step that was released is never edited, and there is
// no way down. Texts that are compared or ordered byte by byte carry the C
// collation on PostgreSQL, so that both engines agree on their order.
//
// It refuses to run anything: store does, see store.Migrate.
package migrations
