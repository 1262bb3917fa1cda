package app

import (
	"context"
	"errors"
	"fmt"
	"os"

	"ramure/internal/config"
	"ramure/internal/store"
)

// Migrate brings the schema up to date, without needing any key.
func Migrate(ctx context.Context, c config.Config, env Env) error {
	return withStore(ctx, c, env, func(s *store.Store) error { return s.Migrate(ctx) })
}

// Migrations tells where the schema is.
func Migrations(ctx context.Context, c config.Config, env Env) (schema store.Schema, err error) {
	err = withStore(ctx, c, env, func(s *store.Store) (err error) {
		schema, err = s.Status(ctx)
		return err
	})
	return schema, err
}

func withStore(ctx context.Context, c config.Config, env Env, work func(*store.Store) error) error {
	if err := os.MkdirAll(c.DataDir, 0o700); err != nil {
		return fmt.Errorf("make the data directory (RAMURE_DATA_DIR): %w", err)
	}
	s, err := store.Open(ctx, c.DatabaseURL, store.Options{Now: env.Now, Rand: env.Rand})
	if err != nil {
		return err
	}
	return errors.Join(work(s), s.Close())
}
