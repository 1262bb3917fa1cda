package main

import (
	"fmt"

	"ramure/internal/app"
	"ramure/internal/config"
)

type migrateCommand struct {
	Up     migrateUp     `cmd:"" help:"Bring the schema up to date. Example: ramure migrate up"`
	Status migrateStatus `cmd:"" help:"Show where the schema is. Example: ramure migrate status"`
}

type migrateUp struct {
	config.Config `embed:""`
}

// Run applies what is missing; with nothing to do it does nothing.
func (c *migrateUp) Run(s *session) error {
	if err := c.Complete(); err != nil {
		return err
	}
	if err := app.Migrate(s, c.Config, s.env); err != nil {
		return err
	}
	fmt.Fprintln(s.stderr, "The schema is up to date.")
	return nil
}

type migrateStatus struct {
	config.Config `embed:""`
}

// Run prints the number of the last step taken and of the last step known.
func (c *migrateStatus) Run(s *session) error {
	if err := c.Complete(); err != nil {
		return err
	}
	schema, err := app.Migrations(s, c.Config, s.env)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.stdout, "current\t%d\nlatest\t%d\n", schema.Current, schema.Latest)
	if schema.Current < schema.Latest {
		fmt.Fprintln(s.stderr, "Run `ramure migrate up`, or start the service, which does it.")
	}
	return nil
}
