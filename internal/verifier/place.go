package verifier

import (
	"context"

	"ramure/internal/credential"
)

// CheckFragment is a question that only a printed address asks: whether its end is
// the badge's own. It stands in a report when the answer is no.
const CheckFragment credential.CheckID = "fragment"

// hold holds what the printed address says against the badge: another badge is not
// the one that was printed, and so not valid, whatever it is worth itself.
func (x *examination) hold(r *credential.Report, printed string) {
	if x.options.Fragment != "" {
		printed = x.options.Fragment
	}
	if printed == "" || r.DocHash == "" || Fragment(r.DocHash) == printed {
		return
	}
	r.Checks = append(r.Checks, credential.NewCheck(CheckFragment, credential.Failed, "mismatch"))
	r.Verdict = credential.Invalid
}

// place says how the issuer stands here. A name that is somebody else's takes the
// standing away, and is told even of a badge that is worth nothing; a standing is
// only given to whom the key belongs.
func (x *examination) place(ctx context.Context, item *Item) {
	r := &item.Report
	if x.Standings == nil || r.IssuerID == "" {
		return
	}
	standing, like, err := x.Standings.Standing(ctx, r.IssuerID, r.IssuerName)
	switch {
	case err != nil:
		return // unknown, unless the log said more
	case like != "":
		item.LookAlike, r.IssuerStanding = like, credential.UnknownStanding
	case r.Check(credential.CheckIssuer).Status == credential.OK && r.IssuerStanding == credential.UnknownStanding:
		r.IssuerStanding = standing
	}
}
