package vcapi

import (
	"github.com/gin-gonic/gin"

	"ramure/internal/httpx"
	"ramure/internal/problem"
)

// report answers a verification: 200 if all of it holds, else 400.
type report struct {
	Verified       bool           `json:"verified"`
	Checks         []string       `json:"checks"`
	Errors         []detail       `json:"errors"`
	ProblemDetails []detail       `json:"problemDetails"`
	Warnings       []detail       `json:"warnings"`
	Document       map[string]any `json:"verifiedDocument,omitempty"` // what was secured
	Statuses       []statusResult `json:"credentialStatus,omitempty"`
	Credentials    []report       `json:"credentialResults,omitempty"` // of a presentation
}

// answer sends a report. A problem that Fail must word has been sent before.
func (r report) answer(c *gin.Context) {
	r.ProblemDetails = r.Errors
	if r.Verified {
		httpx.OK(c, r)
		return
	}
	httpx.OKAs(c, problem.Malformed, r)
}

// newReport sums up what was found. Nil lists would be null on the wire.
func newReport(o options, found []detail) report {
	checks := o.checks
	if len(checks) == 0 {
		checks = []string{"proof", "validity", "credentialStatus"}
	}
	if found == nil {
		found = []detail{}
	}
	return report{Verified: len(found) == 0, Checks: checks, Errors: found, ProblemDetails: found, Warnings: []detail{}}
}

// refuse answers a request that nothing was made of.
func refuse(c *gin.Context, found ...detail) {
	httpx.OKAs(c, problem.Malformed, struct {
		detail
		Errors         []detail `json:"errors"`
		ProblemDetails []detail `json:"problemDetails"`
	}{found[0], found, found})
}
