package app

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"ramure/internal/translog"
)

// mirror is the folder of an exported log. Each file is whole or absent, also
// after a power cut: written aside, flushed, renamed.
type mirror struct {
	root    *os.Root
	changed map[string]bool // folders with new names, not flushed yet
}

func openMirror(dir string) (*mirror, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	return &mirror{root: root, changed: map[string]bool{}}, err
}

func (m *mirror) close() error { return m.root.Close() }

// has reports whether a tile is there, whole as far as its length tells: what
// is in place was proven before it was written.
func (m *mirror) has(t translog.Tile) bool {
	info, err := m.root.Stat(t.Path())
	switch {
	case err != nil || !info.Mode().IsRegular():
		return false
	case t.Entries:
		return info.Size() > 0
	}
	return info.Size() == int64(t.Width)*int64(len(translog.Hash{}))
}

// put writes a file by its path in the folder.
func (m *mirror) put(name string, data []byte) error {
	folder := path.Dir(name)
	if err := m.root.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	aside, err := m.aside(data)
	if err != nil {
		return err
	}
	if err := m.root.Rename(aside, name); err != nil {
		return errors.Join(err, m.root.Remove(aside))
	}
	for ; folder != "."; folder = path.Dir(folder) {
		m.changed[folder] = true
	}
	m.changed["."] = true
	return nil
}

// aside writes a file that anybody may read under a name of its own. A run that
// is killed may leave one behind.
func (m *mirror) aside(data []byte) (name string, err error) {
	file, err := os.CreateTemp(m.root.Name(), ".export-*")
	if err != nil {
		return "", err
	}
	name = filepath.Base(file.Name())
	_, err = file.Write(data)
	if err == nil {
		err = file.Chmod(0o644)
	}
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return "", errors.Join(err, m.root.Remove(name))
	}
	return name, nil
}

// settle makes the names of all files put so far survive a power cut.
func (m *mirror) settle() error {
	for folder := range m.changed {
		opened, err := m.root.Open(folder)
		if err != nil {
			return err
		}
		if err := errors.Join(opened.Sync(), opened.Close()); err != nil {
			return err
		}
		delete(m.changed, folder)
	}
	return nil
}

// tidy removes the partial tiles of those that are full by now, as the
// specification allows: a mirror that is refreshed each minute would keep
// hundreds of each.
func (m *mirror) tidy() error {
	var spent []string
	err := fs.WalkDir(m.root.FS(), "tile", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil // a log without leaves
		case err != nil || !entry.IsDir() || !strings.HasSuffix(name, ".p"):
			return err
		}
		if full, err := translog.ParseTilePath(strings.TrimSuffix(name, ".p")); err == nil && m.has(full) {
			spent = append(spent, name)
		}
		return fs.SkipDir
	})
	for _, name := range spent {
		err = errors.Join(err, m.root.RemoveAll(name))
	}
	return err
}
