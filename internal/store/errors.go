package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"

	"ramure/internal/award"
	"ramure/internal/problem"
)

// Message keys of the failures that the store itself finds.
const (
	keyNotFound    = "error.notFound"
	keyGone        = "error.gone"
	keyFull        = "error.store.full"
	keyUnavailable = "error.store.unavailable"
	keyNewer       = "error.store.newer"
	keyCursor      = "error.cursor.invalid"
	keyWithdrawn   = "error.achievement.withdrawn"
	keyRaced       = "error.log.raced"
)

// When to try again: a database that is away is mostly back in seconds, a full
// disk needs somebody.
const (
	retryAway = 2 * time.Second
	retryFull = 30 * time.Second
)

// failed turns what the drivers say into the words of package problem; what it
// has no word for is wrapped with the verb phrase of what was tried.
func failed(verb string, err error) error {
	var known *problem.Error
	switch {
	case err == nil, errors.As(err, &known), errors.Is(err, award.ErrHolderMoved):
		return err
	case errors.Is(err, sql.ErrNoRows):
		return problem.Wrap(problem.NotFound, keyNotFound, fmt.Errorf("%s: %w", verb, err))
	case isFull(err):
		return problem.Wrap(problem.Full, keyFull, fmt.Errorf("%s: %w", verb, err)).After(retryFull)
	case isAway(err), isContention(err):
		return problem.Wrap(problem.Unavailable, keyUnavailable, fmt.Errorf("%s: %w", verb, err)).After(retryAway)
	}
	return fmt.Errorf("%s: %w", verb, err)
}

// Result codes of SQLite (sqlite.org/rescode.html): primary ones, and those of
// more detail that mean something else than their primary one.
const (
	sqliteBusy       = 5
	sqliteLocked     = 6
	sqliteNoMemory   = 7
	sqliteReadOnly   = 8
	sqliteIO         = 10
	sqliteFull       = 13
	sqliteCantOpen   = 14
	sqliteConstraint = 19

	sqlitePrimaryKey = 1555
	sqliteUnique     = 2067
	sqliteShmSize    = 4874 // the index of the journal could not grow: no room left
)

// sqliteCode is the extended result code of an error of SQLite, 0 otherwise.
func sqliteCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

// sqlState is the SQLSTATE of an error of PostgreSQL, empty otherwise.
func sqlState(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// isUnique says that a row with the same unique columns is there.
func isUnique(err error) bool {
	code := sqliteCode(err)
	return code == sqliteUnique || code == sqlitePrimaryKey || sqlState(err) == "23505"
}

// isRefused says that a constraint of any sort was not met (class 23).
func isRefused(err error) bool {
	return sqliteCode(err)&0xff == sqliteConstraint || strings.HasPrefix(sqlState(err), "23")
}

// isContention says that another transaction was in the way: SQLITE_BUSY and
// SQLITE_LOCKED; serialization_failure and deadlock_detected.
func isContention(err error) bool {
	code, state := sqliteCode(err)&0xff, sqlState(err)
	return code == sqliteBusy || code == sqliteLocked || state == "40001" || state == "40P01"
}

// isFull says that there is no room: SQLITE_FULL; disk_full.
func isFull(err error) bool {
	code := sqliteCode(err)
	return code&0xff == sqliteFull || code == sqliteShmSize || sqlState(err) == "53100" || errors.Is(err, syscall.ENOSPC)
}

// isAway says that the database did not answer, or could not, and that it may
// when asked again.
func isAway(err error) bool {
	switch code := sqliteCode(err) & 0xff; code {
	case sqliteIO, sqliteCantOpen, sqliteReadOnly, sqliteNoMemory:
		return true
	}
	return isAwayState(sqlState(err)) || isLost(err)
}

// isAwayState tells the SQLSTATEs of a server that stops, starts, is full of
// sessions, is a standby, or gave up waiting: class 08 (connection), 53
// (resources), 57 (operator intervention, time-outs), 58 (system), 25006
// (read-only), 25P03 (idle in transaction), 55P03 (lock not available).
func isAwayState(state string) bool {
	switch state {
	case "25006", "25P03", "55P03":
		return true
	}
	return len(state) == 5 && strings.Contains("08 53 57 58", state[:2])
}

// isLost says that the connection failed or the time was up. A caller that left
// is in the same case: nobody learnt what was done.
func isLost(err error) bool {
	var refused *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &refused) || errors.As(err, &network) ||
		pgconn.SafeToRetry(err) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
}
