package e2e

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"ramure/internal/config"
)

// disk changes single bytes below all rules of the engine.
type disk interface {
	columns(t *testing.T) []column
	// flip changes one byte of one row and says which; undo puts it back. undo
	// is nil when no row has a byte to flip.
	flip(t *testing.T, c column, how flip) (told string, undo func())
}

// tries bounds how often another byte is chosen when an engine refuses one.
const tries = 50

func query(t *testing.T, db *sql.DB, text string, args ...any) (rows [][]any) {
	t.Helper()
	found, err := db.QueryContext(t.Context(), text, args...)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	defer found.Close()
	names, err := found.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for found.Next() {
		row, into := make([]any, len(names)), make([]any, len(names))
		for i := range row {
			into[i] = &row[i]
		}
		if err := found.Scan(into...); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return rows
}

func condition(c column, how flip) string {
	text := fmt.Sprintf("%s IS NOT NULL", c.name)
	if how.where != "" {
		text += " AND " + how.where
	}
	return text
}

// flipped changes one bit of a value, in the bytes that the flip is within.
func flipped(value any, how flip) any {
	switch v := value.(type) {
	case []byte:
		changed := append([]byte{}, v...)
		changed[rand.IntN(bounded(len(v), how.within))] ^= 1 << rand.IntN(8)
		return changed
	case string:
		// The lowest bit: the sixth one is but the case of a letter, which the
		// hash of a name folds.
		changed := []byte(v)
		changed[rand.IntN(bounded(len(v), how.within))] ^= 1
		return string(changed)
	case int64:
		return v ^ 1<<rand.IntN(6)
	}
	panic(fmt.Sprintf("a value of %T", value))
}

func bounded(length, within int) int {
	if within > 0 {
		return min(length, within)
	}
	return length
}

// sqliteDisk is the file: each flip is done in a copy, without triggers,
// foreign keys and checks.
type sqliteDisk struct {
	sound  string
	config *config.Config
	all    []column
	keys   map[string][]string // columns of the primary key, by table
}

func openSQLiteDisk(t *testing.T, path string, c *config.Config) *sqliteDisk {
	t.Helper()
	d := &sqliteDisk{sound: filepath.Join(t.TempDir(), "sound.db"), config: c, keys: map[string][]string{}}
	db := rawSQLite(t, path)
	for _, text := range []string{"VACUUM INTO '" + d.sound + "'"} {
		if _, err := db.ExecContext(t.Context(), text); err != nil {
			t.Fatal(err)
		}
	}
	for _, row := range query(t, db, `SELECT m.name, c.name, c.pk FROM sqlite_master m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'goose%' AND m.name NOT LIKE 'sqlite%' ORDER BY 1, c.cid`) {
		c := column{row[0].(string), row[1].(string)}
		d.all = append(d.all, c)
		if row[2].(int64) > 0 {
			d.keys[c.table] = append(d.keys[c.table], c.name)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	c.DatabaseURL = "sqlite:" + d.sound
	return d
}

func rawSQLite(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=foreign_keys(0)&_pragma=ignore_check_constraints(1)&_pragma=journal_mode(delete)")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	return db
}

func dropTriggers(t *testing.T, db *sql.DB) {
	t.Helper()
	for _, trigger := range query(t, db, `SELECT name FROM sqlite_master WHERE type = 'trigger'`) {
		if _, err := db.ExecContext(t.Context(), "DROP TRIGGER "+trigger[0].(string)); err != nil {
			t.Fatal(err)
		}
	}
}

func (d *sqliteDisk) columns(*testing.T) []column { return d.all }

func (d *sqliteDisk) flip(t *testing.T, c column, how flip) (string, func()) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "spoiled.db")
	copyFile(t, d.sound, path)
	db := rawSQLite(t, path)
	defer db.Close()
	dropTriggers(t, db)
	keys := d.keys[c.table]
	rows := query(t, db, fmt.Sprintf(`SELECT %s, %s FROM %s WHERE %s`, c.name, strings.Join(keys, ", "), c.table, condition(c, how)))
	for range tries {
		if len(rows) == 0 {
			break
		}
		row := rows[rand.IntN(len(rows))]
		value := flipped(row[0], how)
		if _, err := db.ExecContext(t.Context(), fmt.Sprintf(`UPDATE %s SET %s = ? WHERE %s = ?`, c.table, c.name,
			strings.Join(keys, " = ? AND ")), append([]any{value}, row[1:]...)...); err != nil {
			continue // the engine keeps two rows apart
		}
		d.config.DatabaseURL = "sqlite:" + path
		return fmt.Sprintf("%s of %x: %x for %x", c, row[1:], value, row[0]), func() { d.config.DatabaseURL = "sqlite:" + d.sound }
	}
	return "", nil
}
