package pgtest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// external takes a server by its URL.
func external(address string) (*Server, error) {
	base, err := url.Parse(address)
	if err != nil || (base.Scheme != "postgres" && base.Scheme != "postgresql") {
		return nil, errors.New("RAMURE_TEST_POSTGRES is not a postgres:// URL")
	}
	server := &Server{base: *base}
	if err := server.exec("SELECT 1"); err != nil {
		return nil, fmt.Errorf("the server that RAMURE_TEST_POSTGRES names: %w", err)
	}
	return server, nil
}

// Database makes an empty database on the shared server and returns its URL.
// The database is dropped when the test ends.
func Database(tb testing.TB) string {
	tb.Helper()
	return Start(tb).Database(tb)
}

// Database makes an empty database on this server and returns its URL. The
// database is dropped when the test ends, even if connections are still open.
func (s *Server) Database(tb testing.TB) string {
	tb.Helper()
	name := "ramure_" + strings.ToLower(rand.Text())
	create := "CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
	if err := s.exec(create); err != nil {
		tb.Fatalf("pgtest: %v", err)
	}
	tb.Cleanup(func() { s.drop(tb, name) })
	return s.URL(name)
}

func (s *Server) drop(tb testing.TB, name string) {
	if s.cluster != nil && s.cluster.postgres == nil {
		return // killed by the test: its files go with the server
	}
	if err := s.exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"); err != nil {
		tb.Errorf("pgtest: %v", err)
	}
}

// exec runs one statement on the server's own database.
func (s *Server) exec(statement string) error {
	ctx, stop := context.WithTimeout(context.Background(), patience)
	defer stop()
	connection, err := pgx.Connect(ctx, s.base.String())
	if err != nil {
		return err
	}
	defer connection.Close(ctx)
	if _, err := connection.Exec(ctx, statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}

// ready waits until an own server takes connections, or has ended.
func (s *Server) ready() error {
	late := time.After(patience)
	for {
		refused := s.exec("SELECT 1")
		if refused == nil {
			return nil
		}
		if err := s.cluster.ended(); err != nil {
			return err
		}
		select {
		case <-late:
			return fmt.Errorf("not ready after %s: %w\n%s", patience, refused, s.cluster.logTail())
		case <-time.After(pause):
		}
	}
}
