package httpx

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
)

func TestSecurityHeadersOnEveryAnswer(t *testing.T) {
	t.Parallel()
	h := newHall(t, nil, page("/ok", func(c *gin.Context) { OK(c, 1) }), page("/panic", func(*gin.Context) { panic(1) }))
	for _, path := range []string{"/ok", "/nothing", "/panic", "/static/x"} {
		header := h.ask(t, "GET", path, nil).Header()
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
			"Strict-Transport-Security": "max-age=31536000", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got := header.Get(name); got != want {
				t.Errorf("%s: %s %q, want %q", path, name, got, want)
			}
		}
		for _, directive := range []string{"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"} {
			if !strings.Contains(header.Get("Content-Security-Policy"), directive) {
				t.Errorf("%s: no %s", path, directive)
			}
		}
		if header.Get("Set-Cookie") != "" {
			t.Errorf("%s: a cookie", path)
		}
	}
}

func TestHSTSOnlyOnHTTPS(t *testing.T) {
	t.Parallel()
	h := newHall(t, func(c *Config) { c.BaseURL = "http://localhost:8080" })
	if got := h.ask(t, "GET", "/", nil).Header().Get("Strict-Transport-Security"); got != "" {
		t.Errorf("got %q", got)
	}
}

func TestOpenRoutesAreForEverySite(t *testing.T) {
	t.Parallel()
	open := page("/keys", func(c *gin.Context) { OK(c, 1) })
	open.Open = true
	h := newHall(t, nil, open, page("/page", func(c *gin.Context) { OK(c, 1) }))
	if header := h.ask(t, "GET", "/keys", nil).Header(); header.Get("Access-Control-Allow-Origin") != "*" || header.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
		t.Errorf("open: %v", header)
	}
	// The shared values must not have been changed by the open one.
	if header := h.ask(t, "GET", "/page", nil).Header(); header.Get("Access-Control-Allow-Origin") != "" || header.Get("Cross-Origin-Resource-Policy") != "same-origin" {
		t.Errorf("closed: %v", header)
	}
}

// reader answers with the length it read, or fails as a handler would.
func reader(path string, limit Body) Route {
	return Route{Method: "POST", Path: path, Policy: Public, Body: limit, Handler: func(c *gin.Context) {
		data, err := io.ReadAll(c.Request.Body)
		if err != nil {
			Fail(c, err)
			return
		}
		OK(c, len(data))
	}}
}

func TestBodyLimitOfEachRoute(t *testing.T) {
	t.Parallel()
	h := newHall(t, nil, reader("/ten", 10), reader("/none", NoBody), reader("/big", DocumentBody))
	tests := []struct {
		path   string
		length int
		status int
	}{
		{"/ten", 0, 200}, {"/ten", 9, 200}, {"/ten", 10, 200}, {"/ten", 11, 413}, {"/ten", 1 << 20, 413},
		{"/none", 0, 200}, {"/none", 1, 413}, {"/big", 512 << 10, 200}, {"/big", 512<<10 + 1, 413}, {"/nothing", 64<<10 + 1, 413},
	}
	for _, test := range tests {
		body := bytes.Repeat([]byte("x"), test.length)
		told := h.ask(t, "POST", test.path, bytes.NewReader(body))
		untold := h.ask(t, "POST", test.path, io.MultiReader(bytes.NewReader(body))) // no Content-Length
		if told.Code != test.status {
			t.Errorf("%s, %d bytes told: %d, want %d", test.path, test.length, told.Code, test.status)
		}
		if untold.Code != test.status && test.path != "/nothing" { // nobody reads there
			t.Errorf("%s, %d bytes untold: %d, want %d", test.path, test.length, untold.Code, test.status)
		}
		if test.status == 413 && told.Header().Get("Connection") != "close" {
			t.Errorf("%s: the connection stays open", test.path)
		}
	}
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	t.Parallel()
	guard := func(c *Config) { c.Guards = map[Policy]gin.HandlerFunc{"holder": func(*gin.Context) {}} }
	form := func(path string, policy Policy) Route {
		return Route{Method: "POST", Path: path, Policy: policy, Body: SmallBody, Page: true, Handler: func(c *gin.Context) { OK(c, 1) }}
	}
	h := newHall(t, guard, form("/public", Public), form("/signed-in", "holder"))
	tests := []struct {
		name               string
		site, origin       string
		public, signedInOK bool
	}{
		{"same origin", "same-origin", "", true, true},
		{"typed by hand", "none", "", true, true},
		{"another site", "cross-site", "https://evil.example", false, false},
		{"a sister site", "same-site", "https://autre.exemple.fr", false, false},
		{"old browser, same", "", "https://badges.exemple.fr", true, true},
		{"old browser, another", "", "https://evil.example", false, false},
		{"old browser, no-referrer", "", "null", true, false},
		{"frame of another site", "cross-site", "null", false, false},
		{"a program", "", "", true, true},
	}
	for _, test := range tests {
		for path, want := range map[string]bool{"/public": test.public, "/signed-in": test.signedInOK} {
			answer := h.ask(t, "POST", "https://badges.exemple.fr"+path, nil, "Sec-Fetch-Site", test.site, "Origin", test.origin)
			if (answer.Code == 200) != want {
				t.Errorf("%s on %s: %d", test.name, path, answer.Code)
			}
			if !want && answer.Code != 403 {
				t.Errorf("%s on %s: %d, want 403", test.name, path, answer.Code)
			}
		}
	}
}

// TestLogSaysNothingPersonal puts a secret in every place of a request and
// looks for it in the log.
func TestLogSaysNothingPersonal(t *testing.T) {
	t.Parallel()
	h := newHall(t, nil, page("/v/:id", func(c *gin.Context) { OK(c, 1) }))
	for _, path := range []string{"/v/SECRET?name=SECRET", "/SECRET", "/v/x/SECRET"} {
		h.ask(t, "GET", path, nil, "User-Agent", "SECRET", "Referer", "https://SECRET", "X-Forwarded-For", "203.0.113.7", "Cookie", "SECRET", "X-Request-Id", "SECRET")
	}
	h.ask(t, "SECRET", "/v/x", nil)
	log := h.log.String()
	for _, leak := range []string{"SECRET", "203.0.113.7", "192.0.2.1"} { // the last is httptest's visitor
		if strings.Contains(log, leak) {
			t.Errorf("%s is in the log:\n%s", leak, log)
		}
	}
	if !strings.Contains(log, `"route":"/v/:id"`) || !strings.Contains(log, `"route":"(none)"`) || strings.Count(log, "\n") != 4 {
		t.Errorf("log:\n%s", log)
	}
}

func TestServerHasItsLimits(t *testing.T) {
	t.Parallel()
	journal := &journal{}
	server := NewServer(http.NotFoundHandler(), slog.New(slog.NewTextHandler(journal, nil)))
	if server.ReadHeaderTimeout == 0 || server.ReadTimeout == 0 || server.WriteTimeout == 0 || server.IdleTimeout == 0 || server.MaxHeaderBytes == 0 {
		t.Errorf("%+v", server)
	}
	server.ErrorLog.Print("http: TLS handshake error from 203.0.113.7:51234: EOF")
	server.ErrorLog.Print("http: panic serving [2001:db8::7]:443: boom")
	if log := journal.String(); strings.Contains(log, "203.0.113.7") || strings.Contains(log, "2001:db8") || !strings.Contains(log, "handshake") {
		t.Errorf("log: %s", log)
	}
}

// TestRealServerRefusesLongHeadersAndBodies goes through a socket: what the
// recorder cannot show is how the connection ends.
func TestRealServerRefusesLongHeadersAndBodies(t *testing.T) {
	t.Parallel()
	h := newHall(t, nil, reader("/ten", 10))
	handler, err := h.Handler()
	if err != nil {
		t.Fatal(err)
	}
	server := NewServer(handler, slog.New(slog.DiscardHandler))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	client := &http.Client{}
	t.Cleanup(func() {
		client.CloseIdleConnections()
		_ = server.Close()
		if err := <-served; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
	send := func(body io.Reader, header string) int {
		request, err := http.NewRequest("POST", "http://"+listener.Addr().String()+"/ten", body)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("X-Long", header)
		answer, err := client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = answer.Body.Close() }()
		_, _ = io.Copy(io.Discard, answer.Body)
		return answer.StatusCode
	}
	if got := send(strings.NewReader("ten bytes."), ""); got != 200 {
		t.Errorf("ten bytes: %d", got)
	}
	if got := send(io.MultiReader(strings.NewReader("eleven byte")), ""); got != 413 { // chunked
		t.Errorf("eleven bytes: %d", got)
	}
	if got := send(nil, strings.Repeat("x", maxHeader+8<<10)); got != 431 {
		t.Errorf("long header: %d", got)
	}
}
