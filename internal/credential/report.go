package credential

import (
	"slices"
	"time"
)

// Status is the outcome of one check.
type Status string

// The outcomes of a check.
const (
	OK      Status = "ok"
	Failed  Status = "failed"
	Unknown Status = "unknown"
)

// Verdict is the one word that sums up a Report.
type Verdict string

// The verdicts, strongest first: the first that applies is the verdict.
const (
	Invalid      Verdict = "invalid"
	Erased       Verdict = "erased"
	Revoked      Verdict = "revoked"
	Suspended    Verdict = "suspended" // only ever of foreign credentials
	NotYetValid  Verdict = "notYetValid"
	Expired      Verdict = "expired"
	Unverifiable Verdict = "unverifiable"
	Valid        Verdict = "valid"
)

// Standing says how the issuer stands to whoever verifies. It never changes
// the verdict.
type Standing string

// The standings of an issuer.
const (
	OfNetwork       Standing = "network" // an issuer of this network
	Known           Standing = "known"   // on the operator's list
	UnknownStanding Standing = "unknown"
)

// CheckID names a check; the names are part of the public contract.
type CheckID string

// The checks, in the order in which they are made and shown.
const (
	CheckForm      CheckID = "form"
	CheckContexts  CheckID = "contexts"
	CheckSchema    CheckID = "schema"
	CheckSubject   CheckID = "subject"
	CheckProof     CheckID = "proof"
	CheckIssuer    CheckID = "issuer"
	CheckStatus    CheckID = "status"
	CheckDates     CheckID = "dates"
	CheckResults   CheckID = "results"
	CheckInclusion CheckID = "inclusion"
)

// Order is the order of the checks in every report.
func Order() []CheckID {
	return []CheckID{CheckForm, CheckContexts, CheckSchema, CheckSubject, CheckProof,
		CheckIssuer, CheckStatus, CheckDates, CheckResults, CheckInclusion}
}

// Check is one question with its answer. Reason is a stable word; with the id
// it is the message key that people's sentence is found by
// (check.status.revoked), Args its arguments.
type Check struct {
	ID     CheckID           `json:"id"`
	Status Status            `json:"status"`
	Reason string            `json:"reason"`
	Detail string            `json:"detail"` // the sentence, filled in by the door in its language
	Args   map[string]string `json:"-"`
}

// Report is the whole answer to "may I rely on this credential?".
type Report struct {
	Verdict        Verdict   `json:"verdict"`
	Checks         []Check   `json:"checks"`
	IssuerStanding Standing  `json:"issuerStanding"`
	CheckedAt      time.Time `json:"checkedAt"`
	CredentialID   string    `json:"credentialId,omitempty"`
	IssuerID       string    `json:"issuerId,omitempty"`
	IssuerName     string    `json:"issuerName,omitempty"` // as the credential says, proven by nothing else
	Achievement    string    `json:"achievement,omitempty"`
	DocHash        string    `json:"docHash,omitempty"` // hexadecimal, empty unless the form could be read
}

// Check gives the answer to one question; a check that was not reached is
// Unknown.
func (r Report) Check(id CheckID) Check {
	for _, c := range r.Checks {
		if c.ID == id {
			return c
		}
	}
	return Check{ID: id, Status: Unknown, Reason: "notReached"}
}

// Describe fills the Detail of every check with the sentence that say finds.
func (r *Report) Describe(say func(key string, args map[string]string) string) {
	for i, c := range r.Checks {
		r.Checks[i].Detail = say("check."+string(c.ID)+"."+c.Reason, c.Args)
	}
}

// judge derives the verdict from the checks: the order of decisions.md, States.
func (r Report) judge() Verdict {
	switch {
	case r.broken():
		return Invalid
	case r.Check(CheckStatus).is(revoked):
		return Revoked
	case r.Check(CheckDates).is(notYet):
		return NotYetValid
	case r.Check(CheckDates).is(expired):
		return Expired
	case r.open():
		return Unverifiable
	}
	return Valid
}

// outcome is an answer of one check that the verdict depends on.
type outcome struct {
	id     CheckID
	status Status
	reason string
}

// The outcomes that the order of verdicts names. The last two are only absences:
// a credential without a status entry, and one of a foreign issuer that this log
// never promised to hold.
var (
	revoked  = outcome{CheckStatus, Failed, "revoked"}
	notYet   = outcome{CheckDates, Failed, "notYet"}
	expired  = outcome{CheckDates, Failed, "expired"}
	noStatus = outcome{CheckStatus, Unknown, "none"}
	noLog    = outcome{CheckInclusion, Unknown, "foreign"}
)

func (c Check) is(these ...outcome) bool {
	return slices.Contains(these, outcome{c.ID, c.Status, c.Reason})
}

// broken reports a failure that makes the credential worthless, as opposed to
// one that is past or not yet good.
func (r Report) broken() bool {
	return slices.ContainsFunc(r.Checks, func(c Check) bool {
		return c.Status == Failed && !c.is(revoked, notYet, expired)
	})
}

// open reports something unknown that has to be known. A check that says
// neither ok nor failed is unknown, and so is one that is missing.
func (r Report) open() bool {
	return slices.ContainsFunc(Order(), func(id CheckID) bool {
		c := r.Check(id)
		return c.Status != OK && c.Status != Failed && !c.is(noStatus, noLog)
	})
}
