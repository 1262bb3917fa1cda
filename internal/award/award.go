package award

import "time"

// ID is the public id of an award and of its credential: 128 random bits as 22
// base64url characters.
type ID string

// Person is a recipient as the venue names them.
type Person struct {
	GivenName  string
	FamilyName string
	Email      string // optional
	Ref        string // the venue's own reference, optional; unique in the venue
	BirthYear  int    // 0 when unknown
	Over15     bool   // the venue vouches that the person is 15 or more
}

// Holder is the record of one person at one venue.
type Holder struct {
	Person
	Subject string // urn:uuid, the pairwise subject id of (holder, issuer)
}

// Consent is the recorded agreement to show the name on the public page.
type Consent struct {
	By  string
	At  time.Time
	How string
}

// Evidence is what was produced to earn the award.
type Evidence struct {
	Name      string
	URL       string
	Narrative string
}

// Order is a request to award an achievement to a person.
type Order struct {
	Key         string   // idempotency key, unique in the venue
	Fingerprint [32]byte // of the request's meaning: the same key with another one is a conflict
	Achievement AchievementID
	Recipient   Person
	ShowName    bool
	Consent     *Consent
	Level       string // id of a level of the achievement, or empty
	Evidence    []Evidence
	AwardedOn   string     // calendar day, 2006-01-02; empty for today
	ValidFrom   *time.Time // nil for now
	ValidUntil  *time.Time // nil for the achievement's own duration
}

// Slot is one index of one status list, reserved for one credential.
type Slot struct {
	List  int // public number of the list: /status/{n}
	Index int
}

// Record is everything that one award writes, in one transaction.
type Record struct {
	ID          ID
	Key         string
	Fingerprint [32]byte
	Achievement AchievementID
	Version     int
	Holder      Holder
	Level       string
	AwardedOn   string
	ValidFrom   time.Time
	ValidUntil  *time.Time
	ShowName    bool
	Consent     *Consent
	NameSalt    string   // 128 bits, hexadecimal; secret while the name is hidden
	CommitSalt  [32]byte // opens the log leaf
	DocHash     [32]byte // SHA-256 of the canonical form without its proof
	Thumbprint  string   // of the key that made the proof
	Document    []byte   // the signed bytes, exactly
	Slot        Slot
	Leaf        []byte // translog leaf of kind issue
	IssuedAt    time.Time
	IssuedBy    string
}

// Receipt answers an order: the same for every repetition of its key.
type Receipt struct {
	ID         ID
	DocHash    [32]byte
	IssuedAt   time.Time
	ValidFrom  time.Time
	ValidUntil *time.Time
	Replayed   bool // true when the key had been answered before
}

// Revocation takes an award back, for good.
type Revocation struct {
	At     time.Time
	By     string
	Reason string
}

// Stored is an award as it is read back, with what happened to it since.
type Stored struct {
	Record
	Venue      string // slug of the issuing venue
	Revocation *Revocation
	LeafIndex  *int64 // nil while the leaf waits for the sequencer
}

// Query asks for a page of a venue's awards, newest first.
type Query struct {
	Cursor string     // opaque, from the page before; empty for the first
	Since  *time.Time // issued at or after
	Status string     // valid, expired, notYetValid, revoked; empty for all
	Now    time.Time  // against which status is judged
	Limit  int
}
