package credential

import (
	"time"

	"ramure/internal/openbadges"
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
	CheckForm         CheckID = "form"
	CheckContexts     CheckID = "contexts"
	CheckSchema       CheckID = "schema"
	CheckSubject      CheckID = "subject"
	CheckProof        CheckID = "proof"
	CheckIssuer       CheckID = "issuer"
	CheckRefresh      CheckID = "refresh"
	CheckStatus       CheckID = "status"
	CheckDates        CheckID = "dates"
	CheckEndorsements CheckID = "endorsements"
	CheckRecipient    CheckID = "recipient"
	CheckResults      CheckID = "results"
	CheckInclusion    CheckID = "inclusion"
)

// CheckHolder is the check of a presentation: who shows the credentials. It stands
// in no report, since it says nothing of them.
const CheckHolder CheckID = "holder"

// Order is the order of the checks in every report.
func Order() []CheckID {
	return []CheckID{CheckForm, CheckContexts, CheckSchema, CheckSubject, CheckProof, CheckIssuer, CheckRefresh,
		CheckStatus, CheckDates, CheckEndorsements, CheckRecipient, CheckResults, CheckInclusion}
}

// notReached is the reason of a check that an earlier one left nothing to examine.
const notReached = "notReached"

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
	Form           string    `json:"form,omitempty"`    // json, jwt, enveloped or hosted
	// Suite is what the credential was signed with: eddsa-rdfc-2022 …, or the
	// algorithm of a JWT; empty unless that proof holds.
	Suite string `json:"suite,omitempty"`
	// Credential is the badge as it was read, for the page; nil unless it could be
	// shaped. Nothing in it is proven unless the verdict says so.
	Credential *openbadges.AchievementCredential `json:"-"`
}

// NewCheck makes an answer; args are names and values in turn, for its sentence.
func NewCheck(id CheckID, status Status, reason string, args ...string) Check {
	c := Check{ID: id, Status: status, Reason: reason}
	for i := 0; i+1 < len(args); i += 2 {
		c = c.with(args[i], args[i+1])
	}
	return c
}

// Check gives the answer to one question; a check that was not reached is
// Unknown.
func (r Report) Check(id CheckID) Check {
	for _, c := range r.Checks {
		if c.ID == id {
			return c
		}
	}
	return Check{ID: id, Status: Unknown, Reason: notReached}
}

// Describe fills the Detail of every check with the sentence that say finds.
func (r *Report) Describe(say func(key string, args map[string]string) string) {
	for i, c := range r.Checks {
		r.Checks[i].Detail = say(c.key(), c.Args)
	}
}

// why is the argument for an issuer's own words about what it did.
const why = "why"

// key finds the check's sentence: another one where the issuer gives its reason.
func (c Check) key() string {
	key := "check." + string(c.ID) + "." + c.Reason
	if c.Args[why] != "" {
		key += "." + why
	}
	return key
}
