package e2e

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ramure/internal/app"
	"ramure/internal/auth"
	"ramure/internal/config"
	"ramure/internal/mediation"
	"ramure/internal/store/pgtest"
)

// site is a running Ramure, on this machine and a port of its own.
type site struct {
	*app.App
	tb   testing.TB
	Base string
}

// engines are the databases that every story is told on.
var engines = []string{"sqlite", "postgres"}

// onEngines tells a story once on each database.
func onEngines(t *testing.T, story func(*testing.T, *site)) {
	for _, engine := range engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			story(t, start(t, engine))
		})
	}
}

// start starts a new installation on a database of its own.
func start(tb testing.TB, engine string) *site {
	tb.Helper()
	c := config.Config{DataDir: tb.TempDir(), AdminListen: "127.0.0.1:0"}
	c.DatabaseURL = "sqlite:" + filepath.Join(c.DataDir, "ramure.db")
	if engine == "postgres" {
		c.DatabaseURL = pgtest.Database(tb)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	c.Listen = listener.Addr().String()
	return serve(tb, c, listener)
}

// serve runs an installation of that configuration until the test ends.
func serve(tb testing.TB, c config.Config, listener net.Listener) *site {
	tb.Helper()
	return serveAt(tb, c, listener, time.Now)
}

// serveAt is serve by another clock.
func serveAt(tb testing.TB, c config.Config, listener net.Listener, now func() time.Time) *site {
	tb.Helper()
	if err := c.Complete(); err != nil {
		tb.Fatal(err)
	}
	a, err := app.New(tb.Context(), c, app.Env{Now: now, Rand: rand.Reader, Version: "test",
		Log: slog.New(slog.NewTextHandler(logTo{tb}, &slog.HandlerOptions{Level: slog.LevelWarn}))})
	if err != nil {
		tb.Fatal(err)
	}
	work, stopWork := context.WithCancel(context.Background())
	worked := make(chan struct{})
	go func() { a.Run(work); close(worked) }()
	server := &http.Server{Handler: a.Handler, ReadHeaderTimeout: 10 * time.Second}
	go server.Serve(listener)
	tb.Cleanup(func() {
		stopWork()
		<-worked
		if err := server.Close(); err != nil {
			tb.Error(err)
		}
		if err := a.Close(); err != nil {
			tb.Error(err)
		}
	})
	return &site{App: a, tb: tb, Base: c.BaseURL}
}

// logTo shows what the service logs beside the test's own output.
type logTo struct{ tb testing.TB }

func (l logTo) Write(p []byte) (int, error) {
	l.tb.Log(strings.TrimSpace(string(p)))
	return len(p), nil
}

// venue makes a venue and a token of it with all rights.
func (s *site) venue(slug string) (token string) {
	s.tb.Helper()
	_, err := s.Network.Join(s.tb.Context(), mediation.Venue{Slug: slug, Name: "ERIC " + slug, Commune: "13055"})
	if err != nil {
		s.tb.Fatal(err)
	}
	return s.token(slug, auth.Read, auth.Issue, auth.Revoke)
}

func (s *site) token(slug string, rights ...auth.Right) string {
	s.tb.Helper()
	token, err := s.Tokens.Create(s.tb.Context(), slug, "essai", rights)
	if err != nil {
		s.tb.Fatal(err)
	}
	return token
}

// answer is what an address answered.
type answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// member gives a text member of a JSON answer, by its dotted path.
func (a answer) member(tb testing.TB, path string) string {
	tb.Helper()
	var value any
	if err := json.Unmarshal(a.Body, &value); err != nil {
		tb.Fatalf("%v in %s", err, a.Body)
	}
	for _, name := range strings.Split(path, ".") {
		object, _ := value.(map[string]any)
		value = object[name]
	}
	return fmt.Sprint(value)
}

// client never follows a redirect: where one is due the story says so.
var client = &http.Client{Timeout: 30 * time.Second,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// call asks an address; header comes in pairs.
func (s *site) call(method, path, body string, header ...string) answer {
	s.tb.Helper()
	address := path
	if strings.HasPrefix(path, "/") {
		address = s.Base + path
	}
	request, err := http.NewRequestWithContext(s.tb.Context(), method, address, strings.NewReader(body))
	if err != nil {
		s.tb.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	response, err := client.Do(request)
	if err != nil {
		s.tb.Fatal(err)
	}
	defer response.Body.Close()
	got, err := io.ReadAll(response.Body)
	if err != nil {
		s.tb.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, got}
}

// get asks an address for a media type and expects a status.
func (s *site) get(path, accept string, status int) answer {
	s.tb.Helper()
	a := s.call(http.MethodGet, path, "", "Accept", accept)
	s.expect(a, status)
	return a
}

// post sends JSON with a token and expects a status.
func (s *site) post(path, token string, body any, status int, header ...string) answer {
	s.tb.Helper()
	raw, isText := body.(string)
	if !isText {
		encoded, err := json.Marshal(body)
		if err != nil {
			s.tb.Fatal(err)
		}
		raw = string(encoded)
	}
	header = append([]string{"Authorization", "Bearer " + token, "Content-Type", "application/json"}, header...)
	a := s.call(http.MethodPost, path, raw, header...)
	s.expect(a, status)
	return a
}

func (s *site) expect(a answer, status int) {
	s.tb.Helper()
	if a.Status != status {
		s.tb.Fatalf("answered %d, want %d: %s", a.Status, status, bytes.TrimSpace(a.Body))
	}
}

// achievement defines an achievement with two levels and answers its id.
func (s *site) achievement(token string) string {
	s.tb.Helper()
	return s.post("/api/v1/achievements", token, map[string]any{
		"name": "Vérifier la fiabilité d’une information", "description": "Savoir recouper ses sources.",
		"criteria":    "Avoir comparé **trois sources** devant le groupe.\n\n* une source officielle\n* un média",
		"competences": []string{"acunum.c1.4"}, "validFor": "P3Y", "tags": []string{"information"},
		"levels": []map[string]string{{"name": "Indépendant", "level": "3", "description": "Seul, dans des cas simples."},
			{"name": "Avancé", "level": "5", "description": "Aide les autres."}},
	}, http.StatusCreated).member(s.tb, "id")
}

// order is an award that a story asks for; extra members come over it.
func order(achievement string, extra map[string]any) map[string]any {
	body := map[string]any{"achievement": achievement, "level": "3",
		"recipient": map[string]string{"givenName": "Lucie", "familyName": "Le Goff-D’Œuvre"}}
	for name, value := range extra {
		body[name] = value
	}
	return body
}

// issue awards and answers the id.
func (s *site) issue(token string, body map[string]any) string {
	s.tb.Helper()
	key := make([]byte, 12)
	if _, err := rand.Read(key); err != nil {
		s.tb.Fatal(err)
	}
	return s.post("/api/v1/awards", token, body, http.StatusCreated, "Idempotency-Key", fmt.Sprintf("%x", key)).member(s.tb, "id")
}
