package main

import (
	"fmt"

	"ramure/internal/app"
	"ramure/internal/config"
)

type migrateCommand struct {
	Up     migrateUp     `cmd:"" help:"Bring the schema up to date."`
	Status migrateStatus `cmd:"" help:"Show where the schema is."`
}

// Help adds an example.
func (migrateCommand) Help() string {
	return "Example:\n\n    ramure migrate status\n    ramure migrate up"
}

type migrateUp struct {
	config.Config `embed:"" group:"settings"`
}

// Help adds an example.
func (*migrateUp) Help() string {
	return "With nothing to do it does nothing. The service does the same at its start; several may do it at once.\n\n" +
		"Example:\n\n    ramure migrate up"
}

// Run applies what is missing.
func (c *migrateUp) Run(s *session) error {
	if err := complete(&c.Config); err != nil {
		return err
	}
	if err := app.Migrate(s, c.Config, s.quiet()); err != nil {
		return err
	}
	fmt.Fprintln(s.stderr, "The schema is up to date.")
	return nil
}

type migrateStatus struct {
	config.Config `embed:"" group:"settings"`
}

// Help adds an example.
func (*migrateStatus) Help() string {
	return "Prints two lines: the number of the last step taken, and that of the last step that this program knows.\n\n" +
		"Example:\n\n    ramure migrate status"
}

// Run prints both numbers.
func (c *migrateStatus) Run(s *session) error {
	if err := complete(&c.Config); err != nil {
		return err
	}
	schema, err := app.Migrations(s, c.Config, s.quiet())
	if err != nil {
		return err
	}
	fmt.Fprintf(s.stdout, "current\t%d\nlatest\t%d\n", schema.Current, schema.Latest)
	if schema.Current < schema.Latest {
		fmt.Fprintln(s.stderr, "Run `ramure migrate up`, or start the service, which does it.")
	}
	return nil
}
