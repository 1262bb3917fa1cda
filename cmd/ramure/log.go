package main

import (
	"fmt"

	"ramure/internal/app"
	"ramure/internal/award"
	"ramure/internal/config"
)

type logCommand struct {
	Proof  logProof  `cmd:"" help:"Print the proof that a badge is in the log."`
	Fsck   logFsck   `cmd:"" help:"Recompute the log and all that was issued from what is stored."`
	Export logExport `cmd:"" help:"Write the log as files, for a static server or a mirror."`
}

// Help adds an example.
func (logCommand) Help() string { return "Example:\n\n    ramure log proof ID > badge.tlog-proof" }

type logProof struct {
	config.Config `embed:"" group:"settings"`
	ID            string `arg:"" help:"Id of the badge, the last part of its address."`
}

// Help adds an example.
func (*logProof) Help() string {
	return "The proof is text in the form c2sp.org/tlog-proof@v1, the same as at /v/ID/proof. With it and the " +
		"log's policy, a badge is verified without any network.\n\n" +
		"Example:\n\n    ramure log proof aUp9V_EjKKbHPHkxhNx7TA > badge.tlog-proof\n" +
		"    ramure verify --offline --policy policy --proof badge.tlog-proof badge.json"
}

// Run prints the proof.
func (c *logProof) Run(s *session) error {
	return s.withCore(c.Config, func(core *app.Core) error {
		proof, err := core.Award.Proof(s, award.ID(c.ID))
		if err != nil {
			return missing(err, "error.award.unknown", "id", c.ID)
		}
		_, err = fmt.Fprint(s.stdout, string(proof))
		return err
	})
}
