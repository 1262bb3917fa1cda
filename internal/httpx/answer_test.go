package httpx

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/problem"
)

func TestStrongValidator(t *testing.T) {
	t.Parallel()
	h := newHall(t, nil,
		page("/own", func(c *gin.Context) { Cache(c, Revalidate); Bytes(c, "application/vc", []byte("{}"), "") }),
		page("/given", func(c *gin.Context) { Bytes(c, "application/vc", []byte("{}"), "v7") }))
	first := h.ask(t, "GET", "/own", nil)
	tag := first.Header().Get("ETag")
	if first.Code != 200 || !strings.HasPrefix(tag, `"`) || first.Header().Get("Cache-Control") != "no-cache" || first.Body.String() != "{}" {
		t.Fatalf("%d %v", first.Code, first.Header())
	}
	for header, want := range map[string]int{tag: 304, "W/" + tag: 304, `"x", ` + tag: 304, "*": 304, `"x"`: 200, strings.Trim(tag, `"`): 200, "": 200} {
		answer := h.ask(t, "GET", "/own", nil, "If-None-Match", header)
		if answer.Code != want || (want == 304) != (answer.Body.Len() == 0) || answer.Header().Get("ETag") != tag {
			t.Errorf("If-None-Match %s: %d, want %d", header, answer.Code, want)
		}
	}
	if got := h.ask(t, "GET", "/given", nil).Header().Get("ETag"); got != `"v7"` {
		t.Errorf("ETag %s", got)
	}
}

func TestHeadIsGetWithoutBody(t *testing.T) {
	t.Parallel()
	h := newHall(t, nil, page("/data", func(c *gin.Context) { OK(c, map[string]string{"a": "<é>"}) }))
	get, head := h.ask(t, "GET", "/data", nil), h.ask(t, "HEAD", "/data", nil)
	if get.Body.String() != `{"a":"<é>"}` {
		t.Errorf("body %s", get.Body)
	}
	if head.Code != 200 || head.Body.Len() != 0 || head.Header().Get("Content-Length") != "12" {
		t.Errorf("HEAD %d, %d bytes, length %s", head.Code, head.Body.Len(), head.Header().Get("Content-Length"))
	}
}

func TestOtherAnswers(t *testing.T) {
	t.Parallel()
	h := newHall(t, nil,
		page("/see", func(c *gin.Context) { SeeOther(c, "/v/x") }),
		page("/new", func(c *gin.Context) { Created(c, "/v/y", 1) }),
		page("/tomb", func(c *gin.Context) { OKAs(c, problem.Gone, map[string]string{"verdict": "erased"}) }),
		page("/fresh", func(c *gin.Context) { Cache(c, Fresh(90*time.Second)); OK(c, 1) }))
	if answer := h.ask(t, "GET", "/see", nil); answer.Code != 303 || answer.Header().Get("Location") != "/v/x" {
		t.Errorf("see: %d", answer.Code)
	}
	if answer := h.ask(t, "GET", "/new", nil); answer.Code != 201 || answer.Header().Get("Location") != "/v/y" {
		t.Errorf("new: %d", answer.Code)
	}
	if answer := h.ask(t, "GET", "/tomb", nil); answer.Code != 410 || answer.Body.String() != `{"verdict":"erased"}` {
		t.Errorf("tomb: %d %s", answer.Code, answer.Body)
	}
	if answer := h.ask(t, "GET", "/fresh", nil); answer.Header().Get("Cache-Control") != "public, max-age=90" {
		t.Errorf("fresh: %v", answer.Header())
	}
}

func TestNegotiate(t *testing.T) {
	t.Parallel()
	offers := []string{"application/vc", "application/ld+json", "application/vc+jwt", "text/html"}
	tests := []struct{ accept, want string }{
		{"", "application/vc"}, {"*/*", "application/vc"}, {"text/*", "text/html"}, {"text/html", "text/html"},
		{"application/*", "application/vc"}, {"application/ld+json;profile=\"x\"", "application/ld+json"},
		{"text/html;q=0.5, application/vc+jwt;q=0.6", "application/vc+jwt"}, {"*/*;q=0.1, text/html", "text/html"},
		{"application/*, application/vc;q=0", "application/ld+json"}, {"application/vc;q=0.3, */*;q=0.2", "application/vc"},
		{"image/png", ""}, {"*/*;q=0", ""}, {"text/html;q=2", ""}, {"text/html;q=NaN", ""}, {"text", ""}, {"garbage,,;q=1", ""},
		{"TEXT/HTML", "text/html"}, {"text/html;level=1;q=0.7", "text/html"}, {"text/html; Q=0", ""},
		{strings.Repeat("a/b,", 70) + "text/html", ""},
	}
	for _, test := range tests {
		got, ok := Negotiate(test.accept, offers...)
		if got != test.want || ok != (test.want != "") {
			t.Errorf("Negotiate(%q) = %q %t, want %q", test.accept, got, ok, test.want)
		}
	}
}

func FuzzNegotiate(f *testing.F) {
	f.Add("text/html;q=0.5, */*;q=0.1")
	f.Add(";;;,q=,/")
	f.Fuzz(func(t *testing.T, accept string) {
		offer, ok := Negotiate(accept, "text/html", "application/json")
		if ok != (offer == "text/html" || offer == "application/json") {
			t.Errorf("%q → %q %t", accept, offer, ok)
		}
	})
}

func TestStaticFiles(t *testing.T) {
	t.Parallel()
	h := newHall(t, nil)
	for name, file := range h.assets.byName {
		answer := h.ask(t, "GET", file.address, nil)
		if answer.Code != 200 || answer.Header().Get("Cache-Control") != string(Immutable) || answer.Header().Get("Content-Type") != file.contentType {
			t.Errorf("%s: %d %v", name, answer.Code, answer.Header())
		}
	}
	sheet := h.assets.byName[styleSheet]
	if !strings.Contains(string(sheet.body), "--paper") || !strings.Contains(string(sheet.body), "@media print") {
		t.Error("the sheet is not whole")
	}
	for _, path := range []string{"/static/0000000000000000/ramure.css", "/static/", "/static/../web.go", "/static/css/1-tokens.css"} {
		if answer := h.ask(t, "GET", path, nil); answer.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, answer.Code)
		}
	}
}
