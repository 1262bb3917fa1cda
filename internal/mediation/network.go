package mediation

import "time"

// Network groups venues: regional, departmental, of a theme. It may be part of a
// larger one.
type Network struct {
	Slug      string // in addresses; never changes
	Name      string
	Parent    string // slug, empty for none
	CreatedAt time.Time
}
