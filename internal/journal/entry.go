package journal

import (
	"context"
	"time"
)

// Act is what was done, as a noun and a verb in the past: role.given. The
// catalogues have a sentence for each (journal.<act>).
type Act string

// The acts that are entries of their own. Awards and revocations are read from
// their own records.
const (
	SessionOpened       Act = "session.opened"
	SessionEnded        Act = "session.ended"
	RoleGiven           Act = "role.given"
	RoleEnded           Act = "role.ended"
	InvitationMade      Act = "invitation.made"
	InvitationUsed      Act = "invitation.used"
	InvitationEnded     Act = "invitation.ended"
	AccountChanged      Act = "account.changed"
	AccountEnded        Act = "account.ended"
	AchievementDefined  Act = "achievement.defined"
	AchievementWithdrew Act = "achievement.withdrawn"
	SettingChanged      Act = "setting.changed"
	AwardIssued         Act = "award.issued"
	AwardRevoked        Act = "award.revoked"
)

// Entry is one line.
type Entry struct {
	At      time.Time
	Actor   string // "user:<id>", "token:<id>", "operator"
	Act     Act
	Venue   string // slug; empty when it concerns no venue
	Subject string // public id of what it was done to
	Detail  string // a few words more: a role, a way of signing in; never a name
	From    string // network of the caller; empty for the server's own shell
}

// Writer adds entries.
type Writer interface {
	WriteEntry(ctx context.Context, e Entry) error
}

// Question is what a reader asks for.
type Question struct {
	Venues []string // slugs; nil with All
	All    bool     // everything, entries of no venue too
	Actor  string   // empty for any
	Since  time.Time
	Until  time.Time // zero: now
	Cursor string    // of the page before; empty for the newest
	Limit  int       // at most 200
}

// Reader lists entries, newest first, with the cursor of the next page ("" at the
// end).
type Reader interface {
	Entries(ctx context.Context, q Question) ([]Entry, string, error)
}
