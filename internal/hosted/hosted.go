package hosted

import (
	"context"
	"time"

	"ramure/internal/credential"
	"ramure/internal/openbadges2"
)

// Form is that of every report of this package.
const Form = "hosted"

// Fetch gets the bytes behind an address. It answers problem.Gone, with the bytes
// that say so if there are any, for an address that says that there is nothing any
// more, and credential.ErrOffline for one that it may not ask.
type Fetch func(ctx context.Context, address, accept string) ([]byte, error)

// Sources are the facts that a verification may ask for.
type Sources struct {
	Fetch    Fetch // nil: nobody is asked
	Now      time.Time
	Standing func(issuerID string) credential.Standing // UnknownStanding for all when nil
	// Recipient is whom the caller expects: an e-mail address or another property;
	// "" when nobody asked.
	Recipient string
}

// Is reports whether a document says of itself that it is an assertion of Open
// Badges 2.0.
func Is(doc map[string]any) bool { return openbadges2.IsAssertion(doc) }

// Verify examines an assertion: the document, its address, or the compact JWS of a
// signed one. It never fails: whatever is wrong is in the report. At most four
// addresses are asked.
func Verify(ctx context.Context, input []byte, src Sources) credential.Report {
	e := &examination{src: src, report: credential.Report{
		IssuerStanding: credential.UnknownStanding, CheckedAt: src.Now, Form: Form,
	}}
	form, readable := e.read(ctx, input)
	e.report.Checks = append(e.report.Checks, form)
	if readable {
		e.gather(ctx)
		e.walk()
		e.describe()
	}
	report := credential.Conclude(e.report)
	if src.Standing != nil && report.Check(credential.CheckIssuer).Status == credential.OK {
		report.IssuerStanding = src.Standing(report.IssuerID)
	}
	return report
}

// examination is one verification under way.
type examination struct {
	src    Sources
	report credential.Report

	given  map[string]any // what was handed in
	signed bool           // its proof would be a signature

	// What is published.
	assertion, badge, issuer document
	gone                     bool // the address of the assertion says that it is no more
}

// step makes one check. It answers false when the checks after it would have
// nothing to stand on.
type step func(*examination) (credential.Check, bool)

func (e *examination) walk() {
	for _, make := range []step{
		(*examination).checkContexts, (*examination).checkSchema, (*examination).checkSubject,
		(*examination).checkProof, (*examination).checkIssuer, (*examination).checkRefresh,
		(*examination).checkStatus, (*examination).checkDates, (*examination).checkEndorsements,
		(*examination).checkRecipient, (*examination).checkResults, (*examination).checkInclusion,
	} {
		check, more := make(e)
		e.report.Checks = append(e.report.Checks, check)
		if !more {
			return
		}
	}
}
