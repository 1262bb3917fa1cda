package credential

import "errors"

// Reasons for which a source can't answer. The first four leave a check
// unknown, the others make it fail.
var (
	ErrOffline     = errors.New("credential: not asked, since no network is allowed")
	ErrUnreachable = errors.New("credential: the source did not answer")
	ErrPending     = errors.New("credential: the leaf waits for the log's sequencer")
	ErrForeign     = errors.New("credential: the log never promised to hold this credential")
	ErrStale       = errors.New("credential: the status list is past its validity")

	ErrMismatch    = errors.New("credential: the source answers for another issuer")
	ErrNotListed   = errors.New("credential: the issuer does not publish this key")
	ErrBadList     = errors.New("credential: the status list is not validly signed")
	ErrNotIncluded = errors.New("credential: the proof of inclusion does not hold")
	ErrDraftSpent  = errors.New("credential: this draft was signed already")
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
}

// unknownReason gives the word for an error that leaves a check unknown.
func unknownReason(err error) (string, bool) {
	for _, u := range unknowns {
		if errors.Is(err, u.err) {
			return u.reason, true
		}
	}
	return "", false
}
