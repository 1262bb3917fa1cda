package main

import (
	"fmt"

	"ramure/internal/app"
	"ramure/internal/config"
)

type logExport struct {
	config.Config `embed:"" group:"settings"`
	Dir           string `arg:"" help:"Folder that becomes a mirror of /log; made if it is missing."`
}

// Help adds an example.
func (*logExport) Help() string {
	return "The folder holds what the service answers below /log, for a static server or a mirror: checkpoint, policy and " +
		"tile/… (C2SP tlog-tiles). Run it again to bring it up to date: full tiles are not written twice, and the " +
		"checkpoint comes last. It refuses a folder of another log, or one that is ahead of the database.\n\n" +
		"Example:\n\n    ramure log export /srv/mirror/log"
}

// Run writes the files and says how many.
func (c *logExport) Run(s *session) error {
	return s.withCore(c.Config, func(core *app.Core) error {
		done, err := core.ExportLog(s, c.Dir)
		if err != nil {
			return fmt.Errorf("export the log: %w", err)
		}
		fmt.Fprintf(s.stdout, "leaves\t%d\nwritten\t%d\nkept\t%d\n", done.Size, done.Written, done.Kept)
		return nil
	})
}
