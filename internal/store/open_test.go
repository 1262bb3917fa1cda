package store_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ramure/internal/problem"
	"ramure/internal/store"
)

func TestOpenMakesPrivateFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "à 100 % ?#&=.db")
	s := open(t, "sqlite:"+path, store.Options{})
	if err := s.Found(t.Context(), store.Deployment{BaseURL: "x", KeyCheck: []byte("y"), CreatedAt: time.Now()}); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{path, path + "-wal", path + "-shm"} {
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); mode != 0o600 {
			t.Errorf("%s has mode %o", filepath.Base(file), mode)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ url, says string }{
		"another engine":      {"mysql://localhost/ramure", "mysql"},
		"nothing":             {"", "are known"},
		"no path":             {"sqlite:", "path of a file"},
		"memory":              {"sqlite::memory:", "path of a file"},
		"missing folder":      {"sqlite:" + filepath.Join(t.TempDir(), "none", "x.db"), "no such file"},
		"simple protocol":     {"postgres://127.0.0.1/x?default_query_exec_mode=simple_protocol", "simple protocol"},
		"unreadable settings": {"postgres://127.0.0.1:port/x", "parse"},
	} {
		_, err := store.Open(t.Context(), c.url, store.Options{Now: time.Now, IssuerDID: func(string) string { return "" }})
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := store.Open(t.Context(), "sqlite:x.db", store.Options{}); err == nil {
		t.Error("no clock: got no error")
	}
}

func TestOpenWithoutServer(t *testing.T) {
	t.Parallel()
	_, err := store.Open(t.Context(), "postgres://ramure:secret@127.0.0.1:1/ramure?sslmode=disable",
		store.Options{Now: time.Now, IssuerDID: func(string) string { return "" }})
	if !problem.Is(err, problem.Unavailable) || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v", err)
	}
}

func TestClockSkew(t *testing.T) {
	t.Parallel()
	onEachEngine(t, func(t *testing.T, url func(*testing.T) string) {
		slow := func() time.Time { return time.Now().Add(-2 * time.Hour) }
		s := open(t, url(t), store.Options{Now: time.Now})
		skew, known, err := s.ClockSkew(t.Context(), slow)
		if err != nil {
			t.Fatal(err)
		}
		want := 2 * time.Hour
		if s.Engine() == "sqlite" {
			want = 0
		}
		if skew.Round(time.Hour) != want || known != (want > 0) {
			t.Errorf("got %s, want %s; known: %t", skew, want, known)
		}
	})
}
