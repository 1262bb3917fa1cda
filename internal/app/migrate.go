package app

import (
	"context"
	"errors"

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
	s, err := openStore(ctx, c, env)
	if err != nil {
		return err
	}
	return errors.Join(work(s), s.Close())
}
