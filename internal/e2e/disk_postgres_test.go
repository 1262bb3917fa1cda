package e2e

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

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
