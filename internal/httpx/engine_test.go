package httpx

import (
	"bytes"
	"crypto/rand"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/locale"
	"ramure/web"
)

// noon is when every test happens.
var noon = time.Date(2026, 11, 22, 11, 0, 0, 0, time.UTC)

// hall is an engine under test with its log.
type hall struct {
	*Engine
	log *journal
}

// journal is a log that several goroutines may write.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(line []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(line)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// newHall builds a real engine on the product's own pages and texts.
func newHall(t *testing.T, change func(*Config), routes ...Route) *hall {
	t.Helper()
	catalogue, err := locale.Open(web.FS)
	if err != nil {
		t.Fatal(err)
	}
	journal := &journal{}
	config := Config{
		BaseURL:   "https://badges.exemple.fr",
		Templates: templates(t),
		Static:    web.FS,
		Catalogue: catalogue,
		Logger:    slog.New(slog.NewJSONHandler(journal, nil)),
		Now:       func() time.Time { return noon },
		Rand:      rand.Reader,
	}
	if change != nil {
		change(&config)
	}
	engine, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	if err := engine.Mount(routes); err != nil {
		t.Fatal(err)
	}
	return &hall{engine, journal}
}

// templates adds the demonstration's page to the product's.
func templates(t *testing.T) fs.FS {
	t.Helper()
	all := fstest.MapFS{}
	err := fs.WalkDir(web.FS, "templates", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(web.FS, name)
		all[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("testdata/demo/badge.html")
	if err != nil {
		t.Fatal(err)
	}
	all["templates/demo/badge/badge.html"] = &fstest.MapFile{Data: page}
	return all
}

// ask sends one request through the whole chain.
func (h *hall) ask(t *testing.T, method, target string, body io.Reader, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	handler, err := h.Handler()
	if err != nil {
		t.Fatal(err)
	}
	request := httptest.NewRequest(method, target, body)
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request)
	return answer
}

// page is a route for people that answers ok.
func page(path string, handler gin.HandlerFunc) Route {
	return Route{Method: http.MethodGet, Path: path, Policy: Public, Body: NoBody, Page: true, Handler: handler}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	catalogue, err := locale.Open(web.FS)
	if err != nil {
		t.Fatal(err)
	}
	good := Config{BaseURL: "http://localhost:8080", Templates: web.FS, Static: web.FS, Catalogue: catalogue, Rand: rand.Reader}
	tests := map[string]func(*Config){
		"relative base":  func(c *Config) { c.BaseURL = "/badges" },
		"slash at end":   func(c *Config) { c.BaseURL = "http://localhost/" },
		"proxy":          func(c *Config) { c.TrustedProxies = []string{"nobody"} },
		"broken page":    func(c *Config) { c.Templates = broken("{{define \"content\"}}{{end") },
		"unknown func":   func(c *Config) { c.Templates = broken(`{{define "content"}}{{shout "x"}}{{end}}`) },
		"no content":     func(c *Config) { c.Templates = broken(`{{define "other"}}{{end}}`) },
		"no templates":   func(c *Config) { c.Templates = fstest.MapFS{} },
		"no static":      func(c *Config) { c.Static = fstest.MapFS{} },
		"kind of a file": func(c *Config) { c.Static = fstest.MapFS{"static/x.exe": {Data: []byte("x")}} },
	}
	for name, spoil := range tests {
		config := good
		spoil(&config)
		if _, err := New(config); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, err := New(good); err != nil {
		t.Errorf("the good one: %v", err)
	}
}

func broken(source string) fs.FS {
	return fstest.MapFS{
		"templates/shared/layout.html": {Data: []byte(`{{define "layout"}}{{template "content" .}}{{end}}`)},
		"templates/x/y/y.html":         {Data: []byte(source)},
	}
}

func TestMountRefuses(t *testing.T) {
	t.Parallel()
	ok := func(c *gin.Context) { OK(c, 1) }
	tests := map[string]Route{
		"no policy":      {Method: "GET", Path: "/a", Body: NoBody, Handler: ok},
		"no body limit":  {Method: "GET", Path: "/b", Policy: Public, Handler: ok},
		"no handler":     {Method: "GET", Path: "/c", Policy: Public, Body: NoBody},
		"no method":      {Path: "/d", Policy: Public, Body: NoBody, Handler: ok},
		"unknown policy": {Method: "GET", Path: "/e", Policy: "issue", Body: NoBody, Handler: ok},
		"taken":          {Method: "GET", Path: "/static/*file", Policy: Public, Body: NoBody, Handler: ok},
		"contradiction":  {Method: "GET", Path: "/static/:other", Policy: Public, Body: NoBody, Handler: ok},
	}
	for name, route := range tests {
		h := newHall(t, nil)
		err := h.Mount([]Route{route})
		if err == nil || !strings.Contains(err.Error(), route.Path) {
			t.Errorf("%s: got %v, want an error that names the route", name, err)
		}
	}
}

func TestDeclareRefuses(t *testing.T) {
	t.Parallel()
	good := Route{Method: "POST", Path: "/x", Policy: "issue", Body: SmallBody}
	tests := map[string]func(*Route){
		"no policy": func(r *Route) { r.Path, r.Policy = "/y", "" }, "no limit": func(r *Route) { r.Path, r.Body = "/y", 0 },
		"no path": func(r *Route) { r.Path = "" }, "twice": func(*Route) {},
	}
	for name, spoil := range tests {
		h := newHall(t, nil)
		if err := h.Declare([]Route{good}); err != nil {
			t.Fatal(err)
		}
		spoiled := good
		spoil(&spoiled)
		if err := h.Declare([]Route{spoiled}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// TestUndeclaredRouteStopsTheStart mounts behind the table's back.
func TestUndeclaredRouteStopsTheStart(t *testing.T) {
	t.Parallel()
	h := newHall(t, nil)
	h.Router().POST("/secret", func(c *gin.Context) { OK(c, 1) })
	if _, err := h.Handler(); err == nil || !strings.Contains(err.Error(), "/secret") {
		t.Fatalf("got %v", err)
	}
	err := h.Declare([]Route{{Method: "POST", Path: "/secret", Policy: "issue", Body: SmallBody}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Handler(); err != nil {
		t.Errorf("declared: %v", err)
	}
}

func TestGuardStandsBeforeTheHandler(t *testing.T) {
	t.Parallel()
	reached := false
	guards := func(c *Config) {
		c.Guards = map[Policy]gin.HandlerFunc{"issue": func(c *gin.Context) {
			Fail(c, unauthenticated())
		}}
	}
	h := newHall(t, guards, Route{Method: "GET", Path: "/guarded", Policy: "issue", Body: NoBody, Handler: func(c *gin.Context) {
		reached = true
		OK(c, 1)
	}})
	answer := h.ask(t, "GET", "/guarded", nil)
	if answer.Code != 401 || reached || answer.Header().Get("WWW-Authenticate") == "" {
		t.Errorf("status %d, reached %t, %v", answer.Code, reached, answer.Header())
	}
}
