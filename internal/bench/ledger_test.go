package bench

import (
	"bytes"
	"context"
	"database/sql"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver named pgx
)

// ledger remembers which awards were acknowledged, to hold the database
// against them.
type ledger struct {
	mutex   sync.Mutex
	ids     map[string]int
	unknown int // answers that say neither yes nor no: there may be an award or not
}

func newLedger() *ledger { return &ledger{ids: map[string]int{}} }

// hear implements load's heard.
func (l *ledger) hear(r reply) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	switch {
	case r.status == 201:
		l.ids[acknowledged(r.body)]++
	case r.status >= 500 && !r.retryAfter:
		l.unknown++
	}
}

// doubt notes a request that was sent and not answered.
func (l *ledger) doubt() {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.unknown++
}

// acknowledged cuts the id out of a receipt; the load generator has no time to
// decode it.
func acknowledged(body []byte) string {
	_, after, _ := bytes.Cut(body, []byte(`"id":"`))
	id, _, _ := bytes.Cut(after, []byte(`"`))
	return string(id)
}

// audit fails the benchmark if an acknowledged award is lost, an award is there
// that nobody was told of, or one has not exactly one leaf in the log.
func (l *ledger) audit(tb testing.TB, i installation) {
	tb.Helper()
	db := i.open(tb)
	defer db.Close()
	awaitLog(tb, db)
	found := l.compare(leaves(tb, db))
	tb.Logf("%+v", found)
	if found.lost+found.doubled+found.unlogged > 0 {
		tb.Errorf("wrong: %+v", found)
	}
}

// leaves counts, for each stored award, its leaves that have a place in the log.
func leaves(tb testing.TB, db *sql.DB) map[string]int {
	tb.Helper()
	rows, err := db.QueryContext(tb.Context(), `SELECT a.public_id, (SELECT count(*) FROM log_leaf l
		WHERE l.award = a.id AND l.kind = 'issue' AND l.idx IS NOT NULL) FROM award a`)
	if err != nil {
		tb.Fatal(err)
	}
	defer rows.Close()
	stored := map[string]int{}
	for rows.Next() {
		var id string
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			tb.Fatal(err)
		}
		stored[id] = n
	}
	if err := rows.Err(); err != nil {
		tb.Fatal(err)
	}
	return stored
}

// balance is what an audit finds.
type balance struct {
	acknowledged, stored int
	lost                 int // acknowledged and not stored
	doubled              int // stored and never acknowledged, or acknowledged twice
	unlogged             int // not exactly once in the log
}

// compare holds what is stored against what was acknowledged; stored has the
// number of leaves of each award.
func (l *ledger) compare(stored map[string]int) balance {
	b := balance{stored: len(stored)}
	for id, times := range l.ids {
		b.acknowledged += times
		if _, there := stored[id]; !there {
			b.lost++
		}
	}
	untold := 0
	for id, n := range stored {
		if _, told := l.ids[id]; !told {
			untold++
		}
		if n != 1 {
			b.unlogged++
		}
	}
	b.doubled = max(0, untold-l.unknown) + b.acknowledged - len(l.ids)
	return b
}

// awaitLog waits until every leaf has its place.
func awaitLog(tb testing.TB, db *sql.DB) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.Context(), time.Minute)
	defer cancel()
	for {
		var waiting int
		if err := db.QueryRowContext(ctx, `SELECT count(*) FROM log_leaf WHERE idx IS NULL`).Scan(&waiting); err != nil {
			tb.Fatalf("leaves wait for their place: %v", err)
		}
		if waiting == 0 {
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// open reads the database beside the product.
func (i installation) open(tb testing.TB) *sql.DB {
	tb.Helper()
	path, isFile := strings.CutPrefix(i.url, "sqlite:")
	db, err := sql.Open("pgx", i.url)
	if isFile {
		db, err = openFile(path, "_query_only=1", 1)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return db
}

// fsck has the program itself examine its log, once it knows how to.
func (i installation) fsck(tb testing.TB) {
	tb.Helper()
	if strings.Contains(i.tell(tb, "log", "--help"), "fsck") {
		tb.Logf("log fsck: %s", i.tell(tb, "log", "fsck"))
	}
}
