package pgtest

import (
	"errors"
	"fmt"
	"net/url"
	"testing"
)

// ErrExternal is returned when a server that isn't ours is to be killed,
// stopped or restarted.
var ErrExternal = errors.New("pgtest: the server named by RAMURE_TEST_POSTGRES is not ours to stop")

// Options of an own server.
type Options struct {
	// NoSync turns fsync off: faster, and worthless for tests of durability.
	NoSync bool
	// Settings are lines of postgresql.conf, such as "max_connections=20".
	Settings []string
}

// Server is a PostgreSQL server for tests.
type Server struct {
	base    url.URL  // postgres://user:password@host:port/postgres
	cluster *cluster // nil for an external server
}

// New starts a server for one test alone, whatever RAMURE_TEST_POSTGRES says,
// and removes it when the test ends. It is the one to kill.
func New(tb testing.TB, options Options) *Server {
	tb.Helper()
	server, err := launch(options)
	if err != nil {
		giveUp(tb, err)
	}
	tb.Cleanup(func() {
		if err := server.close(); err != nil {
			tb.Errorf("pgtest: %v", err)
		}
	})
	return server
}

// URL is the address of a database on this server, for pgx.
func (s *Server) URL(database string) string {
	address := s.base
	address.Path = "/" + database
	return address.String()
}

// Kill ends the server as a power cut would: SIGKILL to the postmaster and to
// each of its processes. It returns when all of them are gone.
func (s *Server) Kill() error {
	if s.cluster == nil {
		return ErrExternal
	}
	return s.cluster.kill()
}

// Stop ends the server in good order, breaking off open connections (SIGINT).
func (s *Server) Stop() error {
	if s.cluster == nil {
		return ErrExternal
	}
	return s.cluster.stop()
}

// Restart starts a killed or stopped server again, with the data and the
// address that it had, and returns when it takes connections. A server that
// runs is stopped first.
func (s *Server) Restart() error {
	if s.cluster == nil {
		return ErrExternal
	}
	if err := s.cluster.stop(); err != nil {
		return err
	}
	if err := s.cluster.start(); err != nil {
		return err
	}
	return s.ready()
}

// launch makes a cluster and starts its server.
func launch(options Options) (*Server, error) {
	c, err := initialise(options)
	if err != nil {
		return nil, err
	}
	server := &Server{cluster: c}
	if err := server.startOnFreePort(); err != nil {
		return nil, errors.Join(err, c.remove())
	}
	return server, nil
}

// startOnFreePort tries a few ports: one that was free when it was looked up
// may be taken a moment later.
func (s *Server) startOnFreePort() error {
	const tries = 5
	var failed error
	for range tries {
		port, err := freePort()
		if err != nil {
			return err
		}
		s.cluster.port = port
		s.base = s.cluster.address()
		if failed = s.cluster.start(); failed == nil {
			failed = s.ready()
		}
		if failed == nil {
			return nil
		}
		_ = s.cluster.stop() // it may be half up; the next try starts afresh
	}
	return fmt.Errorf("PostgreSQL didn't start: %w", failed)
}

// close stops an own server and removes its files; an external one is left.
func (s *Server) close() error {
	if s.cluster == nil {
		return nil
	}
	return errors.Join(s.cluster.stop(), s.cluster.remove())
}
