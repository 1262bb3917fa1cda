package credential

import (
	"context"
	"strconv"
	"time"

	"ramure/internal/openbadges"
)

// skew is the difference between two honest clocks that is forgiven
// (credentials.md §6.5).
const skew = 5 * time.Minute

// checkDates holds the period of validity against the clock.
func (e *examination) checkDates(context.Context) (Check, bool) {
	from, _ := openbadges.ParseDateTime(e.head.validFrom)
	if e.src.Now.Add(skew).Before(from) {
		return failed(CheckDates, "notYet").with("from", openbadges.FormatDateTime(from)), true
	}
	if e.head.validUntil == "" {
		return ok(CheckDates, "noEnd"), true
	}
	until, _ := openbadges.ParseDateTime(e.head.validUntil)
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
	if outsider, knows := e.src.Log.(Outsider); knows && outsider.Outside(e.head.issuer) {
		return unknown(CheckInclusion, "foreign"), true
	}
	found, err := e.src.Log.Included(ctx, e.head.issuer, e.docHash)
	if reason, isUnknown := unknownReason(CheckInclusion, err); isUnknown {
		return unknown(CheckInclusion, reason), true
	}
	switch {
	case ctx.Err() != nil:
		return unknown(CheckInclusion, "unreachable"), true
	case !e.hashed && !e.is(CheckContexts):
		return unknown(CheckInclusion, "vocabulary"), true
	case err != nil, !e.hashed: // what makes no statements can have no leaf
		return failed(CheckInclusion, "notIncluded"), true
	}
	return ok(CheckInclusion, "included").with("index", strconv.FormatInt(found.Index, 10)).
		with("size", strconv.FormatInt(found.Size, 10)).with("day", found.Day).with("origin", found.Origin), true
}
