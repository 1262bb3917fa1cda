package award

import (
	"context"
	"time"

	"ramure/internal/keyring"
	"ramure/internal/mediation"
	"ramure/internal/translog"
)

// Ledger is what Audit reads: all rows there are, the wrong ones too, as one
// snapshot. A row that should stand beside another and is missing leaves its
// fields empty; an instant or a hash that can't be read any more is zero. Each
// method hands its rows on one at a time, and ends at the first error of do.
type Ledger interface {
	Venues(ctx context.Context, do func(VenueRow) error) error
	// Keys gives all signing keys; those of the deployment have no issuer.
	Keys(ctx context.Context, do func(keyring.Sealed) error) error
	// Versions gives each achievement's versions in their order, the rows of an
	// achievement together; one without versions comes as version 0.
	Versions(ctx context.Context, do func(VersionRow) error) error
	Lists(ctx context.Context, do func(ListRow) error) error
	// Slots gives the indexes of a list that awards have.
	Slots(ctx context.Context, number int, do func(SlotRow) error) error
	// Leaves gives the leaves of the log by their place, then those that wait.
	Leaves(ctx context.Context, do func(LeafRow) error) error
	Awards(ctx context.Context, do func(AwardRow) error) error
	// Erased counts the awards of which only a public id is left.
	Erased(ctx context.Context) (int64, error)
	// Misfits tells the rows that break the rules of the tables themselves: a
	// reference to nothing, a key that says another instant than its row.
	Misfits(ctx context.Context, do func(Finding) error) error
}

// VenueRow is a venue with what is derived from its name.
type VenueRow struct {
	mediation.Venue
	Folded string
}

// VersionRow is one version of an achievement.
type VersionRow struct {
	Achievement
	Latest  int       // version that the achievement's row names
	FirstAt time.Time // creation in the achievement's row
	Exact   bool      // the definition holds the members that we write, and no other
}

// ListRow is a status list; its Revoked are told by Slots.
type ListRow struct {
	StatusList
	Key       []byte // of the permutation
	Size      int
	Next      int64 // counter of the next index
	ValidFrom time.Time
	CreatedAt time.Time
}

// SlotRow is an index of a list.
type SlotRow struct {
	Index   int
	Revoked bool // its award has a revocation
}

// LeafRow is a leaf of the log.
type LeafRow struct {
	Index     *int64 // nil while it waits
	Kind      translog.Kind
	Data      []byte
	Hash      translog.Hash
	CreatedAt time.Time
	Linked    bool // it names an award
}

// AwardRow is an award with every row that stands by it.
type AwardRow struct {
	Stored
	AchievementVenue string // slugs that the other rows lead to
	HolderVenue      string
	LeafAt           time.Time // creation of the issue leaf
	Revoke           []byte    // revoke leaf, nil without one
	RevokeAt         time.Time
	JWT              string // kept VC-JWT, empty without one
	JWTKey           string // thumbprint beside it
}

// Finding is one row that is not what everything else says it must be.
type Finding struct {
	Table  string
	Row    string // by its public name where it has one
	Detail string
}

// String writes the finding for a terminal.
func (f Finding) String() string { return f.Table + " " + f.Row + ": " + f.Detail }
