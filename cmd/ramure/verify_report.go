package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"text/tabwriter"
	"time"

	"ramure/internal/credential"
	"ramure/internal/problem"
	"ramure/internal/verifier"
)

// wireReport is a report in the form of /v/ID.json, with what only a stranger's has;
// the same as the answer of POST /api/v1/verify.
type wireReport struct {
	Input   string `json:"input,omitempty"` // the file or the address, when there were several
	Carrier string `json:"carrier,omitempty"`
	credential.Report
	LookAlike string            `json:"lookAlike,omitempty"`
	Holder    *credential.Check `json:"holder,omitempty"`
	Problem   *wireProblem      `json:"problem,omitempty"`
}

type wireProblem struct {
	Code   string `json:"code"`
	Detail string `json:"detail"`
}

// wireReports are those of several badges, with the worst verdict.
type wireReports struct {
	Verdict   credential.Verdict `json:"verdict"`
	CheckedAt time.Time          `json:"checkedAt"`
	Items     []wireReport       `json:"items"`
}

// show prints the reports: for people, or as JSON. One thing that holds no badge has
// no report: its failure is told as wrong use is.
func (c *verifyCommand) show(s *session, items []verifier.Item) error {
	for i := range items {
		items[i].Report.CheckedAt = items[i].Report.CheckedAt.UTC().Truncate(time.Second)
		items[i].Report.Describe(s.voice.Message)
	}
	if len(items) == 1 && items[0].Err != nil {
		s.status(items[0].Err)
		if statusOf(items[0]) == misused {
			return nil
		}
	}
	if c.JSON {
		return showJSON(s, items)
	}
	for i, item := range items {
		if len(items) > 1 {
			s.showName(i, item)
		}
		s.showItem(item)
	}
	return nil
}

// showName tells one of several badges from the others.
func (s *session) showName(i int, item verifier.Item) {
	if i > 0 {
		fmt.Fprintln(s.stdout)
	}
	fmt.Fprintf(s.stdout, "# %s\n", printable(item.Name))
	if item.Err != nil {
		s.status(fmt.Errorf("%s: %w", item.Name, item.Err))
	}
}

func showJSON(s *session, items []verifier.Item) error {
	encoder := json.NewEncoder(s.stdout)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if len(items) == 1 {
		one := s.wire(items[0])
		one.Input = ""
		return encoder.Encode(one)
	}
	var all wireReports
	for _, item := range items {
		all.Items = append(all.Items, s.wire(item))
	}
	worst := all.Items[0].Report
	for _, one := range all.Items {
		if rank(one.Verdict) < rank(worst.Verdict) {
			worst = one.Report
		}
	}
	all.Verdict, all.CheckedAt = worst.Verdict, worst.CheckedAt
	return encoder.Encode(all)
}

// graver are the verdicts but valid, worst first.
var graver = []credential.Verdict{credential.Invalid, credential.Erased, credential.Revoked, credential.Suspended,
	credential.NotYetValid, credential.Expired, credential.Unverifiable}

// rank is the place of a verdict, worst first; valid comes last.
func rank(v credential.Verdict) int {
	if place := slices.Index(graver, v); place >= 0 {
		return place
	}
	return len(graver)
}

func (s *session) wire(item verifier.Item) wireReport {
	one := wireReport{Input: item.Name, Carrier: item.Carrier, Report: item.Report, LookAlike: item.LookAlike}
	if item.Holder != nil {
		holder := *item.Holder
		holder.Detail = s.holder(holder)
		one.Holder = &holder
	}
	if item.Err != nil {
		one.Problem = &wireProblem{Detail: s.explain(item.Err)}
		var failure *problem.Error
		if errors.As(item.Err, &failure) {
			one.Problem.Code = failure.Key
		}
	}
	return one
}

// holder is the sentence on who shows a badge.
func (s *session) holder(check credential.Check) string {
	return s.voice.Message("check."+string(check.ID)+"."+check.Reason, check.Args)
}

func (s *session) showItem(item verifier.Item) {
	r := item.Report
	fmt.Fprintf(s.stdout, "%s — %s\n%s\n", r.Verdict, s.word(item), s.meaning(item))
	if r.Check(credential.CheckForm).Reason == "notReached" {
		return
	}
	s.showBadge(item)
	for _, check := range r.Checks {
		fmt.Fprintf(s.stdout, "%-8s %-12s %s\n", check.Status, check.ID, printable(check.Detail))
	}
	if item.Holder != nil {
		fmt.Fprintf(s.stdout, "%-8s %-12s %s\n", item.Holder.Status, item.Holder.ID, printable(s.holder(*item.Holder)))
	}
}

// ofStranger reports a badge that is valid, of somebody whom nobody here knows.
func ofStranger(item verifier.Item) bool {
	return item.Report.Verdict == credential.Valid && item.Report.IssuerStanding == credential.UnknownStanding
}

// word is the verdict in a word or two: that of a stranger is never simply valid.
func (s *session) word(item verifier.Item) string {
	switch {
	case statusOf(item) == misused:
		return s.voice.T("handed.noBadge.word")
	case ofStranger(item):
		return s.voice.T("stranger.full")
	}
	return s.voice.T("verdict." + string(item.Report.Verdict) + ".word")
}

// meaning is the sentence of the verdict. Without a network, what was verified
// is told apart from what could not be asked.
func (s *session) meaning(item verifier.Item) string {
	r := item.Report
	signed := r.Check(credential.CheckProof).Status == credential.OK
	logged := r.Check(credential.CheckInclusion).Status == credential.OK
	switch {
	case r.Verdict == credential.Unverifiable && signed && logged:
		return s.voice.T("verdict.unverifiable.offline")
	case statusOf(item) == misused:
		return s.voice.T("handed.unread.do")
	case ofStranger(item):
		return s.voice.T("stranger.sentence", "issuer", printable(r.IssuerName))
	}
	return s.voice.T("verdict." + string(r.Verdict) + ".meaning")
}

// showBadge prints what the badge says of itself. Of a badge that is invalid
// nothing is told as a fact.
func (s *session) showBadge(item verifier.Item) {
	r := item.Report
	if r.Verdict == credential.Invalid {
		fmt.Fprintln(s.stdout, s.voice.T("verification.doubtful"))
	}
	fmt.Fprintln(s.stdout)
	fields := []struct{ term, value string }{
		{"issuer.field.standing", s.voice.T("standing." + string(r.IssuerStanding) + ".word")},
		{"verification.field.issuer", r.IssuerName},
		{"expert.field.issuerId", r.IssuerID},
		{"verification.field.badge", r.Achievement},
		{"verification.field.id", r.CredentialID},
		{"handed.field.form", s.carrier(item)},
		{"expert.field.suite", r.Suite},
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

// carrier is what the badge was found in, in words.
func (s *session) carrier(item verifier.Item) string {
	if key := "carrier." + item.Carrier; item.Carrier != "" && s.voice.Has(key) {
		return s.voice.T(key)
	}
	return ""
}
