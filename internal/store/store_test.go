package store_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"ramure/internal/store"
	"ramure/internal/store/pgtest"
	"ramure/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Run(m)) }

func TestConformance(t *testing.T) {
	onEachEngine(t, func(t *testing.T, url func(*testing.T) string) {
		storetest.Run(t, func(t *testing.T) storetest.Open {
			address := url(t)
			return func() *store.Store { return open(t, address, store.Options{}) }
		})
	})
}

// onEachEngine runs a test for SQLite and for PostgreSQL; url makes an empty
// database.
func onEachEngine(t *testing.T, test func(t *testing.T, url func(*testing.T) string)) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "ramure.db") })
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		server := quick(t)
		test(t, func(t *testing.T) string { return server.Database(t) })
	})
}

// quick is the server that was named, or one that does not wait for its disk:
// these tests are about what is written, not about what a power cut leaves.
func quick(t *testing.T) *pgtest.Server {
	if os.Getenv("RAMURE_TEST_POSTGRES") != "" {
		return pgtest.Start(t)
	}
	return pgtest.New(t, pgtest.Options{NoSync: true})
}

// connect opens an instance without looking at its schema.
func connect(t *testing.T, url string, options store.Options) *store.Store {
	t.Helper()
	if options.Now == nil {
		options.Now = time.Now
	}
	options.IssuerDID = func(slug string) string { return "did:web:example.org:issuers:" + slug }
	s, err := store.Open(t.Context(), url, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// open opens an instance and brings the schema up to date.
func open(t *testing.T, url string, options store.Options) *store.Store {
	t.Helper()
	s := connect(t, url, options)
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}
