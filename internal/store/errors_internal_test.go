package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"ramure/internal/award"
	"ramure/internal/problem"
)

func TestFailed(t *testing.T) {
	t.Parallel()
	state := func(code string) error { return fmt.Errorf("exec: %w", &pgconn.PgError{Code: code}) }
	for name, c := range map[string]struct {
		err  error
		kind problem.Kind
	}{
		"nothing":               {nil, ""},
		"no rows":               {sql.ErrNoRows, problem.NotFound},
		"a problem":             {problem.New(problem.Gone, "x"), problem.Gone},
		"disk_full":             {state("53100"), problem.Full},
		"no space":              {&net.OpError{Err: syscall.ENOSPC}, problem.Full},
		"too_many_connections":  {state("53300"), problem.Unavailable},
		"admin_shutdown":        {state("57P01"), problem.Unavailable},
		"crash_shutdown":        {state("57P02"), problem.Unavailable},
		"cannot_connect_now":    {state("57P03"), problem.Unavailable},
		"query_canceled":        {state("57014"), problem.Unavailable},
		"connection_failure":    {state("08006"), problem.Unavailable},
		"read_only":             {state("25006"), problem.Unavailable},
		"serialization_failure": {state("40001"), problem.Unavailable},
		"deadlock_detected":     {state("40P01"), problem.Unavailable},
		"lock_not_available":    {state("55P03"), problem.Unavailable},
		"bad connection":        {driver.ErrBadConn, problem.Unavailable},
		"connection done":       {sql.ErrConnDone, problem.Unavailable},
		"end of stream":         {fmt.Errorf("read: %w", io.ErrUnexpectedEOF), problem.Unavailable},
		"refused":               {&net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}, problem.Unavailable},
		"time is up":            {context.DeadlineExceeded, problem.Unavailable},
		"caller left":           {context.Canceled, problem.Unavailable},
		"unique_violation":      {state("23505"), problem.Internal},
		"syntax_error":          {state("42601"), problem.Internal},
		"undefined_table":       {state("42P01"), problem.Internal},
		"anything else":         {errors.New("?"), problem.Internal},
	} {
		err := failed("try", c.err)
		if problem.KindOf(err) != c.kind {
			t.Errorf("%s: got %v, want a problem of kind %q", name, err, c.kind)
		}
		if c.err != nil && !errors.Is(err, c.err) {
			t.Errorf("%s: the cause is lost in %v", name, err)
		}
	}
	if err := failed("try", award.ErrHolderMoved); err != award.ErrHolderMoved {
		t.Errorf("got %v", err)
	}
}

func FuzzCursor(f *testing.F) {
	for _, seed := range []string{"", "x", "MjAyNi0xMS0yMlQxMDowMDowMC4xMjM0NTZaLzAwMDAwMDAwMDAwMDAwMDAwMDAwMDE", "MjAyNg==", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		read, err := parseCursor(text)
		switch {
		case err != nil && !problem.Is(err, problem.Invalid):
			t.Fatalf("got %v", err)
		case err == nil && read.String() != text:
			t.Fatalf("%q was read as %q", text, read)
		}
	})
}
