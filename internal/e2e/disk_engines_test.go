package e2e

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

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

// postgresDisk is the server, asked not to look.
type postgresDisk struct {
	db    *sql.DB
	all   []column
	types map[column]string
}

func openPostgresDisk(t *testing.T, url string) *postgresDisk {
	t.Helper()
	db, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1) // the settings are of a session
	t.Cleanup(func() { db.Close() })
	d := &postgresDisk{db: db, types: map[column]string{}}
	d.exec(t, `SET session_replication_role = replica`) // no triggers, no foreign keys
	for _, check := range query(t, db, `SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace`) {
		d.exec(t, fmt.Sprintf(`ALTER TABLE %s DROP CONSTRAINT %s`, check[0], check[1]))
	}
	for _, row := range query(t, db, `SELECT table_name, column_name, data_type FROM information_schema.columns
		WHERE table_schema = 'public' AND table_name NOT LIKE 'goose%' ORDER BY 1, ordinal_position`) {
		c := column{row[0].(string), row[1].(string)}
		d.all, d.types[c] = append(d.all, c), row[2].(string)
	}
	return d
}

func (d *postgresDisk) exec(t *testing.T, text string) {
	t.Helper()
	if _, err := d.db.ExecContext(t.Context(), text); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

func (d *postgresDisk) columns(*testing.T) []column { return d.all }

func (d *postgresDisk) flip(t *testing.T, c column, how flip) (string, func()) {
	t.Helper()
	rows := query(t, d.db, fmt.Sprintf(`SELECT %s, ctid::text FROM %s WHERE %s`, d.read(c), c.table, condition(c, how)))
	for range tries {
		if len(rows) == 0 {
			break
		}
		row := rows[rand.IntN(len(rows))]
		value := d.change(c, row[0], how)
		var place string
		if err := d.db.QueryRowContext(t.Context(), d.update(c), value, row[1]).Scan(&place); err != nil {
			continue // another row has this key, or it is no text any more
		}
		return fmt.Sprintf("%s of %v: %v for %v", c, row[1], value, row[0]), func() {
			if err := d.db.QueryRowContext(t.Context(), d.update(c), row[0], place).Scan(&place); err != nil {
				t.Fatal(err)
			}
		}
	}
	return "", nil
}

// read gives a value in a form that can be flipped and written back.
func (d *postgresDisk) read(c column) string {
	if d.types[c] == "bytea" || strings.HasSuffix(d.types[c], "int") || d.types[c] == "integer" {
		return c.name
	}
	return c.name + "::text"
}

func (d *postgresDisk) update(c column) string {
	cast := "text::" + d.types[c]
	if d.read(c) == c.name {
		cast = d.types[c]
	}
	return fmt.Sprintf(`UPDATE %s SET %s = $1::%s WHERE ctid = $2::text::tid RETURNING ctid::text`, c.table, c.name, cast)
}

func (d *postgresDisk) change(c column, value any, how flip) any {
	switch d.types[c] {
	case "uuid":
		text := []byte(value.(string))
		for {
			at := rand.IntN(bounded(len(text), 2*how.within))
			if text[at] == '-' {
				continue
			}
			digit := strings.IndexByte("0123456789abcdef", text[at])
			text[at] = "0123456789abcdef"[digit^1<<rand.IntN(4)]
			return string(text)
		}
	case "timestamp with time zone":
		return later(value.(string), "2006-01-02 15:04:05.999999-07", how.step)
	case "date":
		return later(value.(string), time.DateOnly, 24*time.Hour)
	}
	return flipped(value, how)
}

func later(text, layout string, by time.Duration) string {
	at, err := time.Parse(layout, text)
	if err != nil {
		panic(err)
	}
	return at.Add(by).Format(layout)
}
