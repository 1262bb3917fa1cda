package credential_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ramure/internal/credential"
	"ramure/internal/locale"
	"ramure/web"
)

// answersOf lists what each check may answer. A test below asks for a sentence
// for each in every language.
var answersOf = map[credential.CheckID][]string{
	credential.CheckForm:      {"ok json", "ok jwt", "failed limits", "failed unknownForm", "failed claims", "failed malformedJWT", "failed malformedJSON"},
	credential.CheckContexts:  {"ok known", "failed required", "failed context", "failed type", "failed null", "failed emptyArray", "failed iri", "failed empty"},
	credential.CheckSchema:    {"ok conform", "failed violations"},
	credential.CheckSubject:   {"ok hashedName", "ok identified", "ok opaque"},
	credential.CheckProof:     {"ok embedded", "ok jwt", "failed severalProofs", "failed noProof", "failed noKeyID", "failed altered", "failed unsignedContent", "failed tooComplex", "failed unsupported", "failed keyNotPublished", "unknown offline", "unknown unreachable"},
	credential.CheckIssuer:    {"ok controls", "failed mismatch", "failed keyRevoked", "failed keyExpired", "unknown offline", "unknown unreachable"},
	credential.CheckStatus:    {"ok notRevoked", "failed revoked", "failed otherIssuer", "failed badList", "unknown none", "unknown offline", "unknown unreachable", "unknown foreign", "unknown stale"},
	credential.CheckDates:     {"ok within", "ok noEnd", "failed expired", "failed notYet"},
	credential.CheckResults:   {"ok level", "ok noLevel", "failed levelUnknown", "failed resultDescriptionUnknown"},
	credential.CheckInclusion: {"ok included", "failed notIncluded", "unknown offline", "unknown unreachable", "unknown pending", "unknown foreign", "unknown stale"},
}

// answer reads "failed revoked".
func answer(id credential.CheckID, text string) credential.Check {
	status, reason, _ := strings.Cut(text, " ")
	return credential.Check{ID: id, Status: credential.Status(status), Reason: reason}
}

// wanted is the order of verdicts of decisions.md, States, read aloud: invalid,
// erased, revoked, suspended, not yet valid, expired, unverifiable, valid.
// Erased and suspended are not found by checks.
func wanted(checks []credential.Check) credential.Verdict {
	has := func(id credential.CheckID, text string) bool {
		return slices.ContainsFunc(checks, func(c credential.Check) bool { return same(c, answer(id, text)) })
	}
	past := func(c credential.Check) bool {
		return same(c, answer(credential.CheckStatus, "failed revoked")) || same(c, answer(credential.CheckDates, "failed expired")) || same(c, answer(credential.CheckDates, "failed notYet"))
	}
	absent := func(c credential.Check) bool {
		return same(c, answer(credential.CheckStatus, "unknown none")) || same(c, answer(credential.CheckInclusion, "unknown foreign"))
	}
	switch {
	case slices.ContainsFunc(checks, func(c credential.Check) bool { return c.Status == credential.Failed && !past(c) }):
		return credential.Invalid
	case has(credential.CheckStatus, "failed revoked"):
		return credential.Revoked
	case has(credential.CheckDates, "failed notYet"):
		return credential.NotYetValid
	case has(credential.CheckDates, "failed expired"):
		return credential.Expired
	case slices.ContainsFunc(checks, func(c credential.Check) bool { return c.Status == credential.Unknown && !absent(c) }):
		return credential.Unverifiable
	}
	return credential.Valid
}

func same(a, b credential.Check) bool {
	return a.ID == b.ID && a.Status == b.Status && a.Reason == b.Reason
}

// Every combination of what status, dates, proof, issuer, results and inclusion
// may answer leads to the verdict that comes first in the order.
func TestVerdictOfEveryCombination(t *testing.T) {
	t.Parallel()
	counts := map[credential.Verdict]int{}
	varied := []credential.CheckID{credential.CheckProof, credential.CheckIssuer, credential.CheckStatus, credential.CheckDates, credential.CheckResults, credential.CheckInclusion}
	combine(varied, nil, func(checks []credential.Check) {
		all := append([]credential.Check{answer(credential.CheckForm, "ok json"), answer(credential.CheckContexts, "ok known"),
			answer(credential.CheckSchema, "ok conform"), answer(credential.CheckSubject, "ok opaque")}, checks...)
		want := wanted(all)
		counts[want]++
		if got := credential.Judge(credential.Report{Checks: all}); got != want {
			t.Errorf("%s, want %s: %v", got, want, checks)
		}
	})
	t.Logf("combinations by verdict: %v", counts)
	for _, v := range []credential.Verdict{credential.Invalid, credential.Revoked, credential.NotYetValid, credential.Expired, credential.Unverifiable, credential.Valid} {
		if counts[v] == 0 {
			t.Errorf("no combination led to %s", v)
		}
	}
}

// combine visits all combinations of answers of those checks.
func combine(ids []credential.CheckID, chosen []credential.Check, visit func([]credential.Check)) {
	if len(ids) == 0 {
		visit(chosen)
		return
	}
	for _, text := range answersOf[ids[0]] {
		combine(ids[1:], append(slices.Clone(chosen), answer(ids[0], text)), visit)
	}
}

// Unknown is never ok, wherever it stands and whatever its reason; the two
// absences that are forgiven are so in their own check only.
func TestUnknownIsNeverOK(t *testing.T) {
	t.Parallel()
	for _, id := range credential.Order() {
		for _, reason := range []string{"offline", "unreachable", "pending", "foreign", "stale", "none", "notReached", "revoked", "expired", "notYet", ""} {
			checks := sound()
			checks[slices.Index(credential.Order(), id)] = credential.Check{ID: id, Status: credential.Unknown, Reason: reason}
			forgiven := id == credential.CheckStatus && reason == "none" || id == credential.CheckInclusion && reason == "foreign"
			if got := credential.Judge(credential.Report{Checks: checks}); (got == credential.Valid) != forgiven || got != credential.Valid && got != credential.Unverifiable {
				t.Errorf("%s unknown, %q: %s", id, reason, got)
			}
		}
	}
}

// Only status and dates may fail without making the credential worthless.
func TestFailureIsInvalid(t *testing.T) {
	t.Parallel()
	for _, id := range credential.Order() {
		for _, reason := range []string{"altered", "foreign", "none", "revoked", "expired", "notYet", ""} {
			checks := sound()
			checks[slices.Index(credential.Order(), id)] = credential.Check{ID: id, Status: credential.Failed, Reason: reason}
			past := id == credential.CheckStatus && reason == "revoked" || id == credential.CheckDates && (reason == "expired" || reason == "notYet")
			if got := credential.Judge(credential.Report{Checks: checks}); (got != credential.Invalid) != past {
				t.Errorf("%s failed, %q: %s", id, reason, got)
			}
		}
	}
}

// A check that is missing, or says neither of the three, is unknown.
func TestMissingCheckIsUnknown(t *testing.T) {
	t.Parallel()
	for i, id := range credential.Order() {
		if got := credential.Judge(credential.Report{Checks: slices.Delete(sound(), i, i+1)}); got != credential.Unverifiable {
			t.Errorf("without %s: %s", id, got)
		}
		checks := sound()
		checks[i].Status = ""
		if got := credential.Judge(credential.Report{Checks: checks}); got != credential.Unverifiable {
			t.Errorf("%s without an outcome: %s", id, got)
		}
	}
	if got := credential.Judge(credential.Report{}); got != credential.Unverifiable {
		t.Errorf("an empty report: %s", got)
	}
}

// sound is a report of which every check is ok.
func sound() []credential.Check {
	checks := make([]credential.Check, 0, len(credential.Order()))
	for _, id := range credential.Order() {
		checks = append(checks, answer(id, answersOf[id][0]))
	}
	return checks
}

// Every answer has its sentence in every language, with all of its arguments.
func TestEveryAnswerIsWorded(t *testing.T) {
	t.Parallel()
	catalogue, err := locale.Open(web.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range locale.Languages() {
		say := catalogue.Localizer(lang)
		for _, id := range credential.Order() {
			for _, text := range append(slices.Clone(answersOf[id]), "unknown notReached") {
				key := fmt.Sprintf("check.%s.%s", id, answer(id, text).Reason)
				if id != credential.CheckForm && !say.Has(key) || id == credential.CheckForm && text != "unknown notReached" && !say.Has(key) {
					t.Errorf("%s: no sentence %s", lang, key)
				}
			}
		}
	}
}

func TestDescribeFillsEverySentence(t *testing.T) {
	t.Parallel()
	revoked := answer(credential.CheckStatus, "failed revoked")
	revoked.Args = map[string]string{"at": "x"}
	report := credential.Report{Checks: []credential.Check{revoked, answer(credential.CheckDates, "ok noEnd")}}
	report.Describe(func(key string, args map[string]string) string { return key + args["at"] })
	if got := report.Checks[0].Detail; got != "check.status.revokedx" {
		t.Error(got)
	}
	if got := report.Checks[1].Detail; got != "check.dates.noEnd" {
		t.Error(got)
	}
}
