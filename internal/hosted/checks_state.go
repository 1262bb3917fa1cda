package hosted

import (
	"strings"
	"time"

	"ramure/internal/credential"
	"ramure/internal/openbadges"
	"ramure/internal/openbadges2"
)

// checkStatus: the address of the assertion says whether it is revoked, by its
// answer or in it. A document that says it of itself need not be asked.
func (e *examination) checkStatus() (credential.Check, bool) {
	switch {
	case e.gone || e.assertion.doc["revoked"] == true:
		return revokedFor(e.assertion.doc), true
	case e.given["revoked"] == true:
		return revokedFor(e.given), true
	case e.assertion.why != "":
		return unknown(credential.CheckStatus, e.assertion.why), true
	}
	return ok(credential.CheckStatus, "notRevoked"), true
}

// revokedFor gives the issuer's reason, if the document has one.
func revokedFor(doc map[string]any) credential.Check {
	if why, _ := doc["revocationReason"].(string); why != "" {
		return failed(credential.CheckStatus, "revoked", "why", why)
	}
	return failed(credential.CheckStatus, "revoked")
}

// skew is the difference between two honest clocks that is forgiven.
const skew = 5 * time.Minute

func (e *examination) checkDates() (credential.Check, bool) {
	said := e.said()
	from, errFrom := openbadges2.ParseDateTime(said.IssuedOn)
	until, errUntil := openbadges2.ParseDateTime(said.Expires)
	switch {
	case errFrom != nil: // of a revoked badge, nothing may be left
		return unknown(credential.CheckDates, "withdrawn"), true
	case e.src.Now.Add(skew).Before(from):
		return failed(credential.CheckDates, "notYet", "from", openbadges.FormatDateTime(from)), true
	case errUntil != nil:
		return ok(credential.CheckDates, "noEnd"), true
	case e.src.Now.After(until):
		return failed(credential.CheckDates, "expired", "until", openbadges.FormatDateTime(until)), true
	}
	return ok(credential.CheckDates, "within", "until", openbadges.FormatDateTime(until)), true
}

// checkEndorsements says that there are some; they are not examined in this form.
func (e *examination) checkEndorsements() (credential.Check, bool) {
	for _, d := range []map[string]any{e.assertion.doc, e.badge.doc, e.issuer.doc} {
		if d["endorsement"] != nil {
			return unknown(credential.CheckEndorsements, "unread"), true
		}
	}
	return ok(credential.CheckEndorsements, "none"), true
}

// maxRecipient is the longest text that is compared with an identity, in bytes.
const maxRecipient = 2000

// checkRecipient holds whom the caller expects against whom the badge names. A
// badge that names the person by another property answers neither yes nor no.
func (e *examination) checkRecipient() (credential.Check, bool) {
	wanted := strings.TrimSpace(e.src.Recipient)
	recipient := e.said().Recipient
	switch {
	case wanted == "":
		return unknown(credential.CheckRecipient, "notAsked"), true
	case len(wanted) > maxRecipient:
		return failed(credential.CheckRecipient, "mismatch"), true
	case recipient.Matches(e.src.Recipient):
		return ok(credential.CheckRecipient, "match"), true
	case couldBe(recipient.Type, wanted):
		return failed(credential.CheckRecipient, "mismatch"), true
	}
	return unknown(credential.CheckRecipient, "incomparable"), true
}

// couldBe reports whether a text could be a value of the property by which the
// badge names its recipient (Open Badges 2.0, Profile Identifier Properties).
func couldBe(property, wanted string) bool {
	switch strings.TrimPrefix(property, "schema:") {
	case "email":
		return strings.Contains(wanted, "@")
	case "url", "id":
		return openbadges.IsIRI(wanted)
	case "telephone":
		return strings.Trim(wanted, "+0123456789 ().-") == ""
	}
	return false
}

// checkResults: 2.0 states no results.
func (e *examination) checkResults() (credential.Check, bool) {
	return ok(credential.CheckResults, "noLevel"), true
}

// checkInclusion: no log ever promised to hold such a badge.
func (e *examination) checkInclusion() (credential.Check, bool) {
	return unknown(credential.CheckInclusion, "foreign"), true
}
