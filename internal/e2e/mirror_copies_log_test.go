package e2e

import (
	"bytes"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ramure/internal/app"
	"ramure/internal/config"
	"ramure/internal/translog"
)

// A mirror is brought up to date now and then: every address that the service
// answers is a file of it, what is full is written once, and what is there is
// never rolled back.
func TestMirrorCopiesLog(t *testing.T) {
	t.Parallel()
	s := start(t, "sqlite")
	db := openRaw(t, s.Config.DatabaseURL)
	dir := filepath.Join(t.TempDir(), "www", "log")
	m := &mirrored{T: t, site: s, dir: dir}
	grow := func(from, count int) {
		t.Helper()
		s.writeLeaves(db, from, count)
		m.must(s.Log.Drain(t.Context()))
	}

	grow(0, 700)
	if first := m.export(); first.Size != 700 || first.Written != 3+3+1 || first.Kept != 0 {
		t.Errorf("first export: %+v", first)
	}
	m.serves()
	full := m.info("tile/0/001")

	grow(700, 100)
	if second := m.export(); second.Size != 800 || second.Written != 2+2+1 || second.Kept != 2+2 {
		t.Errorf("second export: %+v", second)
	}
	m.serves()
	if again := m.info("tile/0/001"); !os.SameFile(full, again) || !again.ModTime().Equal(full.ModTime()) {
		t.Error("a full tile was written again")
	}
	if _, err := os.Stat(filepath.Join(dir, "tile/0/002.p")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("partial tiles of a full one are still there: %v", err)
	}

	// Somebody took a tile away, and cut another short.
	m.must(os.Remove(filepath.Join(dir, "tile/entries/000")))
	m.must(os.Truncate(filepath.Join(dir, "tile/0/000"), 100))
	if mended := m.export(); mended.Written != 2 {
		t.Errorf("mending export: %+v", mended)
	}
	m.serves()

	// An export that was killed leaves no checkpoint: nothing it left is believed.
	m.must(os.Remove(filepath.Join(dir, "checkpoint")))
	m.must(os.WriteFile(filepath.Join(dir, "tile/0/001"), make([]byte, 8192), 0o600))
	if whole := m.export(); whole.Kept != 0 {
		t.Errorf("export without a checkpoint: %+v", whole)
	}
	m.serves()
}

// The database was restored from an old backup: the mirror remembers what it
// has forgotten, and is left as it is.
func TestMirrorIsNotRolledBack(t *testing.T) {
	t.Parallel()
	s := start(t, "sqlite")
	db := openRaw(t, s.Config.DatabaseURL)
	m := &mirrored{T: t, site: s, dir: filepath.Join(t.TempDir(), "log")}
	s.writeLeaves(db, 0, 10)
	m.must(s.Log.Drain(t.Context()))
	backup := filepath.Join(t.TempDir(), "backup.db")
	if _, err := db.ExecContext(t.Context(), `VACUUM INTO '`+backup+`'`); err != nil {
		t.Fatal(err)
	}
	s.writeLeaves(db, 10, 10)
	m.must(s.Log.Drain(t.Context()))
	m.export()
	shown := m.read("checkpoint")

	old := s.Config
	old.DatabaseURL = "sqlite:" + backup
	if _, err := m.exportFrom(old); !errors.Is(err, translog.ErrDiverged) || !strings.Contains(err.Error(), "20 leaves and the database 10") {
		t.Errorf("an older database: %v", err)
	}
	// It issues again, and has as many leaves, of another history.
	again := openRaw(t, old.DatabaseURL)
	s.writeLeaves(again, 50, 15)
	core, err := app.Open(t.Context(), old, quietEnv())
	m.must(err)
	m.must(core.Log.Drain(t.Context()))
	m.must(core.Close())
	if _, err := m.exportFrom(old); err == nil || !strings.Contains(err.Error(), "does not continue") {
		t.Errorf("another history: %v", err)
	}
	if !bytes.Equal(m.read("checkpoint"), shown) {
		t.Error("the mirror was changed")
	}
}

// mirrored is a folder to which a log is exported.
type mirrored struct {
	*testing.T
	site *site
	dir  string
}

func (m *mirrored) must(err error) {
	m.Helper()
	if err != nil {
		m.Fatal(err)
	}
}

func (m *mirrored) export() app.Exported {
	m.Helper()
	done, err := m.site.ExportLog(m.Context(), m.dir)
	m.must(err)
	return done
}

func (m *mirrored) exportFrom(c config.Config) (app.Exported, error) {
	m.Helper()
	core, err := app.Open(m.Context(), c, quietEnv())
	m.must(err)
	defer core.Close()
	return core.ExportLog(m.Context(), m.dir)
}

func (m *mirrored) read(name string) []byte {
	m.Helper()
	data, err := os.ReadFile(filepath.Join(m.dir, filepath.FromSlash(name)))
	m.must(err)
	return data
}

func (m *mirrored) info(name string) fs.FileInfo {
	m.Helper()
	info, err := os.Stat(filepath.Join(m.dir, filepath.FromSlash(name)))
	m.must(err)
	return info
}

// serves compares every file with what the service answers at its address, and
// asks that none is missing and that anybody may read them.
func (m *mirrored) serves() {
	m.Helper()
	head, err := translog.ParseCheckpoint(m.read("checkpoint"))
	m.must(err)
	wanted := map[string]bool{"checkpoint": true, "policy": true}
	for _, tile := range translog.NewTiles(0, head.Size) {
		wanted[tile.Path()] = true
	}
	m.must(fs.WalkDir(os.DirFS(m.dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if served := m.site.get("/log/"+name, "*/*", http.StatusOK).Body; !bytes.Equal(served, m.read(name)) {
			m.Errorf("%s is not what is served", name)
		}
		if mode := m.info(name).Mode().Perm(); mode != 0o644 {
			m.Errorf("%s has mode %o", name, mode)
		}
		delete(wanted, name)
		return nil
	}))
	if len(wanted) != 0 {
		m.Errorf("missing: %v", wanted)
	}
}
