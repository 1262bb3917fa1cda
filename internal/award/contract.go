package award

import (
	"context"
	"errors"
	"time"

	"ramure/internal/mediation"
	"ramure/internal/scope"
)

// Achievements is what this act asks of the store about achievements. Scoped
// methods answer problem.NotFound for another venue's rows, as for missing ones.
type Achievements interface {
	// AddAchievement stores version 1 and its log leaf.
	AddAchievement(ctx context.Context, s scope.Scope, a Achievement, leaf []byte) error
	// AddVersion stores the next version and its log leaf; problem.Conflict
	// when that version exists already.
	AddVersion(ctx context.Context, s scope.Scope, a Achievement, leaf []byte) error
	// Withdraw records the withdrawal once; problem.Conflict the second time.
	Withdraw(ctx context.Context, s scope.Scope, id AchievementID, w Withdrawal) error
	// Achievement gives the latest version, as it was up to a second ago when
	// another instance has changed it: RecordAward knows better.
	Achievement(ctx context.Context, s scope.Scope, id AchievementID) (Achievement, error)
	// Achievements lists latest versions, newest first, from an opaque cursor;
	// next is empty on the last page.
	Achievements(ctx context.Context, s scope.Scope, cursor string, limit int) (items []Achievement, next string, err error)
	// PublicAchievement gives one version to anybody; version 0 is the latest.
	PublicAchievement(ctx context.Context, id AchievementID, version int) (Achievement, error)
	// PublicAchievements lists what a venue offers, withdrawn ones left out.
	PublicAchievements(ctx context.Context, venue string, limit int) ([]Achievement, error)
}

// Awards is what this act asks of the store about awards.
type Awards interface {
	// Answered gives the receipt that a key was answered with and the
	// fingerprint of its order; problem.NotFound for a new key.
	Answered(ctx context.Context, s scope.Scope, key string) (Receipt, [32]byte, error)
	// Holder finds the record of a venue's reference; problem.NotFound.
	Holder(ctx context.Context, s scope.Scope, ref string) (Holder, error)
	// Holders finds the records of a venue's references, those that there are.
	Holders(ctx context.Context, s scope.Scope, refs []string) ([]Holder, error)
	// RecordAward writes everything in one transaction, or nothing. When the
	// key was answered meanwhile it answers that receipt, or problem.Conflict
	// for another fingerprint. ErrHolderMoved asks for a new signature, since
	// another order created the holder of that reference with another subject.
	// problem.Conflict (error.holder.name) when the reference has another name.
	RecordAward(ctx context.Context, s scope.Scope, r Record) (Receipt, error)
	// RecordAwards writes many awards, each as RecordAward would, and answers
	// what became of each, in their order. A bad record is refused alone. With an
	// error the database failed on the way: the outcome of each record that it
	// left undecided has that error too.
	RecordAwards(ctx context.Context, s scope.Scope, records []Record) ([]Outcome, error)
	// Awards gives a page of the venue's awards and the next cursor.
	Awards(ctx context.Context, s scope.Scope, q Query) (items []Stored, next string, err error)
	// Award gives one award of the venue.
	Award(ctx context.Context, s scope.Scope, id ID) (Stored, error)
	// PublicAward gives one award to anybody who has its id; problem.NotFound,
	// or problem.Gone once erased.
	PublicAward(ctx context.Context, id ID) (Stored, error)
	// PublicDocument gives the signed bytes of an award alone; it fails like
	// PublicAward.
	PublicDocument(ctx context.Context, id ID) ([]byte, error)
	// JWT gives the kept VC-JWT of an award; problem.NotFound before the first.
	JWT(ctx context.Context, id ID) (string, error)
	// KeepJWT keeps the first VC-JWT made and answers the one that was kept.
	KeepJWT(ctx context.Context, id ID, jwt, thumbprint string, at time.Time) (string, error)
}

// StatusList is a status list as it is stored.
type StatusList struct {
	Number     int
	Venue      string // slug of the issuer; a list never serves two
	Revoked    []int  // indexes whose bit is set, ascending
	Document   []byte // signed bytes, nil before the first signature
	ValidUntil time.Time
	Signatures int64 // how often it was signed; grows with every version
}

// SignedList is a new signature of a status list, with its log leaf.
type SignedList struct {
	Document   []byte
	ValidFrom  time.Time
	ValidUntil time.Time
	Leaf       []byte
}

// Resign makes the new signature of a list. It runs inside a transaction, so
// it must not touch the store: fetch the signer before.
type Resign func(StatusList) (SignedList, error)

// Block is a run of counters of one list, reserved for one process.
type Block struct {
	List  int
	Key   []byte // of the keyed permutation that turns counters into indexes
	First uint64
	Count int
}

// Statuses is what this act asks of the store about status lists.
type Statuses interface {
	// ReserveSlots takes up to count counters from the venue's open list;
	// problem.NotFound when none has room, so that AddStatusList is due.
	ReserveSlots(ctx context.Context, venue string, count int) (Block, error)
	// AddStatusList opens a new list for the venue with a permutation key and
	// its first signature; size is its number of entries.
	AddStatusList(ctx context.Context, venue string, key []byte, size int, sign Resign) error
	// RecordRevocation writes the revocation with its leaf, sets the bit and
	// signs the list anew, all in one transaction. The leaf is made from the
	// issue leaf's hash. problem.Conflict when it was revoked before.
	RecordRevocation(ctx context.Context, s scope.Scope, id ID, r Revocation, leaf []byte, sign Resign) error
	// StatusList gives a list by its public number; problem.NotFound.
	StatusList(ctx context.Context, number int) (StatusList, error)
	// ResignList signs a list anew, in one transaction, and answers it.
	ResignList(ctx context.Context, number int, sign Resign) (StatusList, error)
	// ListsEnding gives the numbers of the lists whose signature ends before t.
	ListsEnding(ctx context.Context, t time.Time) ([]int, error)
}

// Venues is what this act asks of the store about venues.
type Venues interface {
	// Venue gives a venue by its slug; problem.NotFound.
	Venue(ctx context.Context, slug string) (mediation.Venue, error)
}

// Store is all that this act asks of the store.
type Store interface {
	Achievements
	Awards
	Statuses
	Venues
}

// Outcome is what became of one record of many: a receipt, or why it has none.
type Outcome struct {
	Receipt Receipt
	Err     error
}

// ErrHolderMoved says that another order created the holder of the same
// reference after this one was signed: the subject inside the signed bytes is
// not theirs, so the order must be signed again.
var ErrHolderMoved = errors.New("award: the holder was created by another order")
