package pgtest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5/pgconn"
)

// Keep starts a server on a folder that stays: the cluster of another run is
// taken up again, and one that isn't there is made. It is for data that takes
// long to make. Stop it when it has done its work; databases are made on it
// with Create.
func Keep(folder string, options Options) (*Server, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return nil, err
	}
	c, err := kept(folder, options)
	if err != nil {
		return nil, err
	}
	server := &Server{cluster: c}
	return server, server.startOnFreePort()
}

// kept finds the cluster of a folder, or makes it.
func kept(folder string, options Options) (*cluster, error) {
	c := &cluster{folder: folder, settings: settings(options)}
	var err error
	if c.programs, err = binaries(); err != nil {
		return nil, err
	}
	if c.owner, err = unprivileged(); err != nil {
		return nil, err
	}
	password, err := os.ReadFile(filepath.Join(folder, "password"))
	if err == nil {
		c.password = string(password)
		return c, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make the cluster's folder: %w", err)
	}
	return c, c.initdb()
}

// Create makes an empty database under a name that a program chose, unless it
// is there already, and returns its URL.
func (s *Server) Create(name string) (string, error) {
	err := s.exec("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'")
	if err != nil && !isThere(err) {
		return "", err
	}
	return s.URL(name), nil
}

// isThere recognises "duplicate_database" (PostgreSQL, appendix A).
func isThere(err error) bool {
	var refused *pgconn.PgError
	return errors.As(err, &refused) && refused.Code == "42P04"
}
