package main

import (
	"encoding/json"
	"fmt"
	"text/tabwriter"
	"time"

	"ramure/internal/credential"
)

// checkFragment is a question that only a printed address asks: whether its
// end is the badge's own. It stands in a report when the answer is no.
const checkFragment credential.CheckID = "fragment"

// misprinted adds that the badge at the address is not the one that the address
// was printed for.
func misprinted(r credential.Report) credential.Report {
	r.Checks = append(r.Checks, credential.Check{ID: checkFragment, Status: credential.Failed, Reason: "mismatch"})
	r.Verdict = credential.Invalid
	return r
}

// unexamined is the report of a badge that could not be had: nothing is known.
func unexamined(now time.Time) credential.Report {
	r := credential.Report{Verdict: credential.Unverifiable, IssuerStanding: credential.UnknownStanding, CheckedAt: now}
	for _, id := range credential.Order() {
		r.Checks = append(r.Checks, r.Check(id))
	}
	return r
}

// show prints the report: for people, or as JSON in the form of /v/ID.json.
func (c *verifyCommand) show(s *session, report credential.Report) error {
	report.CheckedAt = report.CheckedAt.UTC().Truncate(time.Second)
	report.Describe(s.voice.Message)
	if c.JSON {
		encoder := json.NewEncoder(s.stdout)
		encoder.SetIndent("", "  ")
		encoder.SetEscapeHTML(false)
		return encoder.Encode(report)
	}
	fmt.Fprintf(s.stdout, "%s — %s\n%s\n", report.Verdict, s.voice.T("verdict."+string(report.Verdict)+".word"), s.meaning(report))
	if report.Check(credential.CheckForm).Reason == "notReached" {
		return nil
	}
	s.showBadge(report)
	for _, check := range report.Checks {
		fmt.Fprintf(s.stdout, "%-8s %-10s %s\n", check.Status, check.ID, printable(check.Detail))
	}
	return nil
}

// meaning is the sentence of the verdict. Without a network, what was verified
// is told apart from what could not be asked.
func (s *session) meaning(r credential.Report) string {
	signed := r.Check(credential.CheckProof).Status == credential.OK
	logged := r.Check(credential.CheckInclusion).Status == credential.OK
	if r.Verdict == credential.Unverifiable && signed && logged {
		return s.voice.T("verdict.unverifiable.offline")
	}
	return s.voice.T("verdict." + string(r.Verdict) + ".meaning")
}

// showBadge prints what the badge says of itself. Of a badge that is invalid
// nothing is told as a fact.
func (s *session) showBadge(r credential.Report) {
	if r.Verdict == credential.Invalid {
		fmt.Fprintln(s.stdout, s.voice.T("verification.doubtful"))
	}
	fmt.Fprintln(s.stdout)
	fields := []struct{ term, value string }{
		{"verification.field.badge", r.Achievement},
		{"verification.field.id", r.CredentialID},
		{"verification.field.issuer", r.IssuerName},
		{"issuer.field.standing", s.voice.T("standing." + string(r.IssuerStanding) + ".word")},
		{"expert.field.issuerId", r.IssuerID},
	}
	table := tabwriter.NewWriter(s.stdout, 0, 0, 2, ' ', 0)
	for _, field := range fields {
		if field.value != "" {
			fmt.Fprintf(table, "%s\t%s\n", s.voice.T(field.term), printable(field.value))
		}
	}
	table.Flush()
	fmt.Fprintln(s.stdout)
}
