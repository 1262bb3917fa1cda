package httpx

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"ramure/internal/problem"
)

// problemJSON is the media type of RFC 9457.
const problemJSON = "application/problem+json"

// ErrorView is what the page public/error shows. Its sentences say what
// happened, what was and was not done, and what the reader can do next.
type ErrorView struct {
	Status     int
	Text       string
	Done       string
	Next       string
	Reference  string
	Violations []Violation
	Tone       Tone
}

// Fail answers with a refusal and ends the handling: a page for people,
// application/problem+json for programs, in the reader's language.
func Fail(c *gin.Context, err error) {
	document, header := Problem(c, err)
	for name, values := range header {
		c.Writer.Header()[name] = values
	}
	c.Abort()
	if prefersPage(c) {
		failPage(c, document)
		return
	}
	send(c, document.Status, problemJSON, encode(document))
}

// PrefersPage reports whether the reader of this answer is a person.
func PrefersPage(c *gin.Context) bool { return prefersPage(c) }

// prefersPage asks Accept first; a program that accepts anything gets what the
// route is for.
func prefersPage(c *gin.Context) bool {
	x := of(c)
	page := x.route.Page || (!x.known && !strings.HasPrefix(c.Request.URL.Path, "/api/"))
	offers := []string{problemJSON, "application/json", "text/html"}
	if page {
		offers = []string{"text/html", problemJSON, "application/json"}
	}
	Vary(c, "Accept")
	offer, acceptable := Negotiate(c.GetHeader("Accept"), offers...)
	if !acceptable {
		return page
	}
	return offer == "text/html"
}

func failPage(c *gin.Context, document Document) {
	speaker := Localizer(c)
	kind := strings.TrimPrefix(document.Type, "urn:ramure:problem:")
	renderAs(c, document.Status, "public/error", Page{
		Title:  document.Title,
		Robots: "noindex",
		Body: ErrorView{
			Status:     document.Status,
			Text:       document.Detail,
			Done:       speaker.T("error.kind." + kind + ".done"),
			Next:       speaker.T("error.kind." + kind + ".next"),
			Reference:  of(c).id,
			Violations: document.Violations,
			Tone:       toneOf(problem.Kind(kind)),
		},
	})
}

// toneOf keeps the alarm for what is refused; what is merely away is grey.
func toneOf(kind problem.Kind) Tone {
	switch kind {
	case problem.NotFound, problem.Gone, methodNotAllowed, problem.NotAcceptable:
		return ToneUnverifiable
	case problem.Forbidden, problem.Unauthenticated:
		return ToneRefused
	default:
		return ToneAttention
	}
}

// noRoute answers where nothing is.
func noRoute(c *gin.Context) { Fail(c, problem.New(problem.NotFound, "error.page.notFound")) }

// noMethod answers where the path is right and the method is not; gin has
// written Allow (RFC 9110 §10.2.1), and HEAD goes without saying.
func noMethod(c *gin.Context) {
	if c.Request.Method == http.MethodOptions {
		c.Abort()
		send(c, http.StatusNoContent, "", nil)
		return
	}
	Fail(c, problem.New(methodNotAllowed, "error.kind.methodNotAllowed.text"))
}
