package credential

import (
	"context"
	"errors"

	"ramure/internal/openbadges"
)

// maxStatuses is how many status entries of one credential are asked for: each may
// cost a fetch.
const maxStatuses = 8

// checkStatus asks whether the issuer took the credential back. Of several entries
// the worst answer counts.
func (e *examination) checkStatus(ctx context.Context) (Check, bool) {
	entries := ofWithdrawal(e.head.status)
	switch {
	case len(entries) == 0:
		return unknown(CheckStatus, "none"), true
	case len(entries) > maxStatuses:
		return unknown(CheckStatus, "tooMany"), true
	case e.src.Status == nil:
		return unknown(CheckStatus, "offline"), true
	}
	worst := ok(CheckStatus, "notRevoked")
	for _, entry := range entries {
		if answer := e.askStatus(ctx, entry); gravity(answer) > gravity(worst) {
			worst = answer
		}
	}
	return worst, true
}

// ofWithdrawal leaves out the entries that say nothing of withdrawal: messages, and
// that a newer version is to be had (Bitstring Status List 1.0 §2.1).
func ofWithdrawal(entries []openbadges.StatusEntry) (rest []openbadges.StatusEntry) {
	for _, entry := range entries {
		bitstring := entry.Type == openbadges.TypeBitstringEntry
		if !bitstring || entry.StatusPurpose != openbadges.PurposeMessage && entry.StatusPurpose != openbadges.PurposeRefresh {
			rest = append(rest, entry)
		}
	}
	return rest
}

func (e *examination) askStatus(ctx context.Context, entry openbadges.StatusEntry) Check {
	answer, err := e.src.Status.Status(ctx, e.head.issuer, e.head.id, entry)
	if reason, isUnknown := unknownReason(CheckStatus, err); isUnknown {
		return unknown(CheckStatus, reason)
	}
	switch {
	case errors.Is(err, ErrMismatch):
		return failed(CheckStatus, "otherIssuer")
	case err != nil:
		return failed(CheckStatus, "badList")
	case answer.Revoked:
		return answer.says("revoked")
	case answer.Suspended:
		return answer.says("suspended")
	}
	return ok(CheckStatus, "notRevoked")
}

// says gives the check with when and why, as far as the list tells.
func (a StatusAnswer) says(reason string) Check {
	check := failed(CheckStatus, reason)
	if !a.At.IsZero() {
		check = check.with("at", openbadges.FormatDateTime(a.At))
	}
	if a.Reason != "" {
		check = check.with(why, a.Reason)
	}
	return check
}

// gravity orders the answers as the verdicts that they lead to.
func gravity(c Check) int {
	switch {
	case c.Status == OK:
		return 0
	case c.Status == Unknown:
		return 1
	case c.is(suspended):
		return 2
	case c.is(revoked):
		return 3
	}
	return 4
}
