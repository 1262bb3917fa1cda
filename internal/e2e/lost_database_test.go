package e2e

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"ramure/internal/config"
	"ramure/internal/store/pgtest"
)

// PostgreSQL is killed while clients issue. The service says what it can't do,
// to people in words, and goes on by itself once the database is back: each key
// has its one award, and nothing that was answered is lost.
func TestDatabaseIsLostAndComesBack(t *testing.T) {
	t.Parallel()
	server := pgtest.New(t, pgtest.Options{})
	s := startIn(t, config.Config{DataDir: t.TempDir(), DatabaseURL: server.Database(t)})
	token := s.venue("eric-embrun")
	body := order(s.achievement(token), nil)
	early := s.issue(token, body)
	s.admin(t, "/readyz", http.StatusOK)

	const clients, each = 4, 30
	some, answers := make(chan struct{}, clients*each), make(chan [2]string, clients*each)
	var all sync.WaitGroup
	for client := range clients {
		all.Go(func() {
			for n := range each {
				key := fmt.Sprintf("lost-%d-%d", client, n)
				got, err := s.patient(token).award(t.Context(), key, body)
				if err != nil || got.Status != http.StatusCreated {
					t.Errorf("%s: %d %s, %v", key, got.Status, got.Body, err)
					return
				}
				answers <- [2]string{key, got.member(t, "id")}
				some <- struct{}{}
			}
		})
	}
	for range clients * 3 { // all of them are at work
		<-some
	}
	if err := server.Kill(); err != nil {
		t.Fatal(err)
	}
	s.tellsOutage(t, token, early, body)
	if err := server.Restart(); err != nil {
		t.Fatal(err)
	}
	all.Wait()
	close(answers)
	var known outcomes
	for a := range answers {
		known.set(a[0], a[1])
	}
	if len(known.of) != clients*each {
		t.Errorf("%d keys were answered, want %d", len(known.of), clients*each)
	}
	s.settleUp(t, token, body, map[string]string{early: "valid"}, &known)
	s.admin(t, "/readyz", http.StatusOK)
}

// tellsOutage asks while there is no database.
func (s *site) tellsOutage(t *testing.T, token, id string, body map[string]any) {
	t.Helper()
	refused, err := s.patient(token).once(t.Context(), "during the outage", body)
	if err != nil || refused.Status != http.StatusServiceUnavailable {
		t.Errorf("an award during the outage: %d %s, %v", refused.Status, refused.Body, err)
	}
	mustTellWhen(t, refused, "error.store.unavailable")
	soon(t, "what was read before is not told any more", func() bool {
		return s.call(http.MethodGet, "/v/"+id+".json", "", "Accept", "application/json").Status == http.StatusServiceUnavailable
	})
	report := s.get("/v/"+id+".json", "application/json", http.StatusServiceUnavailable)
	mustTellWhen(t, report, "error.store.unavailable")
	page := s.get("/v/"+id, "text/html", http.StatusServiceUnavailable)
	for _, words := range []string{"<h1", "Momentanément indisponible", "Les badges déjà délivrés ne sont pas touchés"} {
		if !strings.Contains(string(page.Body), words) {
			t.Errorf("the page of the outage lacks %q: %s", words, page.Body)
		}
	}
	if page.Header.Get("Retry-After") == "" {
		t.Error("the page of the outage does not say when to come back")
	}
	s.get("/aide-recruteur", "text/html", http.StatusOK) // needs no database
	s.admin(t, "/healthz", http.StatusOK)
	s.admin(t, "/readyz", http.StatusServiceUnavailable)
}

// admin asks the operator's address.
func (s *site) admin(t *testing.T, path string, status int) {
	t.Helper()
	answer := httptest.NewRecorder()
	s.Admin.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	if answer.Code != status {
		t.Errorf("%s answered %d, want %d: %s", path, answer.Code, status, answer.Body)
	}
}
