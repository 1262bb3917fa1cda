package credential

import (
	"context"
	"errors"
	"strconv"
	"time"

	"ramure/internal/openbadges"
)

// skew is the difference between two honest clocks that is forgiven
// (credentials.md §6.5).
const skew = 5 * time.Minute

// checkStatus asks whether the issuer took the credential back.
func (e *examination) checkStatus(ctx context.Context) (Check, bool) {
	entry := e.cred.CredentialStatus
	if entry == nil {
		return unknown(CheckStatus, "none"), true
	}
	if e.src.Status == nil {
		return unknown(CheckStatus, "offline"), true
	}
	answer, err := e.src.Status.Status(ctx, e.report.IssuerID, *entry)
	if reason, isUnknown := unknownReason(err); isUnknown {
		return unknown(CheckStatus, reason), true
	}
	switch {
	case errors.Is(err, ErrMismatch):
		return failed(CheckStatus, "otherIssuer"), true
	case err != nil:
		return failed(CheckStatus, "badList"), true
	case answer.Revoked:
		return revokedAt(answer.At), true
	}
	return ok(CheckStatus, "notRevoked"), true
}

// revokedAt says that it was revoked, and when, as far as that is known.
func revokedAt(at time.Time) Check {
	check := failed(CheckStatus, "revoked")
	if at.IsZero() {
		return check
	}
	return check.with("at", openbadges.FormatDateTime(at))
}

// checkDates holds the period of validity against the clock.
func (e *examination) checkDates(context.Context) (Check, bool) {
	from, _ := openbadges.ParseDateTime(string(e.cred.ValidFrom))
	if e.src.Now.Add(skew).Before(from) {
		return failed(CheckDates, "notYet").with("from", openbadges.FormatDateTime(from)), true
	}
	if e.cred.ValidUntil == "" {
		return ok(CheckDates, "noEnd"), true
	}
	until, _ := openbadges.ParseDateTime(string(e.cred.ValidUntil))
	if e.src.Now.After(until) {
		return failed(CheckDates, "expired").with("until", openbadges.FormatDateTime(until)), true
	}
	return ok(CheckDates, "within").with("until", openbadges.FormatDateTime(until)), true
}

// checkResults makes sure that the level reached is one of the levels that the
// achievement describes; few verifiers do.
func (e *examination) checkResults(context.Context) (Check, bool) {
	for _, v := range e.broken {
		if resultRules[v.Rule] {
			return failed(CheckResults, v.Rule).with("path", v.Path), true
		}
	}
	if len(e.cred.CredentialSubject.Result) == 0 {
		return ok(CheckResults, "noLevel"), true
	}
	return ok(CheckResults, "level"), true
}

// checkInclusion asks whether the credential's leaf is in the public log.
func (e *examination) checkInclusion(ctx context.Context) (Check, bool) {
	if e.src.Log == nil {
		return unknown(CheckInclusion, "offline"), true
	}
	found, err := e.src.Log.Included(ctx, e.report.IssuerID, e.docHash)
	if reason, isUnknown := unknownReason(err); isUnknown {
		return unknown(CheckInclusion, reason), true
	}
	if err != nil {
		return failed(CheckInclusion, "notIncluded"), true
	}
	return ok(CheckInclusion, "included").with("index", strconv.FormatInt(found.Index, 10)).
		with("size", strconv.FormatInt(found.Size, 10)).with("day", found.Day).with("origin", found.Origin), true
}
