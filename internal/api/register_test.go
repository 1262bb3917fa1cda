package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"ramure/internal/auth"
)

// The register is read in pages, each item once, newest first, and filtered.
func TestPagesOfTheRegister(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.venue("atelier")
	token := h.token("atelier", auth.Read, auth.Issue, auth.Revoke)
	achievement := h.define(token)
	var issued []string
	for _, key := range []string{"a", "b", "c", "d", "e"} {
		issued = append([]string{h.issue(token, achievement, key)}, issued...)
	}
	var read []string
	for cursor, pages := "", 0; pages == 0 || cursor != ""; pages++ {
		page := h.page(token, "/api/v1/awards?limit=2&cursor="+cursor)
		for _, item := range page.Items {
			read = append(read, item.ID)
		}
		cursor = page.Next
	}
	if strings.Join(read, " ") != strings.Join(issued, " ") {
		t.Errorf("read %v, issued %v", read, issued)
	}
	a := h.ask(http.MethodPost, "/api/v1/awards/"+issued[2]+"/revocation", `{"reason":"Par erreur."}`, "Authorization", "Bearer "+token)
	if a.status != http.StatusCreated || !strings.Contains(a.body, "Par erreur.") {
		t.Errorf("%d: %s", a.status, a.body)
	}
	for status, want := range map[string]int{"valid": 4, "revoked": 1, "expired": 0, "notYetValid": 0} {
		if got := len(h.page(token, "/api/v1/awards?status="+status).Items); got != want {
			t.Errorf("%d are %s, want %d", got, status, want)
		}
	}
	if got := len(h.page(token, "/api/v1/awards?since=2999-01-01T00:00:00Z").Items); got != 0 {
		t.Errorf("%d were issued in a thousand years", got)
	}
}

type page struct {
	Items []struct{ ID, Status string }
	Next  string
}

func (h *house) page(token, path string) (p page) {
	h.Helper()
	a := h.ask(http.MethodGet, path, "", "Authorization", "Bearer "+token)
	if a.status != http.StatusOK {
		h.Fatalf("%s: %d: %s", path, a.status, a.body)
	}
	h.must(json.Unmarshal([]byte(a.body), &p))
	return p
}

// The same key is the same answer, byte for byte; with another order a conflict.
func TestSameKeySameAnswer(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.venue("atelier")
	token := h.token("atelier", auth.Read, auth.Issue)
	achievement := h.define(token)
	ask := func(body string) answer {
		return h.ask(http.MethodPost, "/api/v1/awards", body, "Authorization", "Bearer "+token, "Idempotency-Key", "k")
	}
	first, again := ask(order(achievement)), ask(" "+strings.ReplaceAll(order(achievement), ",", " , "))
	if first.body != again.body || first.status != again.status || first.header.Get("Location") != again.header.Get("Location") {
		t.Errorf("first %d %s, again %d %s", first.status, first.body, again.status, again.body)
	}
	if first.header.Get("Idempotent-Replayed") != "false" || again.header.Get("Idempotent-Replayed") != "true" {
		t.Errorf("replayed: %s, then %s", first.header.Get("Idempotent-Replayed"), again.header.Get("Idempotent-Replayed"))
	}
	for name, body := range map[string]string{"another name": strings.Replace(order(achievement), "Lucie", "Zoé", 1),
		"no level": strings.Replace(order(achievement), `,"level":"3"`, "", 1)} {
		h.refused(name, ask(body), http.StatusConflict)
	}
}

// An answer about an award holds no name: the venue knows its people by its own
// reference.
func TestAnswersHoldNoName(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.venue("atelier")
	token := h.token("atelier", auth.Read, auth.Issue, auth.Revoke)
	id := h.issue(token, h.define(token), "k")
	for _, path := range []string{"/api/v1/awards", "/api/v1/awards/" + id} {
		a := h.ask(http.MethodGet, path, "", "Authorization", "Bearer "+token)
		if strings.Contains(a.body, "Lucie") || strings.Contains(a.body, "Goff") {
			t.Errorf("%s: %s", path, a.body)
		}
	}
}
