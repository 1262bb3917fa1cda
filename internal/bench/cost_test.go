package bench

import (
	"context"
	"fmt"
	"testing"
	"time"
)

// cost is processor time: of the program that is asked, and of the database server
// beside it. Other programs of the machine don't count, nor does the clock on the
// wall, so that it says why a rate is what it is.
type cost struct{ program, database time.Duration }

// spentSoFar is what a program and its server have used.
func (p *process) spentSoFar() (c cost) {
	c.program = p.spent()
	for _, pid := range family(p.server) {
		c.database += used(pid)
	}
	return c
}

// since is what one of so many answers took.
func (c cost) since(before cost, answers int) cost {
	if answers == 0 {
		return cost{}
	}
	n := time.Duration(answers)
	return cost{max(0, c.program-before.program) / n, max(0, c.database-before.database) / n}
}

// words are "412 + 95 µs".
func (c cost) words() string {
	switch {
	case c.program == 0:
		return ""
	case c.database == 0:
		return fmt.Sprintf("%d µs", c.program.Microseconds())
	}
	return fmt.Sprintf("%d + %d µs", c.program.Microseconds(), c.database.Microseconds())
}

// server is the process of the database server of an installation; 0 when there is
// none.
func (i installation) server(tb testing.TB) int {
	tb.Helper()
	if i.engine != "postgres" {
		return 0
	}
	db := i.open(tb)
	defer db.Close()
	var session int
	if err := db.QueryRowContext(context.Background(), `SELECT pg_backend_pid()`).Scan(&session); err != nil {
		tb.Fatal(err)
	}
	return parentOf(session)
}
