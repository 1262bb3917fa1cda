package credential

import "slices"

// Conclude puts the checks of a report in their order, says of each that is
// missing that it was not reached, and sets the verdict.
func Conclude(r Report) Report {
	checks := make([]Check, 0, len(Order()))
	for _, id := range Order() {
		checks = append(checks, r.Check(id))
	}
	r.Checks = checks
	r.Verdict = r.judge()
	return r
}

// judge derives the verdict from the checks: the order of decisions.md, States.
func (r Report) judge() Verdict {
	switch {
	case r.broken():
		return Invalid
	case r.Check(CheckStatus).is(revoked):
		return Revoked
	case r.Check(CheckStatus).is(suspended):
		return Suspended
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

// The outcomes that the order of verdicts names. The last three are only absences:
// a credential without a status entry, one of a foreign issuer that this log never
// promised to hold, and a recipient that nobody asked for.
var (
	revoked     = outcome{CheckStatus, Failed, "revoked"}
	suspended   = outcome{CheckStatus, Failed, "suspended"}
	notYet      = outcome{CheckDates, Failed, "notYet"}
	expired     = outcome{CheckDates, Failed, "expired"}
	noStatus    = outcome{CheckStatus, Unknown, "none"}
	noLog       = outcome{CheckInclusion, Unknown, "foreign"}
	noRecipient = outcome{CheckRecipient, Unknown, "notAsked"}
)

func (c Check) is(these ...outcome) bool {
	return slices.Contains(these, outcome{c.ID, c.Status, c.Reason})
}

// broken reports a failure that makes the credential worthless, as opposed to
// one that is past or not yet good. What others say of the badge is no part of it:
// whoever copies a broken endorsement next to a true badge does not break the badge.
func (r Report) broken() bool {
	return slices.ContainsFunc(r.Checks, func(c Check) bool {
		return c.Status == Failed && c.ID != CheckEndorsements && !c.is(revoked, suspended, notYet, expired)
	})
}

// open reports something unknown that has to be known. A check that says
// neither ok nor failed is unknown, and so is one that is missing. A newer version
// that could not be had leaves the one at hand as good as it was (Open Badges 3.0
// §8, refresh).
func (r Report) open() bool {
	return slices.ContainsFunc(Order(), func(id CheckID) bool {
		c := r.Check(id)
		if id == CheckEndorsements || id == CheckRefresh && c.Status == Unknown && c.Reason != notReached {
			return false
		}
		return c.Status != OK && c.Status != Failed && !c.is(noStatus, noLog, noRecipient)
	})
}
