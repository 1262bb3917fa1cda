package credential

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ramure/internal/locale"
	"ramure/web"
)

// answersOf lists what each check may answer. A test below asks for a sentence
// for each in every language.
var answersOf = map[CheckID][]string{
	CheckForm:      {"ok json", "ok jwt", "failed limits", "failed unknownForm", "failed claims", "failed malformedJWT", "failed malformedJSON"},
	CheckContexts:  {"ok known", "failed required", "failed context", "failed type", "failed null", "failed emptyArray", "failed iri", "failed empty"},
	CheckSchema:    {"ok conform", "failed violations"},
	CheckSubject:   {"ok hashedName", "ok identified", "ok opaque"},
	CheckProof:     {"ok embedded", "ok jwt", "failed severalProofs", "failed noProof", "failed noKeyID", "failed altered", "failed unsignedContent", "failed tooComplex", "failed unsupported", "failed keyNotPublished", "unknown offline", "unknown unreachable"},
	CheckIssuer:    {"ok controls", "failed mismatch", "failed keyRevoked", "failed keyExpired", "unknown offline", "unknown unreachable"},
	CheckStatus:    {"ok notRevoked", "failed revoked", "failed otherIssuer", "failed badList", "unknown none", "unknown offline", "unknown unreachable", "unknown foreign", "unknown stale"},
	CheckDates:     {"ok within", "ok noEnd", "failed expired", "failed notYet"},
	CheckResults:   {"ok level", "ok noLevel", "failed levelUnknown", "failed resultDescriptionUnknown"},
	CheckInclusion: {"ok included", "failed notIncluded", "unknown offline", "unknown unreachable", "unknown pending", "unknown foreign", "unknown stale"},
}

// answer reads "failed revoked".
func answer(id CheckID, text string) Check {
	status, reason, _ := strings.Cut(text, " ")
	return Check{ID: id, Status: Status(status), Reason: reason}
}

// wanted is the order of verdicts of decisions.md, States, read aloud: invalid,
// erased, revoked, suspended, not yet valid, expired, unverifiable, valid.
// Erased and suspended are not found by checks.
func wanted(checks []Check) Verdict {
	has := func(id CheckID, text string) bool {
		return slices.ContainsFunc(checks, func(c Check) bool { return same(c, answer(id, text)) })
	}
	past := func(c Check) bool {
		return same(c, answer(CheckStatus, "failed revoked")) || same(c, answer(CheckDates, "failed expired")) || same(c, answer(CheckDates, "failed notYet"))
	}
	absent := func(c Check) bool {
		return same(c, answer(CheckStatus, "unknown none")) || same(c, answer(CheckInclusion, "unknown foreign"))
	}
	switch {
	case slices.ContainsFunc(checks, func(c Check) bool { return c.Status == Failed && !past(c) }):
		return Invalid
	case has(CheckStatus, "failed revoked"):
		return Revoked
	case has(CheckDates, "failed notYet"):
		return NotYetValid
	case has(CheckDates, "failed expired"):
		return Expired
	case slices.ContainsFunc(checks, func(c Check) bool { return c.Status == Unknown && !absent(c) }):
		return Unverifiable
	}
	return Valid
}

func same(a, b Check) bool { return a.ID == b.ID && a.Status == b.Status && a.Reason == b.Reason }

// Every combination of what status, dates, proof, issuer, results and inclusion
// may answer leads to the verdict that comes first in the order.
func TestVerdictOfEveryCombination(t *testing.T) {
	t.Parallel()
	counts := map[Verdict]int{}
	varied := []CheckID{CheckProof, CheckIssuer, CheckStatus, CheckDates, CheckResults, CheckInclusion}
	combine(varied, nil, func(checks []Check) {
		all := append([]Check{answer(CheckForm, "ok json"), answer(CheckContexts, "ok known"),
			answer(CheckSchema, "ok conform"), answer(CheckSubject, "ok opaque")}, checks...)
		want := wanted(all)
		counts[want]++
		if got := (Report{Checks: all}).judge(); got != want {
			t.Errorf("%s, want %s: %v", got, want, checks)
		}
	})
	t.Logf("combinations by verdict: %v", counts)
	for _, v := range []Verdict{Invalid, Revoked, NotYetValid, Expired, Unverifiable, Valid} {
		if counts[v] == 0 {
			t.Errorf("no combination led to %s", v)
		}
	}
}

// combine visits all combinations of answers of those checks.
func combine(ids []CheckID, chosen []Check, visit func([]Check)) {
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
	for _, id := range Order() {
		for _, reason := range []string{"offline", "unreachable", "pending", "foreign", "stale", "none", "notReached", "revoked", "expired", "notYet", ""} {
			checks := sound()
			checks[slices.Index(Order(), id)] = Check{ID: id, Status: Unknown, Reason: reason}
			forgiven := id == CheckStatus && reason == "none" || id == CheckInclusion && reason == "foreign"
			if got := (Report{Checks: checks}).judge(); (got == Valid) != forgiven || got != Valid && got != Unverifiable {
				t.Errorf("%s unknown, %q: %s", id, reason, got)
			}
		}
	}
}

// Only status and dates may fail without making the credential worthless.
func TestFailureIsInvalid(t *testing.T) {
	t.Parallel()
	for _, id := range Order() {
		for _, reason := range []string{"altered", "foreign", "none", "revoked", "expired", "notYet", ""} {
			checks := sound()
			checks[slices.Index(Order(), id)] = Check{ID: id, Status: Failed, Reason: reason}
			past := id == CheckStatus && reason == "revoked" || id == CheckDates && (reason == "expired" || reason == "notYet")
			if got := (Report{Checks: checks}).judge(); (got != Invalid) != past {
				t.Errorf("%s failed, %q: %s", id, reason, got)
			}
		}
	}
}

// A check that is missing, or says neither of the three, is unknown.
func TestMissingCheckIsUnknown(t *testing.T) {
	t.Parallel()
	for i, id := range Order() {
		if got := (Report{Checks: slices.Delete(sound(), i, i+1)}).judge(); got != Unverifiable {
			t.Errorf("without %s: %s", id, got)
		}
		checks := sound()
		checks[i].Status = ""
		if got := (Report{Checks: checks}).judge(); got != Unverifiable {
			t.Errorf("%s without an outcome: %s", id, got)
		}
	}
	if got := (Report{}).judge(); got != Unverifiable {
		t.Errorf("an empty report: %s", got)
	}
}

// sound is a report of which every check is ok.
func sound() []Check {
	checks := make([]Check, 0, len(Order()))
	for _, id := range Order() {
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
		for _, id := range Order() {
			for _, text := range append(slices.Clone(answersOf[id]), "unknown notReached") {
				key := fmt.Sprintf("check.%s.%s", id, answer(id, text).Reason)
				if id != CheckForm && !say.Has(key) || id == CheckForm && text != "unknown notReached" && !say.Has(key) {
					t.Errorf("%s: no sentence %s", lang, key)
				}
			}
		}
	}
}

func TestDescribeFillsEverySentence(t *testing.T) {
	t.Parallel()
	report := Report{Checks: []Check{answer(CheckStatus, "failed revoked").with("at", "x"), answer(CheckDates, "ok noEnd")}}
	report.Describe(func(key string, args map[string]string) string { return key + args["at"] })
	if got := report.Checks[0].Detail; got != "check.status.revokedx" {
		t.Error(got)
	}
	if got := report.Checks[1].Detail; got != "check.dates.noEnd" {
		t.Error(got)
	}
}
