package store

import (
	"context"
	"errors"
	"net/url"
	"os"
	"runtime"
	"strings"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver named sqlite

	"ramure/migrations"
)

func sqliteDialect() dialect {
	return dialect{
		name:  "sqlite",
		steps: migrations.SQLite,
		goose: goose.DialectSQLite3,
		assignLeaves: `UPDATE log_leaf SET idx = $1 + place.key FROM json_each($2) AS place
			WHERE log_leaf.id = unhex(place.value) AND log_leaf.idx IS NULL`,
		encodeKeys: jsonKeys,
		bulk:       100,
		insert: func(ctx context.Context, tx *transaction, rows tableRows) error {
			return insertRows(ctx, tx, rows, "")
		},
	}
}

// jsonKeys writes row keys as one JSON list of hexadecimal texts.
func jsonKeys(ids []rowID) any {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = `"` + id.String() + `"`
	}
	return "[" + strings.Join(texts, ",") + "]"
}

// Settings of every connection. They stand in the DSN, since a pragma sent
// through the pool would reach one connection only. A transaction takes the
// writer's lock at its beginning: one that only asks for it after a read fails
// at once instead of waiting for its turn.
const (
	sqliteShared = "_busy_timeout=4000&_foreign_keys=1&_dqs=0&_defensive=1&_error_rc=1" +
		"&_pragma=cache_size(-4000)&_pragma=temp_store(2)"
	sqliteWriter = sqliteShared + "&_txlock=immediate&_journal_mode=WAL&_synchronous=FULL&_pragma=journal_size_limit(67108864)"
	sqliteReader = sqliteShared + "&_query_only=1"
)

// openSQLite opens one connection that writes, so that writers queue in order
// here instead of polling the file's lock, and several that read beside it: no
// more than there are processors to do the reading.
func openSQLite(path string, readers int) (writer, reader pool, err error) {
	if path == "" || strings.HasPrefix(path, ":") {
		return writer, reader, errors.New("sqlite: needs the path of a file")
	}
	if err := touchPrivate(path); err != nil {
		return writer, reader, err
	}
	if writer, err = sqlitePool(path, sqliteWriter, 1); err != nil {
		return writer, reader, err
	}
	if err := writer.Ping(); err != nil { // turns the file to WAL before the first reader
		return writer, reader, errors.Join(err, writer.Close())
	}
	if reader, err = sqlitePool(path, sqliteReader, min(readers, max(4, runtime.NumCPU())+1)); err != nil {
		return writer, reader, errors.Join(err, writer.Close())
	}
	return writer, reader, nil
}

func sqlitePool(path, settings string, connections int) (pool, error) {
	db, err := openDriver(sqliteDSN(path, settings))
	if err != nil {
		return pool{}, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return pool{DB: db, kept: keepStatements()}, nil
}

// touchPrivate makes the file with its mode; SQLite gives its companions
// (-wal, -shm) the mode of the file.
func touchPrivate(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return file.Close()
}

// sqliteDSN writes a file: URI, in which a path may hold any character.
func sqliteDSN(path, settings string) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + settings
}
