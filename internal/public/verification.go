package public

import (
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/award"
	"ramure/internal/credential"
	"ramure/internal/httpx"
	"ramure/internal/locale"
	"ramure/internal/problem"
)

// verification answers GET /v/{id}: every check, as a page or as the same report
// in JSON.
func (d *door) verification(c *gin.Context) {
	id, err := orJSON(c)
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	c.Header("X-Robots-Tag", "noindex")
	httpx.Cache(c, httpx.Revalidate)
	if chosen(c, typeHTML, typeJSON) == typeHTML {
		d.verificationPage(c, award.ID(id))
		return
	}
	d.verificationReport(c, award.ID(id))
}

func (d *door) verificationReport(c *gin.Context, id award.ID) {
	view, err := d.Awards.Examine(c.Request.Context(), id)
	switch {
	case problem.Is(err, problem.Gone):
		httpx.OKAs(c, problem.Gone, erasedReport(httpx.Localizer(c), d.Now()))
	case err != nil:
		httpx.Fail(c, refused(err))
	default:
		httpx.Vary(c, "Accept-Language")
		httpx.OK(c, d.report(c, view))
	}
}

func (d *door) verificationPage(c *gin.Context, id award.ID) {
	drawn, err := d.keptPage(c, id)
	switch {
	case problem.Is(err, problem.Gone):
		d.showErased(c)
	case err != nil:
		httpx.Fail(c, refused(err))
	default:
		httpx.Show(c, drawn)
	}
}

func (d *door) drawVerification(c *gin.Context, view award.View) (httpx.Drawn, error) {
	r := d.read(c, view)
	return httpx.Draw(c, "public/verification", httpx.Page{
		Title:     r.title(),
		Robots:    "noindex",
		Canonical: "/v/" + string(view.ID),
		Script:    "js/fragment.js",
		Body:      r.page(),
	})
}

// showErased is the tombstone: a whole page, and gone. It has no personal data,
// since there is none left.
func (d *door) showErased(c *gin.Context) {
	say := httpx.Localizer(c)
	httpx.RenderAs(c, problem.Gone, "public/erased", httpx.Page{
		Title:  say.T("verdict.erased.word"),
		Robots: "noindex",
		Body: httpx.Band{Tone: httpx.ToneUnverifiable, Word: say.T("verdict.erased.word"),
			Sentence: say.T("verification.sentence.erased"), More: []string{say.T("verification.erased.more")}},
	})
}

// erasedReport is the report of what can no longer be examined.
func erasedReport(say *locale.Localizer, now time.Time) wireReport {
	r := credential.Report{Verdict: credential.Erased, IssuerStanding: credential.UnknownStanding, CheckedAt: wholeSecond(now)}
	for _, id := range credential.Order() {
		r.Checks = append(r.Checks, credential.Check{ID: id, Status: credential.Unknown, Reason: "notReached"})
	}
	describe(&r, say)
	return wireReport{Report: r, Sentence: say.T("verification.sentence.erased")}
}

func wholeSecond(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }
