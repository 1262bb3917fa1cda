package store

import (
	"ramure/internal/auth"
	"ramure/internal/award"
	"ramure/internal/job"
	"ramure/internal/journal"
	"ramure/internal/keyring"
	"ramure/internal/network"
	"ramure/internal/standing"
	"ramure/internal/translog"
)

// What the store promises to the rooms that declared these interfaces.
var (
	_ award.Store         = (*Store)(nil)
	_ network.Store       = (*Store)(nil)
	_ auth.TokenStore     = (*Store)(nil)
	_ auth.Store          = (*Store)(nil)
	_ auth.Places         = (*Store)(nil)
	_ job.Store           = (*Store)(nil)
	_ journal.Writer      = (*Store)(nil)
	_ journal.Reader      = (*Store)(nil)
	_ keyring.Store       = (*Store)(nil)
	_ standing.Store      = (*Store)(nil)
	_ translog.Tx         = sequencing{}
	_ translog.Archive    = archive{}
	_ translog.NodeReader = (*Store)(nil)
	_ translog.LeafReader = (*Store)(nil)
)
