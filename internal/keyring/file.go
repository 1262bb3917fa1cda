package keyring

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"ramure/internal/problem"
)

// maxKeyFile bounds what is read: a key is 44 characters and a line break.
const maxKeyFile = 1 << 10

// readKeyFile reads a regular file that nobody but its owner may read or write.
func readKeyFile(path string) ([]byte, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		cause := fmt.Errorf("there is no master key file at %s: put it back, or set RAMURE_MASTER_KEY: %w", path, err)
		return nil, problem.Wrap(problem.NotFound, "error.masterKey.missing", cause).With("path", path)
	}
	if err != nil {
		return nil, unreadable(path, err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, unreadable(path, err)
	}
	if !info.Mode().IsRegular() || info.Size() > maxKeyFile {
		return nil, unreadable(path, errors.New("it is not a small regular file"))
	}
	if open := info.Mode().Perm() & 0o077; open != 0 {
		cause := fmt.Errorf("the master key file %s may be read by others (mode %04o): chmod 600 %s", path, info.Mode().Perm(), path)
		return nil, problem.Wrap(problem.Invalid, "error.masterKey.permissions", cause).With("path", path)
	}
	text, err := io.ReadAll(io.LimitReader(file, maxKeyFile))
	if err != nil {
		return nil, unreadable(path, err)
	}
	return text, nil
}

func unreadable(path string, cause error) error {
	cause = fmt.Errorf("the master key file %s cannot be read or made: %w", path, cause)
	return problem.Wrap(problem.Unavailable, "error.masterKey.unreadable", cause).With("path", path)
}

// createMaster makes a key and its file. When another process makes one at the
// same moment, the file that is there first counts for both.
func createMaster(path string, rand io.Reader) (*Master, error) {
	var key [masterSize]byte
	defer clear(key[:])
	if _, err := io.ReadFull(rand, key[:]); err != nil {
		return nil, unreadable(path, err)
	}
	text := base64.StdEncoding.AppendEncode(nil, key[:])
	defer clear(text)
	if err := writeKeyFile(path, append(text, '\n')); err != nil {
		return nil, unreadable(path, err)
	}
	return LoadMaster(path, "")
}

// writeKeyFile puts the whole file in place or nothing: written aside, flushed to
// the disk, then linked, which unlike a rename does not replace a file.
func writeKeyFile(path string, text []byte) error {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	aside, err := writeAside(folder, text)
	if err != nil {
		return err
	}
	defer os.Remove(aside)
	if err := os.Link(aside, path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncFolder(folder)
}

func writeAside(folder string, text []byte) (name string, err error) {
	file, err := os.CreateTemp(folder, ".master-*.key") // mode 0600
	if err != nil {
		return "", err
	}
	_, err = file.Write(text)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return "", errors.Join(err, os.Remove(file.Name()))
	}
	return file.Name(), nil
}

// syncFolder makes the new name itself survive a power cut.
func syncFolder(folder string) error {
	directory, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(directory.Sync(), directory.Close())
}
