package httpx

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
)

// data is a route for programs.
func data(path string, handler gin.HandlerFunc) Route {
	return Route{Method: "GET", Path: path, Policy: Public, Body: NoBody, Handler: handler}
}

// crowded is a hall whose only place is taken until the test ends.
func crowded(t *testing.T) *hall {
	t.Helper()
	entered, done := make(chan struct{}), make(chan struct{})
	busyRoute := data("/busy", func(c *gin.Context) {
		close(entered)
		<-done
		OK(c, 1)
	})
	h := newHall(t, func(c *Config) { c.Lanes = map[Lane]LaneLimit{Reading: {Places: 1}} }, busyRoute,
		data("/data", func(c *gin.Context) { OK(c, 1) }), page("/page", func(c *gin.Context) { OK(c, 1) }))
	served := make(chan struct{})
	go func() { h.ask(t, "GET", "/busy", nil); close(served) }()
	<-entered
	t.Cleanup(func() { close(done); <-served })
	return h
}

// What was made beforehand says the same as what is made for one request.
func TestShedAnswersLikeFail(t *testing.T) {
	t.Parallel()
	h := crowded(t)
	for _, lang := range []string{"fr", "en"} {
		shed := h.ask(t, "GET", "/data", nil, "Accept-Language", lang)
		if shed.Code != http.StatusServiceUnavailable || shed.Header().Get("Retry-After") != "1" {
			t.Fatalf("%s: %d %v", lang, shed.Code, shed.Header())
		}
		var document Document
		if err := json.Unmarshal(shed.Body.Bytes(), &document); err != nil {
			t.Fatalf("%v in %s", err, shed.Body)
		}
		made := newHall(t, nil, data("/fail", func(c *gin.Context) { Fail(c, busy()) })).ask(t, "GET", "/fail", nil, "Accept-Language", lang)
		var want Document
		if err := json.Unmarshal(made.Body.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		if reference := "urn:ramure:request:" + shed.Header().Get("X-Request-Id"); document.Instance != reference {
			t.Errorf("%s: instance %s, want %s", lang, document.Instance, reference)
		}
		want.Instance, document.Violations, want.Violations = document.Instance, nil, nil
		if document.Code != want.Code || document.Detail != want.Detail || document.Title != want.Title ||
			document.Type != want.Type || document.Status != want.Status {
			t.Errorf("%s: %+v, want %+v", lang, document, want)
		}
		for name := range made.Header() {
			if name != "X-Request-Id" && name != "Content-Length" && shed.Header().Get(name) != made.Header().Get(name) {
				t.Errorf("%s: %s: %q, want %q", lang, name, shed.Header().Get(name), made.Header().Get(name))
			}
		}
	}
	if log := h.log.String(); strings.Contains(log, "/data") {
		t.Errorf("a refusal of a flood was logged: %s", log)
	}
}

// People are told on a page.
func TestCrowdedPageIsStillAPage(t *testing.T) {
	t.Parallel()
	answer := crowded(t).ask(t, "GET", "/page", nil, "Accept", "text/html")
	if answer.Code != http.StatusServiceUnavailable || !strings.Contains(answer.Body.String(), "<h1") || answer.Header().Get("Retry-After") != "1" {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
}
