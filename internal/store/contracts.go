package store

import (
	"ramure/internal/auth"
	"ramure/internal/award"
	"ramure/internal/keyring"
	"ramure/internal/network"
	"ramure/internal/translog"
)

// What the store promises to the rooms that declared these interfaces.
var (
	_ award.Store         = (*Store)(nil)
	_ network.Store       = (*Store)(nil)
	_ auth.TokenStore     = (*Store)(nil)
	_ keyring.Store       = (*Store)(nil)
	_ translog.Tx         = sequencing{}
	_ translog.Archive    = archive{}
	_ translog.NodeReader = (*Store)(nil)
	_ translog.LeafReader = (*Store)(nil)
)
