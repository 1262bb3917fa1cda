package pgtest_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"ramure/internal/store/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Run(m)) }

func TestDatabasesAreEmptyAndApart(t *testing.T) {
	t.Parallel()
	one, other := connect(t, pgtest.Database(t)), connect(t, pgtest.Database(t))
	must(t, one, "CREATE TABLE venue (name text)")
	var there bool
	ask(t, other, "SELECT to_regclass('venue') IS NOT NULL", &there)
	if there {
		t.Error("a table made in one database is seen in another")
	}
}

func TestServerSyncsAndSortsByBytes(t *testing.T) {
	t.Parallel()
	c := connect(t, pgtest.Database(t))
	for setting, want := range map[string]string{
		"fsync": "on", "synchronous_commit": "on", "server_encoding": "UTF8", "TimeZone": "UTC", "lc_collate": "C",
	} {
		var got string
		ask(t, c, "SELECT current_setting('"+setting+"')", &got)
		if got != want {
			t.Errorf("%s = %q, want %q", setting, got, want)
		}
	}
}

func TestDatabaseIsDroppedWhenTheTestEnds(t *testing.T) {
	t.Parallel()
	var address string
	var open *pgx.Conn
	outer := t
	t.Run("user", func(t *testing.T) {
		address = pgtest.Database(t)
		open = connect(outer, address) // outlives this test
	})
	if err := open.Ping(context.Background()); err == nil {
		t.Error("a connection outlived its database")
	}
	_, err := pgx.Connect(context.Background(), address)
	if err == nil || !strings.Contains(err.Error(), "does not exist") {
		t.Errorf("the database of an ended test answers %v, want that it does not exist", err)
	}
}

func TestPasswordIsAsked(t *testing.T) {
	t.Parallel()
	server := own(t)
	wrong := strings.Replace(server.URL("postgres"), "ramure:", "ramure:wrong", 1)
	if _, err := pgx.Connect(context.Background(), wrong); err == nil {
		t.Error("a wrong password was let in")
	}
}

// What was committed survives a kill and what was not is gone, at one address.
func TestKillAndRestart(t *testing.T) {
	t.Parallel()
	server := own(t)
	address := server.Database(t)
	c := connect(t, address)
	must(t, c, "CREATE TABLE award (id int)")
	must(t, c, "INSERT INTO award VALUES (1)")
	must(t, c, "BEGIN")
	must(t, c, "INSERT INTO award VALUES (2)")
	if err := server.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := c.Ping(context.Background()); err == nil {
		t.Error("a connection outlived the kill")
	}
	if err := server.Restart(); err != nil {
		t.Fatal(err)
	}
	var sum int
	ask(t, connect(t, address), "SELECT sum(id) FROM award", &sum)
	if sum != 1 {
		t.Errorf("after the kill the sum is %d, want 1", sum)
	}
}

func TestStopAndRestart(t *testing.T) {
	t.Parallel()
	server := pgtest.New(t, pgtest.Options{NoSync: true, Settings: []string{"max_connections=17"}})
	if err := server.Stop(); err != nil {
		t.Fatal(err)
	}
	if _, err := pgx.Connect(context.Background(), server.URL("postgres")); err == nil {
		t.Error("a stopped server takes connections")
	}
	if err := server.Restart(); err != nil {
		t.Fatal(err)
	}
	var got string
	ask(t, connect(t, server.URL("postgres")), "SELECT current_setting('max_connections') || current_setting('fsync')", &got)
	if got != "17off" {
		t.Errorf("settings are %q, want 17off", got)
	}
}

func TestSharedServerIsOneServer(t *testing.T) {
	t.Parallel()
	first, second := pgtest.Start(t), pgtest.Start(t)
	if first != second {
		t.Error("two calls of Start gave two servers")
	}
}

func own(t *testing.T) *pgtest.Server {
	t.Helper()
	return pgtest.New(t, pgtest.Options{})
}

func connect(t *testing.T, address string) *pgx.Conn {
	t.Helper()
	c, err := pgx.Connect(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close(context.Background()) })
	return c
}

func must(t *testing.T, c *pgx.Conn, statement string) {
	t.Helper()
	if _, err := c.Exec(context.Background(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func ask(t *testing.T, c *pgx.Conn, question string, into any) {
	t.Helper()
	if err := c.QueryRow(context.Background(), question).Scan(into); err != nil {
		t.Fatalf("%s: %v", question, err)
	}
}
