package public

import (
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/credential"
	"ramure/internal/httpx"
	"ramure/internal/locale"
	"ramure/internal/openbadges"
)

// judged is a credential with its report in front of one reader, whoever issued
// it. What only a badge of ours has is in reading, what only somebody else's has
// in stranger.
type judged struct {
	door   *door
	c      *gin.Context
	say    *locale.Localizer
	report credential.Report
	cred   openbadges.AchievementCredential
	below  string // what follows the ids of one answer of several: -2; empty for the only one
}

// judge describes the checks in the reader's language and rounds the moment.
func (d *door) judge(c *gin.Context, report credential.Report, cred openbadges.AchievementCredential) judged {
	j := judged{door: d, c: c, say: httpx.Localizer(c), report: report, cred: cred}
	j.report.CheckedAt = wholeSecond(j.report.CheckedAt)
	describe(&j.report, j.say)
	return j
}

// link carries the language that the reader chose on.
func (j *judged) link(path string) string { return httpx.Link(j.c, path) }

// tones are the grounds of the verdicts.
var tones = map[credential.Verdict]httpx.Tone{
	credential.Valid:       httpx.ToneOK,
	credential.Expired:     httpx.ToneAttention,
	credential.NotYetValid: httpx.ToneAttention,
	credential.Suspended:   httpx.ToneAttention,
	credential.Revoked:     httpx.ToneRefused,
	credential.Invalid:     httpx.ToneRefused,
}

func (j *judged) verdict() credential.Verdict { return j.report.Verdict }

// word is the verdict in one word.
func (j *judged) word() string { return j.say.T("verdict." + string(j.verdict()) + ".word") }

// tone is the ground of the verdict; what nobody foresaw is not verifiable.
func (j *judged) tone() httpx.Tone {
	if tone, known := tones[j.verdict()]; known {
		return tone
	}
	return httpx.ToneUnverifiable
}

// proven reports whether the signature was verified with a key of the issuer
// named: only then is anything known of who issued the badge.
func (j *judged) proven() bool {
	return j.verdict() != credential.Invalid && j.report.Check(credential.CheckProof).Status == credential.OK &&
		j.report.Check(credential.CheckIssuer).Status == credential.OK
}

// standing says how the issuer stands to this network, before anything else is
// said.
func (j *judged) standing() string {
	if !j.proven() {
		return j.say.T("standing.unproven")
	}
	return j.say.T("standing." + string(j.report.IssuerStanding) + ".word")
}

// badge is the badge's own title, empty when nothing that it says is proven.
func (j *judged) badge() string {
	if j.verdict() == credential.Invalid {
		return ""
	}
	return j.cred.Name
}

// tongue is the language of the badge's own texts when it is not the page's.
func (j *judged) tongue() string {
	return tongue(j.cred.CredentialSubject.Achievement, j.say)
}

// sentence is the whole answer; award phrases who awarded the badge and when.
// What was never proven is not told as a fact: a badge that is invalid has no
// issuer and no name here.
func (j *judged) sentence(award string, revokedAt time.Time) string {
	switch j.verdict() {
	case credential.Valid:
		if until, limited := moment(j.cred.ValidUntil); limited {
			return j.say.T("verification.sentence.validUntil", "award", award, "until", j.bareDay(until))
		}
		return j.say.T("verification.sentence.valid", "award", award)
	case credential.Expired:
		until, _ := moment(j.cred.ValidUntil)
		return j.say.T("verification.sentence.expired", "award", award, "until", j.say.Date(until))
	case credential.NotYetValid:
		from, _ := moment(j.cred.ValidFrom)
		return j.say.T("verification.sentence.notYetValid", "award", award, "from", j.bareDay(from))
	case credential.Revoked:
		if revokedAt.IsZero() {
			return j.say.T("verification.sentence.revokedUndated", "award", award)
		}
		return j.say.T("verification.sentence.revoked", "award", award, "at", j.say.Date(revokedAt))
	case credential.Suspended:
		return j.say.T("verification.sentence.suspended", "award", award)
	case credential.Erased:
		return j.say.T("verification.sentence.erased")
	case credential.Invalid:
		return j.say.T("verification.sentence.invalid")
	}
	return j.uncertain(award)
}

// uncertain tells a badge that the log will soon hold from one of which
// something can't be known.
func (j *judged) uncertain(award string) string {
	proof, inclusion := j.report.Check(credential.CheckProof), j.report.Check(credential.CheckInclusion)
	if proof.Status == credential.OK && inclusion.Reason == "pending" {
		return j.say.T("verification.sentence.pending", "award", award)
	}
	return j.say.T("verification.sentence.unverifiable")
}

// reasons are the sentences of the checks of a status, each once. Those that were
// not reached follow from another, and some unknowns change nothing.
func (j *judged) reasons(status credential.Status) (sentences []string) {
	for _, check := range j.report.Checks {
		if check.Status == status && check.Reason != "notReached" && !idle(check) && !slices.Contains(sentences, check.Detail) {
			sentences = append(sentences, check.Detail)
		}
	}
	return sentences
}

// idle tells the unknowns that change no verdict (credential.Report), and what is
// wrong with endorsements, which is said apart.
func idle(check credential.Check) bool {
	switch check.ID {
	case credential.CheckEndorsements:
		return true
	case credential.CheckRefresh:
		return check.Status == credential.Unknown
	case credential.CheckStatus:
		return check.Reason == "none"
	case credential.CheckInclusion:
		return check.Reason == "foreign"
	case credential.CheckRecipient:
		return check.Reason == "notAsked"
	}
	return false
}

// awardedAt is the day of the award, as it was signed.
func (j *judged) awardedAt() time.Time {
	at, found := moment(j.cred.AwardedDate)
	if !found {
		at, _ = moment(j.cred.ValidFrom)
	}
	return at
}

// validity is the period in words.
func (j *judged) validity() string {
	from, _ := moment(j.cred.ValidFrom)
	until, limited := moment(j.cred.ValidUntil)
	if !limited {
		return j.say.T("verification.validity.from", "from", j.bareDay(from))
	}
	return j.say.T("verification.validity.between", "from", j.bareDay(from), "until", j.bareDay(until))
}

// bareDay is a day without the article that French contracts: « jusqu'au 22
// novembre », « à partir du 22 novembre ». English has none.
func (j *judged) bareDay(at time.Time) string { return strings.TrimPrefix(j.say.Date(at), "le ") }

// doubt warns that nothing of what follows is proven: the badge is not good, or its
// signature could not be verified.
func (j *judged) doubt() []noticeView {
	tone := httpx.ToneRefused
	if j.verdict() != credential.Invalid {
		tone = httpx.ToneUnverifiable
	}
	if tone == httpx.ToneUnverifiable && j.report.Check(credential.CheckProof).Status == credential.OK {
		return nil
	}
	return []noticeView{{Tone: tone, Lines: []string{j.say.T("verification.doubtful")}}}
}

// checks are the report's, each with its question in words.
func (j *judged) checks() []httpx.Check {
	list := make([]httpx.Check, len(j.report.Checks))
	for i, check := range j.report.Checks {
		list[i] = httpx.Check{ID: string(check.ID) + j.below, Label: j.say.T("check." + string(check.ID) + ".label"),
			Status: httpx.Status(check.Status), Reason: check.Detail}
	}
	return list
}

// moment reads a date-time of a credential; false when it has none.
func moment(text openbadges.DateTime) (time.Time, bool) {
	at, err := openbadges.ParseDateTime(text)
	return at, err == nil
}
