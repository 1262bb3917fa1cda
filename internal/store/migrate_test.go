package store_test

import (
	"database/sql"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"ramure/internal/problem"
	"ramure/internal/store"
	"ramure/migrations"
)

func TestMigrationsComeInPairs(t *testing.T) {
	t.Parallel()
	sqlite, err := fs.Glob(migrations.SQLite, "sqlite/*")
	if err != nil {
		t.Fatal(err)
	}
	postgres, err := fs.Glob(migrations.Postgres, "postgres/*")
	if err != nil {
		t.Fatal(err)
	}
	for i, path := range sqlite {
		name := strings.TrimPrefix(path, "sqlite/")
		if want := fmt.Sprintf("%04d_", i+1); !strings.HasPrefix(name, want) || !strings.HasSuffix(name, ".sql") {
			t.Errorf("%s: want %s<noun>.sql", path, want)
		}
		if i >= len(postgres) || strings.TrimPrefix(postgres[i], "postgres/") != name {
			t.Errorf("%s has no pair", path)
		}
	}
	if len(sqlite) == 0 || len(postgres) != len(sqlite) {
		t.Errorf("%d steps for SQLite, %d for PostgreSQL", len(sqlite), len(postgres))
	}
}

// kinds of columns that mean the same on both engines.
var kinds = map[string]string{
	"uuid": "BLOB", "bytea": "BLOB",
	"text": "TEXT", "timestamp with time zone": "TEXT", "date": "TEXT", "jsonb": "TEXT",
	"integer": "INTEGER", "bigint": "INTEGER", "boolean": "INTEGER",
}

func TestSchemasAreAlike(t *testing.T) {
	t.Parallel()
	var sqlite, postgres []string
	onEachEngine(t, func(t *testing.T, url func(*testing.T) string) {
		s := open(t, url(t), store.Options{})
		if s.Engine() == "sqlite" {
			sqlite = columns(t, s.Database(), `SELECT m.name, c.name, c.type, c."notnull" OR c.pk > 0
				FROM sqlite_master m JOIN pragma_table_info(m.name) c
				WHERE m.type = 'table' AND m.name NOT LIKE 'goose%' AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, c.cid`)
			return
		}
		postgres = columns(t, s.Database(), `SELECT table_name, column_name, data_type, is_nullable = 'NO'
			FROM information_schema.columns
			WHERE table_schema = 'public' AND table_name NOT LIKE 'goose%' ORDER BY table_name, ordinal_position`)
	})
	t.Cleanup(func() { // after both engines
		if len(sqlite) == 0 || !reflect.DeepEqual(sqlite, postgres) {
			t.Errorf("SQLite:\n%s\nPostgreSQL:\n%s", strings.Join(sqlite, "\n"), strings.Join(postgres, "\n"))
		}
	})
}

// columns writes each column as one line, its type in the words of SQLite.
func columns(t *testing.T, db *sql.DB, query string) (lines []string) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var table, column, kind string
		var required bool
		if err := rows.Scan(&table, &column, &kind, &required); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(column, "_at") && kind != "TEXT" && kind != "timestamp with time zone" {
			t.Errorf("%s.%s is no instant but %s", table, column, kind)
		}
		if same, found := kinds[kind]; found {
			kind = same
		}
		lines = append(lines, fmt.Sprintf("%s.%s %s required:%t", table, column, kind, required))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return lines
}

func TestMigrateRefusesNewerSchema(t *testing.T) {
	t.Parallel()
	onEachEngine(t, func(t *testing.T, url func(*testing.T) string) {
		s := open(t, url(t), store.Options{})
		schema, err := s.Status(t.Context())
		if err != nil || schema.Current != schema.Latest || schema.Latest == 0 {
			t.Fatalf("got %+v, %v", schema, err)
		}
		newer := `INSERT INTO goose_db_version (version_id, is_applied) VALUES ($1, TRUE)`
		if _, err := s.Database().Exec(newer, schema.Latest+1); err != nil {
			t.Fatal(err)
		}
		if err := s.Migrate(t.Context()); !problem.Is(err, problem.Conflict) || !strings.Contains(err.Error(), "error.store.newer") {
			t.Errorf("Migrate: got %v", err)
		}
		if _, err := s.Status(t.Context()); !problem.Is(err, problem.Conflict) {
			t.Errorf("Status: got %v", err)
		}
	})
}

func TestMigrateAtOnce(t *testing.T) {
	t.Parallel()
	onEachEngine(t, func(t *testing.T, url func(*testing.T) string) {
		for range 5 {
			migrateAtOnce(t, url(t))
		}
	})
}

func migrateAtOnce(t *testing.T, url string) {
	t.Helper()
	instances := make([]*store.Store, 6)
	for i := range instances {
		instances[i] = connect(t, url, store.Options{Connections: 2})
	}
	failures := make([]error, len(instances))
	start := make(chan struct{})
	var group sync.WaitGroup
	for i, s := range instances {
		group.Go(func() { <-start; failures[i] = s.Migrate(t.Context()) })
	}
	close(start)
	group.Wait()
	if i := slices.IndexFunc(failures, func(err error) bool { return err != nil }); i >= 0 {
		t.Fatal(failures[i])
	}
	schema, err := instances[0].Status(t.Context())
	if err != nil || schema.Current != schema.Latest {
		t.Fatalf("got %+v, %v", schema, err)
	}
}
