package credential

import (
	"errors"
	"slices"
)

// Reasons for which a source can't answer. Those of the first group leave a check
// unknown: nothing proves a forgery. The others make it fail.
var (
	ErrOffline     = errors.New("credential: not asked, since no network is allowed")
	ErrUnreachable = errors.New("credential: the source did not answer")
	ErrPending     = errors.New("credential: the leaf waits for the log's sequencer")
	ErrForeign     = errors.New("credential: the log never promised to hold this credential")
	ErrStale       = errors.New("credential: the status list is past its validity")
	ErrEarly       = errors.New("credential: the status list is not valid yet")
	ErrUnreadable  = errors.New("credential: the status list cannot be read, or has no such entry")
	ErrUnsupported = errors.New("credential: a kind of status that is not read here")

	ErrMismatch    = errors.New("credential: the source answers for another issuer")
	ErrNotListed   = errors.New("credential: the issuer does not publish this key")
	ErrBadList     = errors.New("credential: the status list is not validly signed")
	ErrNotIncluded = errors.New("credential: the proof of inclusion does not hold")
	ErrDraftSpent  = errors.New("credential: this draft was signed already")

	ErrNotPresentation = errors.New("credential: not a presentation")
	ErrPresentation    = errors.New("credential: a presentation that cannot be read")
	ErrTooMany         = errors.New("credential: more than 20 credentials in one presentation")
)

// unknowns maps the reasons that leave a check unknown to the words of a report.
var unknowns = []struct {
	err    error
	reason string
}{
	{ErrOffline, "offline"},
	{ErrUnreachable, "unreachable"},
	{ErrPending, "pending"},
	{ErrForeign, "foreign"},
	{ErrStale, "stale"},
	{ErrEarly, "early"},
	{ErrUnreadable, "unreadable"},
	{ErrUnsupported, "unsupported"},
}

// unknownReason gives the word for an error that leaves a check unknown: one of those
// that the check has a sentence for.
func unknownReason(id CheckID, err error) (string, bool) {
	for _, u := range unknowns {
		if !errors.Is(err, u.err) {
			continue
		}
		if slices.Contains(reasons[id], u.reason) {
			return u.reason, true
		}
		return "unreachable", true
	}
	return "", false
}
