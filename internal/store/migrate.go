package store

import (
	"context"
	"io/fs"
	"strconv"

	"github.com/pressly/goose/v3"

	"ramure/internal/problem"
)

// Schema says where the database stands: the number of its last step, and that
// of the last step that this program knows.
type Schema struct {
	Current int64
	Latest  int64
}

// Migrate takes every step that is missing. Several instances may call it at
// once. A schema newer than the program is a problem.Conflict, and nothing is
// touched: goose would not notice.
func (s *Store) Migrate(ctx context.Context) error {
	steps, err := s.provider()
	if err != nil {
		return failed("prepare the migration", err)
	}
	if _, err := s.schema(ctx, steps); err != nil {
		return err
	}
	if err := s.climb(ctx, steps); err != nil {
		return failed("migrate the schema", err)
	}
	_, err = s.schema(ctx, steps) // a newer program may have been quicker
	return err
}

// Status reads where the schema stands; problem.Conflict when it is newer than
// the program, with the numbers.
func (s *Store) Status(ctx context.Context) (Schema, error) {
	steps, err := s.provider()
	if err != nil {
		return Schema{}, failed("prepare the migration", err)
	}
	return s.schema(ctx, steps)
}

func (s *Store) provider() (*goose.Provider, error) {
	folder, err := fs.Sub(s.dialect.steps, s.dialect.name)
	if err != nil {
		return nil, err
	}
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	if s.dialect.locker != nil {
		options = append(options, goose.WithSessionLocker(s.dialect.locker))
	}
	return goose.NewProvider(s.dialect.goose, s.writer.DB, folder, options...)
}

func (s *Store) schema(ctx context.Context, steps *goose.Provider) (Schema, error) {
	current, err := steps.GetDBVersion(ctx)
	if err != nil {
		return Schema{}, failed("read the version of the schema", err)
	}
	sources := steps.ListSources()
	found := Schema{Current: current, Latest: sources[len(sources)-1].Version}
	if found.Current > found.Latest {
		return found, problem.New(problem.Conflict, keyNewer).
			With("found", strconv.FormatInt(found.Current, 10)).
			With("known", strconv.FormatInt(found.Latest, 10))
	}
	return found, nil
}

// climb takes the missing steps. Without a lock between processes (SQLite has
// but the file's), a step that fails may have been taken by another one at the
// same moment: it is tried again as long as somebody makes progress.
func (s *Store) climb(ctx context.Context, steps *goose.Provider) error {
	last := int64(-1)
	for {
		_, err := steps.Up(ctx)
		if err == nil {
			return nil
		}
		current, failure := steps.GetDBVersion(ctx)
		if failure != nil || current == last {
			return err
		}
		last = current
	}
}
