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

// securityHeaders are the same on every answer; the values are shared.
type securityHeaders map[string][]string

func newSecurityHeaders(https bool) securityHeaders {
	headers := securityHeaders{
		"Content-Security-Policy":      {contentSecurity},
		"X-Content-Type-Options":       {"nosniff"},
		"X-Frame-Options":              {"DENY"},
		"Referrer-Policy":              {"no-referrer"},
		"Permissions-Policy":           {"camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
		"Cross-Origin-Opener-Policy":   {"same-origin"},
		"Cross-Origin-Resource-Policy": {"same-origin"},
		"Cache-Control":                {string(NoStore)},
	}
	if https {
		headers["Strict-Transport-Security"] = []string{"max-age=31536000"}
	}
	return headers
}

// protect sets the headers, and opens what is meant for other sites' scripts.
func (e *Engine) protect(c *gin.Context) {
	header := c.Writer.Header()
	for name, value := range e.headers {
		header[name] = value
	}
	if of(c).route.Open {
		header["Access-Control-Allow-Origin"] = []string{"*"}
		header["Cross-Origin-Resource-Policy"] = []string{"cross-origin"}
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
