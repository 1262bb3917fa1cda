package httpx

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/locale"
	"ramure/internal/problem"
	"ramure/web"
)

func unauthenticated() error { return problem.New(problem.Unauthenticated, "") }

// failing is a hall whose /fail answers with an error.
func failing(t *testing.T, err error) *hall {
	return newHall(t, nil, Route{Method: "GET", Path: "/fail", Policy: Public, Body: NoBody, Handler: func(c *gin.Context) { Fail(c, err) }})
}

func read(t *testing.T, answer *httptest.ResponseRecorder) Document {
	t.Helper()
	if got := answer.Header().Get("Content-Type"); got != "application/problem+json" {
		t.Fatalf("content type %q: %s", got, answer.Body)
	}
	var document Document
	if err := json.Unmarshal(answer.Body.Bytes(), &document); err != nil {
		t.Fatal(err)
	}
	return document
}

func TestEveryKindHasItsAnswer(t *testing.T) {
	t.Parallel()
	tests := map[problem.Kind]struct {
		status int
		wait   string
	}{
		problem.Unauthenticated: {401, ""}, problem.Forbidden: {403, ""}, problem.NotFound: {404, ""}, methodNotAllowed: {405, ""},
		problem.NotAcceptable: {406, ""}, problem.Conflict: {409, ""}, problem.Gone: {410, ""}, problem.TooLarge: {413, ""},
		problem.Unsupported: {415, ""}, problem.Invalid: {422, ""}, problem.Malformed: {400, ""}, problem.TooMany: {429, "5"},
		problem.Unavailable: {503, "10"}, problem.Full: {507, "60"}, problem.Internal: {500, ""}, "unheard": {500, ""},
	}
	if len(tests) != len(answers)+1 {
		t.Errorf("%d kinds in the table, %d tested", len(answers), len(tests)-1)
	}
	for kind, want := range tests {
		h := failing(t, fmt.Errorf("while acting: %w", problem.New(kind, "")))
		answer := h.ask(t, "GET", "/fail", nil)
		document := read(t, answer)
		if answer.Code != want.status || document.Status != want.status {
			t.Errorf("%s: %d and %d, want %d", kind, answer.Code, document.Status, want.status)
		}
		if got := answer.Header().Get("Retry-After"); got != want.wait {
			t.Errorf("%s: Retry-After %q, want %q", kind, got, want.wait)
		}
		if document.Detail == "" || document.Title == "" || strings.Contains(document.Title+document.Detail, "⟦") {
			t.Errorf("%s: said as %q, %q", kind, document.Title, document.Detail)
		}
		if page := h.ask(t, "GET", "/fail", nil, "Accept", "text/html"); page.Code != want.status || !strings.Contains(page.Body.String(), "<h1") || strings.Contains(page.Body.String(), "⟦") {
			t.Errorf("%s: no page, or one with a hole (%d)", kind, page.Code)
		}
	}
}

func TestEveryKindHasItsWords(t *testing.T) {
	t.Parallel()
	catalogue, err := locale.Open(web.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range locale.Languages() {
		for kind := range answers {
			for _, part := range []string{"title", "text", "done", "next"} {
				if key := "error.kind." + string(kind) + "." + part; !catalogue.Localizer(lang).Has(key) {
					t.Errorf("%s: no %s", lang, key)
				}
			}
		}
	}
}

func TestProblemDocument(t *testing.T) {
	t.Parallel()
	broken := problem.Violated("error.body.tooLarge", problem.Violation{Path: "$.recipient.givenName", Rule: "required", Detail: "give a first name"}).
		With("limit", "64").After(90 * time.Second)
	h := failing(t, broken)
	answer := h.ask(t, "GET", "/fail", nil, "Accept-Language", "en")
	got := read(t, answer)
	want := Document{Type: "urn:ramure:problem:invalid", Title: "To be corrected", Status: 422, Code: "error.body.tooLarge",
		Detail:   "What was sent is over 64 KiB, the most that this address accepts.",
		Instance: "urn:ramure:request:" + answer.Header().Get("X-Request-Id")}
	if len(got.Violations) != 1 || got.Violations[0] != (Violation{"$.recipient.givenName", "required", "give a first name"}) {
		t.Errorf("violations %v", got.Violations)
	}
	got.Violations = nil
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	if answer.Header().Get("Content-Language") != "en" || answer.Header().Get("Retry-After") != "" {
		t.Errorf("headers %v", answer.Header())
	}
}

func TestRetryAfterIsTheErrors(t *testing.T) {
	t.Parallel()
	for wait, want := range map[time.Duration]string{1500 * time.Millisecond: "2", time.Second: "1", 90 * time.Second: "90"} {
		answer := failing(t, problem.New(problem.TooMany, "").After(wait)).ask(t, "GET", "/fail", nil)
		if got := answer.Header().Get("Retry-After"); got != want {
			t.Errorf("%s: Retry-After %q, want %q", wait, got, want)
		}
	}
}

// TestUnknownErrorIsHiddenAndLoggedOnce: the reader gets a reference, the log
// the cause, nobody else anything.
func TestUnknownErrorIsHiddenAndLoggedOnce(t *testing.T) {
	t.Parallel()
	h := failing(t, errors.New("pq: connection refused for secret"))
	answer := h.ask(t, "GET", "/fail", nil)
	if answer.Code != 500 || strings.Contains(answer.Body.String(), "secret") {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
	reference := answer.Header().Get("X-Request-Id")
	if len(reference) != 16 || !strings.Contains(answer.Body.String(), reference) {
		t.Errorf("reference %q is not in %s", reference, answer.Body)
	}
	if n := strings.Count(h.log.String(), "connection refused"); n != 1 {
		t.Errorf("logged %d times:\n%s", n, h.log)
	}
}

func TestExpectedFailuresAreNotFaults(t *testing.T) {
	t.Parallel()
	for _, err := range []error{problem.Wrap(problem.NotFound, "error.page.notFound", errors.New("cause")),
		fmt.Errorf("query: %w", context.DeadlineExceeded), &http.MaxBytesError{Limit: 1}} {
		h := failing(t, err)
		h.ask(t, "GET", "/fail", nil)
		if strings.Contains(h.log.String(), `"fault"`) {
			t.Errorf("%v is logged as ours:\n%s", err, h.log)
		}
	}
}

func TestUnknownMessageFallsBackToTheKind(t *testing.T) {
	t.Parallel()
	told := ""
	h := newHall(t, func(c *Config) {
		c.Catalogue = c.Catalogue.ObserveMissing(func(_ locale.Language, key string) { told = key })
	}, Route{Method: "GET", Path: "/fail", Policy: Public, Body: NoBody, Handler: func(c *gin.Context) {
		Fail(c, problem.New(problem.Conflict, "error.unwritten"))
	}})
	document := read(t, h.ask(t, "GET", "/fail", nil))
	if document.Code != "error.unwritten" || strings.Contains(document.Detail, "⟦") || told != "error.unwritten" {
		t.Errorf("%+v, told %q", document, told)
	}
}

func TestPanicIsOneAnswerAndOneEntry(t *testing.T) {
	t.Parallel()
	h := newHall(t, nil, page("/panic", func(*gin.Context) { panic("boom") }))
	answer := h.ask(t, "GET", "/panic", nil, "Accept", "text/html")
	if answer.Code != 500 || strings.Contains(answer.Body.String(), "boom") || !strings.Contains(answer.Body.String(), answer.Header().Get("X-Request-Id")) {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
	if strings.Count(h.log.String(), "panic: boom") != 1 || strings.Count(h.log.String(), `"msg":"request"`) != 1 {
		t.Errorf("log:\n%s", h.log)
	}
}

func TestPanicAfterTheAnswerBeganCutsTheConnection(t *testing.T) {
	t.Parallel()
	h := newHall(t, nil, page("/half", func(c *gin.Context) {
		Bytes(c, "text/plain", []byte("half"), "")
		panic("late")
	}))
	defer func() {
		if reason := recover(); reason != http.ErrAbortHandler {
			t.Errorf("recovered %v", reason)
		}
		if !strings.Contains(h.log.String(), "late") {
			t.Errorf("not logged:\n%s", h.log)
		}
	}()
	h.ask(t, "GET", "/half", nil)
}

func TestFormOfRefusalFollowsAccept(t *testing.T) {
	t.Parallel()
	h := newHall(t, nil,
		page("/page", func(c *gin.Context) { Fail(c, problem.New(problem.NotFound, "")) }),
		Route{Method: "GET", Path: "/data", Policy: Public, Body: NoBody, Handler: func(c *gin.Context) { Fail(c, problem.New(problem.NotFound, "")) }})
	browser := "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
	tests := []struct{ path, accept, want string }{
		{"/page", "", "text/html"}, {"/page", "*/*", "text/html"}, {"/page", "application/json", "application/problem+json"},
		{"/page", browser, "text/html"}, {"/page", "image/png", "text/html"},
		{"/data", "", "application/problem+json"}, {"/data", "*/*", "application/problem+json"}, {"/data", browser, "text/html"},
		{"/data", "application/vc", "application/problem+json"},
		{"/nothing", "", "text/html"}, {"/api/nothing", "", "application/problem+json"}, {"/nothing", "application/problem+json", "application/problem+json"},
	}
	for _, test := range tests {
		answer := h.ask(t, "GET", test.path, nil, "Accept", test.accept)
		if got := answer.Header().Get("Content-Type"); answer.Code != 404 || !strings.HasPrefix(got, test.want) {
			t.Errorf("%s, Accept %q: %d %s, want %s", test.path, test.accept, answer.Code, got, test.want)
		}
		if !strings.Contains(strings.Join(answer.Header().Values("Vary"), ","), "Accept") {
			t.Errorf("%s: Vary %v", test.path, answer.Header().Values("Vary"))
		}
	}
}

func TestWrongMethodNamesTheRightOnes(t *testing.T) {
	t.Parallel()
	h := newHall(t, nil, page("/page", func(c *gin.Context) { OK(c, 1) }))
	answer := h.ask(t, "DELETE", "/page", nil)
	if answer.Code != 405 || !strings.Contains(answer.Header().Get("Allow"), "GET") {
		t.Errorf("%d Allow %q", answer.Code, answer.Header().Get("Allow"))
	}
	if answer := h.ask(t, "OPTIONS", "/page", nil); answer.Code != 204 || answer.Header().Get("Allow") == "" {
		t.Errorf("OPTIONS: %d Allow %q", answer.Code, answer.Header().Get("Allow"))
	}
}
