package public

import (
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/award"
	"ramure/internal/credential"
	"ramure/internal/httpx"
)

// reading is an examined badge of ours in front of one reader.
type reading struct {
	judged
	view award.View
	city string // of the venue today, in words; empty when unknown
}

// read prepares what page and report share: the report in words, and the venue's
// commune named.
func (d *door) read(c *gin.Context, view award.View) *reading {
	r := &reading{judged: d.judge(c, view.Report, view.Credential), view: view}
	if venue, err := d.Venues.Venue(c.Request.Context(), view.Venue); err == nil {
		r.city = d.commune(venue.Commune)
	}
	return r
}

// title names the badge, unless nothing that it says is proven.
func (r *reading) title() string {
	if badge := r.badge(); badge != "" {
		return r.say.T("verification.title", "verdict", r.word(), "badge", badge)
	}
	return r.word()
}

// band is the answer, above all else.
func (r *reading) band() httpx.Band {
	return httpx.Band{Tone: r.tone(), Standing: r.standing(), Word: r.word(), Sentence: r.answer(), More: r.more()}
}

// answer is the whole answer in one sentence.
func (r *reading) answer() string { return r.sentence(r.award(), r.revokedAt()) }

// award phrases who awarded the badge, to whom if the name may be shown, and
// when: « délivré par X à Y le 22 novembre 2026 ».
func (r *reading) award() string {
	key, args := "verification.award.unnamed", []any{"issuer", r.cred.Issuer.Name, "date", r.say.Date(r.awardedAt())}
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

func (r *reading) revokedAt() time.Time {
	if r.view.Revocation == nil {
		return time.Time{}
	}
	return r.view.Revocation.At
}

func fullName(n *award.Name) string { return n.Given + " " + n.Family }
