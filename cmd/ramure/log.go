package main

import (
	"fmt"

	"ramure/internal/app"
	"ramure/internal/award"
	"ramure/internal/config"
)

type logCommand struct {
	Proof logProof `cmd:"" help:"Print the proof that a badge is in the log. Example: ramure log proof ID > badge.tlog-proof"`
}

type logProof struct {
	config.Config `embed:""`
	ID            string `arg:"" help:"Id of the badge, the last part of its address."`
}

// Run prints the proof as c2sp.org/tlog-proof@v1 text.
func (c *logProof) Run(s *session) error {
	return s.withCore(c.Config, func(core *app.Core) error {
		proof, err := core.Award.Proof(s, award.ID(c.ID))
		if err != nil {
			return err
		}
		_, err = fmt.Fprint(s.stdout, string(proof))
		return err
	})
}
