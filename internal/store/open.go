package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"ramure/internal/freshness"
)

// Options are what the store needs besides its address.
type Options struct {
	// Now is the clock of every instant that the store writes by itself.
	Now func() time.Time
	// Rand feeds row keys; crypto/rand when nil.
	Rand io.Reader
	// IssuerDID gives the DID of the venue of a slug, for the leaf that AddKey
	// writes: without it, AddKey refuses the keys of issuers.
	IssuerDID func(slug string) string
	// Timeout bounds any one call, waiting for a connection included; 15 s
	// when zero.
	Timeout time.Duration
	// Connections bounds the pool of connections; 16 when zero. A SQLite file
	// has fewer: reading it is work of this process. Follow has one of its own.
	Connections int
}

// Store is the database. Its methods may be called by many goroutines.
type Store struct {
	dialect   dialect
	writer    pool // transactions; one connection on SQLite
	reader    pool // reads; the same as the writer on PostgreSQL
	now       func() time.Time
	rand      io.Reader
	issuerDID func(slug string) string
	timeout   time.Duration
	// commit runs statements in one transaction, without translating errors.
	commit  func(ctx context.Context, list []statement) error
	changes *freshness.Sequence
	kept    kept
	grounds grounds
}

const (
	defaultTimeout     = 15 * time.Second
	defaultConnections = 16
)

// Open connects to `sqlite:<path>` or `postgres://…`. A SQLite file is made
// when it is missing, readable by its owner alone. The schema is not looked at:
// call Migrate next.
func Open(ctx context.Context, url string, options Options) (*Store, error) {
	if options.Now == nil {
		return nil, errors.New("open store: a clock is needed")
	}
	s := &Store{now: options.Now, rand: options.Rand, issuerDID: options.IssuerDID, timeout: options.Timeout,
		changes: freshness.NewSequence(options.Now)}
	s.kept = keep(s)
	if s.rand == nil {
		s.rand = rand.Reader
	}
	if s.timeout <= 0 {
		s.timeout = defaultTimeout
	}
	connections := options.Connections
	if connections <= 0 {
		connections = defaultConnections
	}
	connections++ // the one of Follow
	if err := s.connect(url, connections); err != nil {
		return nil, failed("open store", err)
	}
	if err := s.Ping(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) connect(url string, connections int) (err error) {
	scheme, rest, _ := strings.Cut(url, ":")
	switch scheme {
	case "sqlite":
		s.dialect = sqliteDialect()
		s.writer, s.reader, err = openSQLite(rest, connections)
		s.commit = s.collect(fileCommitter{s.writer, newJoiner()}, 1)
	case "postgres", "postgresql":
		s.dialect = postgresDialect()
		s.writer, err = openPostgres(url, connections)
		s.reader = s.writer
		s.commit = s.collect(serverCommitter{s.writer, newJoiner()}, commitsAtOnce())
	default:
		err = fmt.Errorf("the database URL begins with %q; sqlite: and postgres:// are known", scheme)
	}
	return err
}

func (s *Store) collect(engine committer, most int) func(context.Context, []statement) error {
	return (&collector{engine: engine, timeout: s.timeout, most: most}).apply
}

// Ping asks whether the database answers: problem.Unavailable when it does not.
func (s *Store) Ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	return failed("reach the database", s.reader.PingContext(ctx))
}

// Close ends the pools, after the calls that are under way.
func (s *Store) Close() error {
	err := s.writer.Close()
	if s.reader.DB != s.writer.DB {
		err = errors.Join(err, s.reader.Close())
	}
	return err
}

// Engine names the database for the log: sqlite or postgres.
func (s *Store) Engine() string { return s.dialect.name }
