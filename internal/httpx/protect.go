package httpx

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"ramure/internal/problem"
)

// contentSecurity lets a page load our own style, script and images, send its
// forms to us, and nothing else (W3C CSP Level 3).
const contentSecurity = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// otherDevices are what no page of ours asks a browser for.
const otherDevices = ", geolocation=(), microphone=(), payment=(), usb=()"

// AllowCamera lets the page that is about to be answered ask for the camera; every
// other page does without (W3C Permissions Policy).
func AllowCamera(c *gin.Context) { c.Header("Permissions-Policy", "camera=(self)"+otherDevices) }

// headerLine is a header of every answer; its value is shared by all of them.
type headerLine struct {
	name  string // canonical
	value []string
}

func newSecurityHeaders(https bool) []headerLine {
	lines := []headerLine{
		{"Content-Security-Policy", []string{contentSecurity}},
		{"X-Content-Type-Options", []string{"nosniff"}},
		{"X-Frame-Options", []string{"DENY"}},
		{"Referrer-Policy", []string{"no-referrer"}},
		{"Permissions-Policy", []string{"camera=()" + otherDevices}},
		{"Cross-Origin-Opener-Policy", []string{"same-origin"}},
		{"Cross-Origin-Resource-Policy", []string{"same-origin"}},
		{"Cache-Control", []string{string(NoStore)}},
	}
	if https {
		lines = append(lines, headerLine{"Strict-Transport-Security", []string{"max-age=31536000"}})
	}
	return lines
}

// opening is what lets scripts of any site read an answer.
var opening = []headerLine{
	{"Access-Control-Allow-Origin", []string{"*"}},
	{"Cross-Origin-Resource-Policy", []string{"cross-origin"}},
}

// protect sets the headers, and opens what is meant for other sites' scripts.
func (e *Engine) protect(c *gin.Context) {
	header := c.Writer.Header()
	for _, line := range e.headers {
		header[line.name] = line.value
	}
	if !of(c).route.Open {
		return
	}
	for _, line := range opening {
		header[line.name] = line.value
	}
}

// limitBody refuses a body that says it is too long, and stops reading one that
// does not say it. An unknown route gets SmallBody.
func (e *Engine) limitBody(c *gin.Context) {
	x := of(c)
	limit := SmallBody.bytes()
	if x.known {
		limit = x.route.Body.bytes()
	}
	if c.Request.ContentLength > limit {
		Fail(c, &http.MaxBytesError{Limit: limit})
		return
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, limit)
}

// checkOrigin refuses a form that another site sends in a visitor's name.
//
// Our own no-referrer makes browsers send "Origin: null" with our forms (Fetch,
// "append a request Origin header"); those of before 2023 add no Sec-Fetch-Site
// to tell it apart. Public routes know no session that could be abused, so
// there, and only there, such a form passes: an old phone can ask its question.
func (e *Engine) checkOrigin(c *gin.Context) {
	x := of(c)
	if !x.route.Page {
		return
	}
	if x.route.Policy == Public && c.GetHeader("Sec-Fetch-Site") == "" && c.GetHeader("Origin") == "null" {
		return
	}
	if err := e.origin.Check(c.Request); err != nil {
		Fail(c, problem.Wrap(problem.Forbidden, "error.origin", err))
	}
}
