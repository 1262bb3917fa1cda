package auth_test

import (
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/auth"
	"ramure/internal/httpx"
	"ramure/internal/locale"
	"ramure/web"
)

// hall serves one route for each line of the table.
func (s *stage) hall() http.Handler {
	s.Helper()
	catalogue, err := locale.Open(web.FS)
	s.must(err)
	engine, err := httpx.New(httpx.Config{BaseURL: "https://badges.example.org", Templates: web.FS, Static: web.FS,
		Catalogue: catalogue, Rand: rand.Reader, Logger: slog.New(slog.DiscardHandler), Now: func() time.Time { return s.clock }, Guards: s.Guards()})
	s.must(err)
	for _, line := range auth.Table() {
		s.must(engine.Mount([]httpx.Route{{Method: http.MethodGet, Path: "/" + string(line.Policy) + "/:slug", Policy: line.Policy,
			Body: httpx.NoBody, Page: true, Handler: func(c *gin.Context) {
				httpx.OK(c, map[string]string{"venue": auth.ScopeOf(c).Venue(), "actor": auth.ScopeOf(c).Actor(), "user": auth.SessionOf(c).User.ID})
			}}}))
	}
	handler, err := engine.Handler()
	s.must(err)
	return handler
}

// ask sends a request with a session's secret, and gives status and body.
func ask(hall http.Handler, path string, secret auth.Secret) (int, string) {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept", "text/html")
	if secret != "" {
		r.Header.Set("Cookie", "__Host-ramure="+string(secret))
	}
	w := httptest.NewRecorder()
	hall.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// Every line × every role in every place × every target: who has the role within
// reach passes, who has another one there is forbidden, to all others there is
// nothing, whether it exists or not.
func TestGuardsKeepTheTable(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	hall := s.hall()
	above := map[string][]string{"atelier": {"sud"}, "phare": {"alpes", "sud"}, "ailleurs": {"nord"}, "nowhere": nil,
		"sud": {"sud"}, "alpes": {"alpes", "sud"}, "nord": {"nord"}}
	targets := map[auth.Kind][]string{auth.OnVenue: {"atelier", "phare", "ailleurs", "nowhere"}, auth.OnNetwork: {"sud", "alpes", "nord", "nowhere"},
		auth.OnInstance: {"x"}}
	cells, passed := 0, 0
	for _, r := range auth.Roles() {
		for kind, slug := range map[auth.Kind]string{auth.OnVenue: "atelier", auth.OnNetwork: "sud", auth.OnInstance: ""} {
			held := auth.Target{Kind: kind, Slug: slug}
			if !r.Suits(held) {
				continue
			}
			secret := s.signIn(s.someone(role(r, kind, slug)))
			for _, line := range auth.Table() {
				for _, target := range targets[line.On] {
					within := kind == auth.OnInstance || kind == line.On && slug == target || kind == auth.OnNetwork && slices.Contains(above[target], slug) && line.On != auth.OnInstance
					want := http.StatusNotFound
					switch {
					case len(line.Roles) == 0 || within && slices.Contains(line.Roles, r):
						want = http.StatusOK
					case within:
						want = http.StatusForbidden
					}
					got, body := ask(hall, "/"+string(line.Policy)+"/"+target, secret)
					if got != want {
						t.Errorf("%s on %v, %s of %s: %d, want %d", r, held, line.Policy, target, got, want)
					}
					if got == http.StatusOK {
						passed++
						if (line.On == auth.OnVenue) != strings.Contains(body, `"venue":"`+target+`"`) {
							t.Errorf("%s of %s: %s", line.Policy, target, body)
						}
					}
					cells++
				}
			}
		}
	}
	t.Logf("%d cells, %d of them open", cells, passed)
	if cells < 400 || passed < 60 {
		t.Errorf("%d cells, %d open", cells, passed)
	}
}

// A line that wants a proof refuses a session whose proof is old; nobody passes
// without a session, and a page sends them to sign in, and back.
func TestGuardsWantProofAndSession(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	hall := s.hall()
	secret := s.signIn(s.someone(role(auth.RoleVenueHead, auth.OnVenue, "atelier")))
	asked := 0
	for _, late := range []bool{false, true} {
		if late {
			s.clock = dawn.Add(11 * time.Minute)
		}
		for _, line := range auth.Table() {
			if line.On != auth.OnVenue || !slices.Contains(line.Roles, auth.RoleVenueHead) {
				continue
			}
			want := http.StatusOK
			if late && line.Proof {
				want, asked = http.StatusSeeOther, asked+1 // to the page where it is proved
			}
			if got, _ := ask(hall, "/"+string(line.Policy)+"/atelier", secret); got != want {
				t.Errorf("late %v, %s: %d, want %d", late, line.Policy, got, want)
			}
		}
	}
	if asked < 4 {
		t.Errorf("%d lines ask for a proof", asked)
	}
	for _, line := range auth.Table() {
		for _, wrong := range []auth.Secret{"", "x", secret[:42] + "A", secret + "A"} {
			if wrong == secret {
				continue
			}
			if got, _ := ask(hall, "/"+string(line.Policy)+"/atelier", wrong); got != http.StatusSeeOther {
				t.Errorf("%s without a session: %d", line.Policy, got)
			}
		}
	}
}

// The forbidden and the missing tell an outsider the same.
func TestOthersVenuesLookMissing(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	hall := s.hall()
	secret := s.signIn(s.someone(role(auth.RoleVenueHead, auth.OnVenue, "atelier")))
	clean := func(body string) string {
		for _, slug := range []string{"phare", "nowhere"} {
			body = strings.ReplaceAll(body, slug, "X")
		}
		return body[:strings.Index(body, "<main")] + fmt.Sprint(strings.Count(body, "<"))
	}
	_, other := ask(hall, "/venue/phare", secret)
	_, missing := ask(hall, "/venue/nowhere", secret)
	if clean(other) != clean(missing) {
		t.Errorf("%s\n\n%s", other, missing)
	}
}
