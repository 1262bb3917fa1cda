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

// answersOf lists what each check may answer, with the status. A test below asks for
// a sentence for each in every language.
var answersOf = map[credential.CheckID][]string{
	credential.CheckForm: {"ok json", "ok jwt", "ok enveloped", "failed limits", "failed unknownForm", "failed claims",
		"failed envelope", "failed presentation", "failed malformedJWT", "failed malformedJSON"},
	credential.CheckContexts: {"ok known", "failed required", "failed context", "failed type", "failed null", "failed emptyArray",
		"failed iri", "failed empty", "failed inline", "unknown unknownContext", "unknown redefinition"},
	credential.CheckSchema:  {"ok conform", "ok conform11", "failed violations"},
	credential.CheckSubject: {"ok hashedName", "ok identified", "ok opaque"},
	credential.CheckProof: {"ok embedded", "ok embeddedBeside", "ok jwt", "failed noProof", "failed noKeyID", "failed tooManyProofs",
		"failed malformedProof", "failed otherPurpose", "failed altered", "failed unsignedContent", "failed tooComplex", "failed expired",
		"failed keyNotPublished", "failed badKey", "unknown unsupportedSuite", "unknown unsupportedIssuer", "unknown vocabulary",
		"unknown interrupted", "unknown offline", "unknown unreachable"},
	credential.CheckIssuer: {"ok controls", "failed mismatch", "failed keyRevoked", "failed keyExpired", "unknown unsupportedSuite",
		"unknown unsupportedIssuer", "unknown vocabulary", "unknown interrupted", "unknown offline", "unknown unreachable"},
	credential.CheckRefresh: {"ok none", "ok current", "ok newer", "unknown unproven", "unknown unsupported", "unknown unreadable",
		"unknown otherBadge", "unknown offline", "unknown unreachable"},
	credential.CheckStatus: {"ok notRevoked", "failed revoked", "failed suspended", "failed otherIssuer", "failed badList", "unknown none",
		"unknown tooMany", "unknown offline", "unknown unreachable", "unknown pending", "unknown foreign", "unknown stale", "unknown early",
		"unknown unreadable", "unknown unsupported"},
	credential.CheckDates: {"ok within", "ok noEnd", "failed expired", "failed notYet"},
	credential.CheckEndorsements: {"ok none", "ok sound", "failed malformed", "failed otherSubject", "failed altered", "failed withdrawn",
		"failed dates", "unknown unverified", "unknown tooMany"},
	credential.CheckRecipient: {"ok match", "failed mismatch", "unknown notAsked", "unknown secret", "unknown incomparable"},
	credential.CheckResults:   {"ok level", "ok noLevel", "failed levelUnknown", "failed resultDescriptionUnknown"},
	credential.CheckInclusion: {"ok included", "failed notIncluded", "unknown vocabulary", "unknown offline", "unknown unreachable", "unknown pending",
		"unknown foreign", "unknown stale"},
	credential.CheckHolder: {"ok signed", "unknown noProof", "failed tooManyProofs", "failed malformedProof", "failed otherPurpose",
		"failed altered", "failed mismatch", "failed expired", "failed keyNotPublished", "failed badKey", "failed unsignedContent",
		"failed tooComplex", "unknown unsupportedSuite", "unknown unsupportedIssuer", "unknown vocabulary", "unknown interrupted",
		"unknown offline", "unknown unreachable"},
}

// The list that is public is the one above.
func TestReasonsAreListed(t *testing.T) {
	t.Parallel()
	count := 0
	for _, id := range append(credential.Order(), credential.CheckHolder) {
		var listed []string
		for _, text := range answersOf[id] {
			listed = append(listed, answer(id, text).Reason)
		}
		public := credential.Reasons(id)
		slices.Sort(listed)
		slices.Sort(public)
		if count += len(public); !slices.Equal(listed, public) {
			t.Errorf("%s:\n%q\n%q", id, listed, public)
		}
	}
	if len(answersOf) != len(credential.Order())+1 || count < 100 {
		t.Errorf("%d checks, %d reasons", len(answersOf), count)
	}
	if credential.Reasons("other") != nil {
		t.Error("a check that does not exist has reasons")
	}
}

// answer reads "failed revoked".
func answer(id credential.CheckID, text string) credential.Check {
	status, reason, _ := strings.Cut(text, " ")
	return credential.Check{ID: id, Status: credential.Status(status), Reason: reason}
}

// wanted is the order of verdicts of decisions.md, States, read aloud: invalid,
// erased, revoked, suspended, not yet valid, expired, unverifiable, valid.
// Erased is not found by checks. Endorsements are no part of it.
func wanted(checks []credential.Check) credential.Verdict {
	has := func(id credential.CheckID, text string) bool {
		return slices.ContainsFunc(checks, func(c credential.Check) bool { return same(c, answer(id, text)) })
	}
	is := func(c credential.Check, id credential.CheckID, texts ...string) bool {
		return slices.ContainsFunc(texts, func(text string) bool { return same(c, answer(id, text)) })
	}
	past := func(c credential.Check) bool {
		return is(c, credential.CheckStatus, "failed revoked", "failed suspended") || is(c, credential.CheckDates, "failed expired", "failed notYet") ||
			c.ID == credential.CheckEndorsements
	}
	absent := func(c credential.Check) bool {
		return is(c, credential.CheckStatus, "unknown none") || is(c, credential.CheckInclusion, "unknown foreign") ||
			is(c, credential.CheckRecipient, "unknown notAsked") ||
			c.ID == credential.CheckEndorsements || c.ID == credential.CheckRefresh && c.Reason != "notReached"
	}
	switch {
	case slices.ContainsFunc(checks, func(c credential.Check) bool { return c.Status == credential.Failed && !past(c) }):
		return credential.Invalid
	case has(credential.CheckStatus, "failed revoked"):
		return credential.Revoked
	case has(credential.CheckStatus, "failed suspended"):
		return credential.Suspended
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

// Every combination of what status, dates, recipient and inclusion may answer, with
// one answer of each status of the others, leads to the verdict that comes first in
// the order.
func TestVerdictOfEveryCombination(t *testing.T) {
	t.Parallel()
	counts := map[credential.Verdict]int{}
	varied := []credential.CheckID{credential.CheckProof, credential.CheckRefresh,
		credential.CheckStatus, credential.CheckDates, credential.CheckEndorsements, credential.CheckRecipient,
		credential.CheckResults, credential.CheckInclusion}
	combine(varied, nil, func(checks []credential.Check) {
		all := append([]credential.Check{answer(credential.CheckForm, "ok json"), answer(credential.CheckContexts, "ok known"),
			answer(credential.CheckSchema, "ok conform"), answer(credential.CheckSubject, "ok opaque"), answer(credential.CheckIssuer, "ok controls")}, checks...)
		want := wanted(all)
		counts[want]++
		if got := credential.Judge(credential.Report{Checks: all}); got != want {
			t.Errorf("%s, want %s: %v", got, want, checks)
		}
	})
	t.Logf("combinations by verdict: %v", counts)
	for _, v := range []credential.Verdict{credential.Invalid, credential.Revoked, credential.Suspended, credential.NotYetValid,
		credential.Expired, credential.Unverifiable, credential.Valid} {
		if counts[v] == 0 {
			t.Errorf("no combination led to %s", v)
		}
	}
}

// wholly varied are the checks whose single answers matter to the verdict.
var whollyVaried = []credential.CheckID{credential.CheckStatus, credential.CheckDates, credential.CheckRecipient, credential.CheckInclusion}

// variedAnswers are the answers of a check, or the first of each status.
func variedAnswers(id credential.CheckID) (list []credential.Check) {
	seen := map[credential.Status]bool{}
	for _, text := range answersOf[id] {
		c := answer(id, text)
		if slices.Contains(whollyVaried, id) || !seen[c.Status] {
			list = append(list, c)
		}
		seen[c.Status] = true
	}
	return list
}

// combine visits all combinations of answers of those checks.
func combine(ids []credential.CheckID, chosen []credential.Check, visit func([]credential.Check)) {
	if len(ids) == 0 {
		visit(chosen)
		return
	}
	for _, one := range variedAnswers(ids[0]) {
		combine(ids[1:], append(slices.Clone(chosen), one), visit)
	}
}

// Unknown is never ok, wherever it stands and whatever its reason; the absences
// that are forgiven are so in their own check only. What others say of the badge, and
// whether there is a newer version, may be unknown.
func TestUnknownIsNeverOK(t *testing.T) {
	t.Parallel()
	for _, id := range credential.Order() {
		for _, reason := range []string{"offline", "unreachable", "pending", "foreign", "stale", "none", "notAsked", "notReached", "revoked", "suspended", "expired", "notYet", ""} {
			checks := sound()
			checks[slices.Index(credential.Order(), id)] = credential.Check{ID: id, Status: credential.Unknown, Reason: reason}
			forgiven := id == credential.CheckStatus && reason == "none" || id == credential.CheckInclusion && reason == "foreign" ||
				id == credential.CheckRecipient && reason == "notAsked" || id == credential.CheckEndorsements ||
				id == credential.CheckRefresh && reason != "notReached"
			if got := credential.Judge(credential.Report{Checks: checks}); (got == credential.Valid) != forgiven || got != credential.Valid && got != credential.Unverifiable {
				t.Errorf("%s unknown, %q: %s", id, reason, got)
			}
		}
	}
}

// Only status, dates and endorsements may fail without making the credential
// worthless.
func TestFailureIsInvalid(t *testing.T) {
	t.Parallel()
	for _, id := range credential.Order() {
		for _, reason := range []string{"altered", "foreign", "none", "notAsked", "revoked", "suspended", "expired", "notYet", ""} {
			checks := sound()
			checks[slices.Index(credential.Order(), id)] = credential.Check{ID: id, Status: credential.Failed, Reason: reason}
			past := id == credential.CheckStatus && (reason == "revoked" || reason == "suspended") || id == credential.CheckEndorsements || id == credential.CheckDates && (reason == "expired" || reason == "notYet")
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
		want := credential.Unverifiable
		if id == credential.CheckEndorsements {
			want = credential.Valid
		}
		if got := credential.Judge(credential.Report{Checks: slices.Delete(sound(), i, i+1)}); got != want {
			t.Errorf("without %s: %s", id, got)
		}
		checks := sound()
		checks[i].Status = ""
		if got := credential.Judge(credential.Report{Checks: checks}); got != want {
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
		keys := []string{"check.status.revoked.why", "check.status.suspended.why"}
		for _, id := range append(credential.Order(), credential.CheckHolder) {
			keys = append(keys, fmt.Sprintf("check.%s.label", id))
			for _, reason := range credential.Reasons(id) {
				keys = append(keys, fmt.Sprintf("check.%s.%s", id, reason))
			}
			if id != credential.CheckHolder {
				keys = append(keys, fmt.Sprintf("check.%s.notReached", id))
			}
		}
		for _, key := range keys {
			if !say.Has(key) {
				t.Errorf("%s: no sentence %s", lang, key)
			}
		}
		t.Logf("%s: %d sentences", lang, len(keys))
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
	report.Checks[0].Args["why"] = "Par erreur."
	report.Describe(func(key string, args map[string]string) string { return key + args["why"] })
	if got := report.Checks[0].Detail; got != "check.status.revoked.whyPar erreur." {
		t.Error(got)
	}
}

// Whoever makes checks by other means gets the same report: whole, in order, judged.
func TestConclude(t *testing.T) {
	t.Parallel()
	made := sound()
	slices.Reverse(made)
	r := credential.Conclude(credential.Report{Checks: made, Achievement: "Sources"})
	complete(t, r)
	if r.Verdict != credential.Valid || r.Achievement != "Sources" {
		t.Errorf("%+v", r)
	}
	check := credential.NewCheck(credential.CheckStatus, credential.Failed, "revoked", "at", "x", "why", "y", "odd")
	if check.Args["at"] != "x" || check.Args["why"] != "y" || len(check.Args) != 2 {
		t.Errorf("%+v", check)
	}
	r = credential.Conclude(credential.Report{Checks: []credential.Check{check}})
	complete(t, r)
	if r.Verdict != credential.Revoked || r.Check(credential.CheckProof).Reason != "notReached" {
		t.Errorf("%+v", r)
	}
	if r := credential.Conclude(credential.Report{}); r.Verdict != credential.Unverifiable {
		t.Errorf("nothing was checked: %s", r.Verdict)
	}
}
