package api_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ramure/internal/api"
	"ramure/internal/auth"
	"ramure/internal/award"
	"ramure/internal/competence"
	"ramure/internal/did"
	"ramure/internal/httpx"
	"ramure/internal/keyring"
	"ramure/internal/locale"
	"ramure/internal/mediation"
	"ramure/internal/problem"
	"ramure/internal/store"
	"ramure/internal/translog"
	"ramure/internal/verifier"
	"ramure/schemas"
	"ramure/web"
)

const base = "https://badges.example"

// house is the door with the real act, a real store and real tokens behind it.
type house struct {
	testing.TB
	handler http.Handler
	store   *store.Store
	tokens  auth.Tokens
	world   verifier.Fetch // what others answer; nil: nothing
	visitor string         // who asks; "" is always the same
}

func newHouse(t testing.TB) *house {
	t.Helper()
	h := &house{TB: t}
	s, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "ramure.db"),
		store.Options{Now: time.Now, IssuerDID: func(slug string) string { return did.Web(base, slug) }})
	h.must(err)
	t.Cleanup(func() { h.must(s.Close()) })
	h.must(s.Migrate(t.Context()))
	master, err := keyring.OpenMaster(filepath.Join(t.TempDir(), "master.key"), "", rand.Reader)
	h.must(err)
	ring := keyring.New(keyring.Config{Master: master, Store: s, Now: time.Now, Rand: rand.Reader})
	h.store, h.tokens = s, auth.Tokens{Store: s, Now: time.Now}
	act := award.New(award.Config{Base: base, Store: s, Keys: ring, Log: asleep{s}, Catalog: catalogue(t), Now: time.Now,
		Rand: rand.Reader, Place: time.UTC})
	h.handler = h.mount(act)
	return h
}

func (h *house) mount(act *award.Service) http.Handler {
	h.Helper()
	texts, err := locale.Open(web.FS)
	h.must(err)
	missing := func(lang locale.Language, key string) { h.Errorf("%s: no text %s", lang, key) }
	engine, err := httpx.New(httpx.Config{BaseURL: base, Templates: web.FS, Static: web.FS, Catalogue: texts.ObserveMissing(missing),
		Logger: slog.New(slog.DiscardHandler), Now: time.Now, Rand: rand.Reader})
	h.must(err)
	h.must(api.Mount(engine, api.Config{Awards: act, Tokens: h.tokens, Addresses: act.Addresses, Version: "1", Now: time.Now,
		Examiner: verifier.Service{Config: verifier.Config{Fetch: h.fetch, Home: base, Now: time.Now}}}))
	handler, err := engine.Handler()
	h.must(err)
	return handler
}

func (h *house) fetch(ctx context.Context, address, accept string) ([]byte, error) {
	if h.world == nil {
		return nil, problem.New(problem.NotFound, "error.outbound.notFound")
	}
	return h.world(ctx, address, accept)
}

// asleep is a log that never sequences: nothing here reads it.
type asleep struct{ *store.Store }

func (asleep) Wake()                                  {}
func (asleep) Settle(context.Context)                 {}
func (asleep) Latest(context.Context) ([]byte, error) { return nil, nil }
func (asleep) Policy() translog.Policy                { return translog.Policy{} }

func catalogue(t testing.TB) *competence.Catalogue {
	t.Helper()
	file, err := schemas.FS.Open("data/competences.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	loaded, err := competence.Load(file)
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

func (h *house) venue(slug string) {
	h.Helper()
	h.must(h.store.AddVenue(h.Context(), mediation.Venue{Slug: slug, Name: "ERIC", Commune: "13055", JWTAlg: "ES256", CreatedAt: time.Now()}))
}

func (h *house) token(slug string, rights ...auth.Right) string {
	h.Helper()
	token, err := h.tokens.Create(h.Context(), slug, "essai", rights)
	h.must(err)
	return token
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// answer is what the door answered.
type answer struct {
	status int
	header http.Header
	body   string
}

// ask sends a request; header comes in pairs, an empty value leaves one out.
func (h *house) ask(method, path, body string, header ...string) answer {
	h.Helper()
	var content io.Reader
	if body != "" {
		content = strings.NewReader(body)
	}
	request := httptest.NewRequestWithContext(h.Context(), method, path, content)
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(header); i += 2 {
		if request.Header.Del(header[i]); header[i+1] != "" {
			request.Header.Set(header[i], header[i+1])
		}
	}
	if h.visitor != "" {
		request.RemoteAddr = h.visitor
	}
	recorder := httptest.NewRecorder()
	h.handler.ServeHTTP(recorder, request)
	return answer{recorder.Code, recorder.Header(), recorder.Body.String()}
}

// member gives a text member of an answer.
func (a answer) member(t testing.TB, name string) string {
	t.Helper()
	var object map[string]any
	if err := json.Unmarshal([]byte(a.body), &object); err != nil {
		t.Fatalf("%v in %q", err, a.body)
	}
	text, _ := object[name].(string)
	return text
}

// define makes an achievement and answers its id.
func (h *house) define(token string) string {
	h.Helper()
	a := h.ask(http.MethodPost, "/api/v1/achievements", `{"name":"Trier","description":"Trier ses sources.","criteria":"Trois sources.",`+
		`"levels":[{"name":"Indépendant","level":"3"}],"validFor":"P3Y"}`, "Authorization", "Bearer "+token)
	if a.status != http.StatusCreated {
		h.Fatalf("%d: %s", a.status, a.body)
	}
	return a.member(h, "id")
}

func order(achievement string) string {
	return fmt.Sprintf(`{"achievement":%q,"recipient":{"givenName":"Lucie","familyName":"Le Goff"},"level":"3"}`, achievement)
}

// issue awards and answers the id.
func (h *house) issue(token, achievement, key string) string {
	h.Helper()
	a := h.ask(http.MethodPost, "/api/v1/awards", order(achievement), "Authorization", "Bearer "+token, "Idempotency-Key", key)
	if a.status != http.StatusCreated {
		h.Fatalf("%d: %s", a.status, a.body)
	}
	return a.member(h, "id")
}
