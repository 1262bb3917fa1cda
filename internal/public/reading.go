package public

import (
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/award"
	"ramure/internal/credential"
	"ramure/internal/httpx"
	"ramure/internal/locale"
	"ramure/internal/openbadges"
)

// reading is one examined badge in front of one reader.
type reading struct {
	door *door
	c    *gin.Context
	say  *locale.Localizer
	view award.View
	city string // of the venue today, in words; empty when unknown
}

// read prepares what page and report share: the checks described, the moment
// rounded, the venue's commune named.
func (d *door) read(c *gin.Context, view award.View) *reading {
	r := &reading{door: d, c: c, say: httpx.Localizer(c), view: view}
	r.view.Report.CheckedAt = wholeSecond(view.Report.CheckedAt)
	describe(&r.view.Report, r.say)
	if venue, err := d.Venues.Venue(c.Request.Context(), view.Venue); err == nil {
		r.city = d.commune(venue.Commune)
	}
	return r
}

// link carries the language that the reader chose on.
func (r *reading) link(path string) string { return httpx.Link(r.c, path) }

// tones are the grounds of the verdicts.
var tones = map[credential.Verdict]httpx.Tone{
	credential.Valid:       httpx.ToneOK,
	credential.Expired:     httpx.ToneAttention,
	credential.NotYetValid: httpx.ToneAttention,
	credential.Suspended:   httpx.ToneAttention,
	credential.Revoked:     httpx.ToneRefused,
	credential.Invalid:     httpx.ToneRefused,
}

func (r *reading) verdict() credential.Verdict { return r.view.Report.Verdict }

// word is the verdict in one word.
func (r *reading) word() string { return r.say.T("verdict." + string(r.verdict()) + ".word") }

// title names the badge, unless nothing that it says is proven.
func (r *reading) title() string {
	if badge := r.badge(); badge != "" {
		return r.say.T("verification.title", "verdict", r.word(), "badge", badge)
	}
	return r.word()
}

// badge is the badge's own title, empty when nothing that it says is proven.
func (r *reading) badge() string {
	if r.verdict() == credential.Invalid {
		return ""
	}
	return r.view.Credential.Name
}

// tongue is the language of the badge's own texts when it is not the page's.
func (r *reading) tongue() string {
	return tongue(r.view.Credential.CredentialSubject.Achievement, r.say)
}

// band is the answer, above all else.
func (r *reading) band() httpx.Band {
	tone, known := tones[r.verdict()]
	if !known {
		tone = httpx.ToneUnverifiable
	}
	return httpx.Band{Tone: tone, Word: r.word(), Sentence: r.sentence(), More: r.more()}
}

// sentence is the whole answer. What was never proven is not told as a fact: a
// badge that is invalid has no issuer and no name here.
func (r *reading) sentence() string {
	switch v := r.verdict(); v {
	case credential.Valid:
		if until, limited := moment(r.view.Credential.ValidUntil); limited {
			return r.say.T("verification.sentence.validUntil", "award", r.award(), "until", r.bareDay(until))
		}
		return r.say.T("verification.sentence.valid", "award", r.award())
	case credential.Expired:
		until, _ := moment(r.view.Credential.ValidUntil)
		return r.say.T("verification.sentence.expired", "award", r.award(), "until", r.say.Date(until))
	case credential.NotYetValid:
		from, _ := moment(r.view.Credential.ValidFrom)
		return r.say.T("verification.sentence.notYetValid", "award", r.award(), "from", r.bareDay(from))
	case credential.Revoked:
		return r.say.T("verification.sentence.revoked", "award", r.award(), "at", r.say.Date(r.revokedAt()))
	case credential.Suspended:
		return r.say.T("verification.sentence.suspended", "award", r.award())
	case credential.Invalid:
		return r.say.T("verification.sentence.invalid")
	}
	return r.uncertain()
}

// uncertain tells a badge that the log will soon hold from one of which
// something can't be known.
func (r *reading) uncertain() string {
	proof, inclusion := r.view.Report.Check(credential.CheckProof), r.view.Report.Check(credential.CheckInclusion)
	if proof.Status == credential.OK && inclusion.Reason == "pending" {
		return r.say.T("verification.sentence.pending", "award", r.award())
	}
	return r.say.T("verification.sentence.unverifiable")
}

// award phrases who awarded the badge, to whom if the name may be shown, and
// when: « délivré par X à Y le 22 novembre 2026 ».
func (r *reading) award() string {
	key, args := "verification.award.unnamed", []any{"issuer", r.view.Credential.Issuer.Name, "date", r.say.Date(r.awardedAt())}
	if r.view.Name != nil {
		key, args = "verification.award.named", append(args, "name", fullName(r.view.Name))
	}
	return r.say.T(key, args...)
}

// more adds what a reader must know at once: why a badge is refused, or that
// the name can be asked for.
func (r *reading) more() []string {
	switch r.verdict() {
	case credential.Invalid:
		return r.reasons(credential.Failed)
	case credential.Unverifiable:
		return r.reasons(credential.Unknown)
	case credential.Revoked:
		return []string{r.say.T("verification.revoked.meaning")}
	}
	if r.view.Name == nil {
		return []string{r.say.T("verification.name.hidden")}
	}
	return nil
}

// reasons are the sentences of the checks of a status. Those that were not
// reached follow from another.
func (r *reading) reasons(status credential.Status) (sentences []string) {
	for _, check := range r.view.Report.Checks {
		if check.Status == status && check.Reason != "notReached" {
			sentences = append(sentences, check.Detail)
		}
	}
	return sentences
}

// awardedAt is the day of the award, as it was signed.
func (r *reading) awardedAt() time.Time {
	at, found := moment(r.view.Credential.AwardedDate)
	if !found {
		at, _ = moment(r.view.Credential.ValidFrom)
	}
	return at
}

func (r *reading) revokedAt() time.Time {
	if r.view.Revocation == nil {
		return time.Time{}
	}
	return r.view.Revocation.At
}

// bareDay is a day without the article that French contracts: « jusqu'au 22
// novembre », « à partir du 22 novembre ». English has none.
func (r *reading) bareDay(at time.Time) string { return strings.TrimPrefix(r.say.Date(at), "le ") }

func fullName(n *award.Name) string { return n.Given + " " + n.Family }

// moment reads a date-time of a credential; false when it has none.
func moment(text openbadges.DateTime) (time.Time, bool) {
	at, err := openbadges.ParseDateTime(text)
	return at, err == nil
}
