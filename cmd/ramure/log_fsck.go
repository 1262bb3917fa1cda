package main

import (
	"fmt"

	"ramure/internal/app"
	"ramure/internal/config"
)

type logFsck struct {
	config.Config `embed:"" group:"settings"`
}

// Help adds an example.
func (*logFsck) Help() string {
	return "Each leaf, node, checkpoint and head is computed anew, then all that the log speaks of: every badge's " +
		"signature, hash and leaf, revocations, status lists, achievements, keys. It prints a line for each row that is " +
		"not what the others say, then what was read, and ends with 0 when all is sound and with 1 otherwise. Nothing is " +
		"changed; it works beside a running service, and on a copy of the database. With the master key the seals of the " +
		"keys are opened too.\n\n" +
		"Example:\n\n    ramure log fsck"
}

// Run prints the differences and the counts.
func (c *logFsck) Run(s *session) error {
	if err := complete(&c.Config); err != nil {
		return err
	}
	done, err := app.Fsck(s, c.Config, s.quiet())
	if err != nil {
		return err
	}
	for _, f := range done.Findings {
		fmt.Fprintln(s.stdout, printable(f.String()))
	}
	printCounts(s, done)
	if done.Closed {
		fmt.Fprintln(s.stderr, "The seals of the keys were not opened: no master key was given.")
	}
	if done.Found > 0 {
		fmt.Fprintf(s.stderr, "%d differences: what is stored contradicts itself.\n", done.Found)
		return exit(failed)
	}
	return nil
}

// printCounts says what was read, one count on each line.
func printCounts(s *session, done app.Fscked) {
	for _, count := range []struct {
		name string
		rows int64
	}{
		{"leaves", done.Rows.Leaves}, {"nodes", done.Log.Nodes}, {"checkpoints", done.Log.Checkpoints},
		{"venues", done.Rows.Venues}, {"keys", done.Rows.Keys}, {"achievements", done.Rows.Versions},
		{"lists", done.Rows.Lists}, {"awards", done.Rows.Awards}, {"jwts", done.Rows.JWTs},
		{"revocations", done.Rows.Revocations}, {"differences", done.Found},
	} {
		fmt.Fprintf(s.stdout, "%s\t%d\n", count.name, count.rows)
	}
}
