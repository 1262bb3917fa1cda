package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"ramure/internal/auth"
)

// operation is one line of the API, as a caller who may do it would ask.
type operation struct {
	method, path, body string
	right              auth.Right
	status             int
}

func operations(achievement, award string) []operation {
	definition := `{"name":"Trier","description":"Trier ses sources.","criteria":"Trois sources."}`
	reason := `{"reason":"Par erreur."}`
	return []operation{
		{http.MethodPost, "/api/v1/achievements", definition, auth.Issue, http.StatusCreated},
		{http.MethodGet, "/api/v1/achievements", "", auth.Read, http.StatusOK},
		{http.MethodGet, "/api/v1/achievements/" + achievement, "", auth.Read, http.StatusOK},
		{http.MethodPut, "/api/v1/achievements/" + achievement, definition, auth.Issue, http.StatusOK},
		{http.MethodPost, "/api/v1/awards", strings.Replace(order(achievement), `,"level":"3"`, "", 1), auth.Issue, http.StatusCreated},
		{http.MethodGet, "/api/v1/awards", "", auth.Read, http.StatusOK},
		{http.MethodGet, "/api/v1/awards/" + award, "", auth.Read, http.StatusOK},
		{http.MethodPost, "/api/v1/awards/" + award + "/revocation", reason, auth.Revoke, http.StatusCreated},
		{http.MethodPost, "/api/v1/achievements/" + achievement + "/withdrawal", reason, auth.Issue, http.StatusCreated},
	}
}

// Every operation, asked with every kind of token: only the right one opens it,
// and every wrong one looks like every other.
func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.venue("atelier")
	h.venue("phare")
	all := h.token("atelier", auth.Read, auth.Issue, auth.Revoke)
	achievement := h.define(all)
	award := h.issue(all, achievement, "first")
	revoked := h.token("atelier", auth.Read, auth.Issue, auth.Revoke)
	h.revokeToken(revoked)
	wrong := map[string]string{
		"none": "", "no scheme": all, "another scheme": "Basic " + all, "a wrong secret": "Bearer ramure_" + strings.Repeat("A", 43),
		"another prefix": "Bearer " + strings.TrimPrefix(all, "ramure_"), "one character too many": "Bearer " + all + "A",
		"one too few": "Bearer " + all[:len(all)-1], "in capitals": "Bearer " + strings.ToUpper(all), "a revoked one": "Bearer " + revoked,
		"two": "Bearer " + all + " " + all, "an empty one": "Bearer ", "SQL": "Bearer ramure_' or '1'='1", "a long one": "Bearer ramure_" + strings.Repeat("A", 5000),
	}
	cells := 0
	for _, o := range operations(achievement, award) {
		name := o.method + " " + o.path
		for what, header := range wrong {
			cells++
			a := h.ask(o.method, o.path, o.body, "Authorization", header, "Idempotency-Key", "k")
			h.refused(name+" with "+what, a, http.StatusUnauthorized)
			if a.header.Get("WWW-Authenticate") == "" {
				t.Errorf("%s with %s: no WWW-Authenticate", name, what)
			}
		}
		for _, right := range []auth.Right{auth.Read, auth.Issue, auth.Revoke} {
			if right != o.right {
				cells++
				a := h.ask(o.method, o.path, o.body, "Authorization", "Bearer "+h.token("atelier", right), "Idempotency-Key", "k")
				h.refused(name+" with the right "+string(right), a, http.StatusForbidden)
			}
		}
	}
	for _, o := range operations(achievement, award) {
		cells++
		a := h.ask(o.method, o.path, o.body, "Authorization", "bearer "+h.token("atelier", o.right), "Idempotency-Key", "last")
		if a.status != o.status {
			t.Errorf("%s %s with its right: %d, want %d: %s", o.method, o.path, a.status, o.status, a.body)
		}
	}
	t.Logf("%d cells", cells)
}

// refused asks for a problem document of that status, that echoes no secret.
func (h *house) refused(what string, a answer, status int) {
	h.Helper()
	if a.status != status || a.header.Get("Content-Type") != "application/problem+json" {
		h.Errorf("%s: %d as %s, want %d: %s", what, a.status, a.header.Get("Content-Type"), status, a.body)
	}
	if strings.Contains(a.body, "ramure_") {
		h.Errorf("%s: the answer repeats the token", what)
	}
	if a.member(h, "type") == "" || a.member(h, "title") == "" || a.member(h, "detail") == "" {
		h.Errorf("%s: half a problem: %s", what, a.body)
	}
}

func (h *house) revokeToken(secret string) {
	h.Helper()
	p, err := h.tokens.Authenticate(h.Context(), "Bearer "+secret)
	h.must(err)
	h.must(h.store.RevokeToken(h.Context(), p.TokenID, time.Now()))
}

// What is another venue's can't be told from what does not exist, for every
// operation that names something.
func TestAnotherVenueSeesNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.venue("atelier")
	h.venue("phare")
	mine, theirs := h.token("atelier", auth.Read, auth.Issue, auth.Revoke), h.token("phare", auth.Read, auth.Issue, auth.Revoke)
	achievement := h.define(mine)
	award := h.issue(mine, achievement, "first")
	const missing = "AAAAAAAAAAAAAAAAAAAAAA"
	foreign, nowhere := operations(achievement, award), operations(missing, missing)
	for i, o := range foreign {
		if o.path == nowhere[i].path && o.body == nowhere[i].body {
			continue // it names nothing
		}
		a := h.ask(o.method, o.path, o.body, "Authorization", "Bearer "+theirs, "Idempotency-Key", "k")
		b := h.ask(o.method, nowhere[i].path, nowhere[i].body, "Authorization", "Bearer "+theirs, "Idempotency-Key", "k")
		h.refused(o.method+" "+o.path, a, http.StatusNotFound)
		for _, member := range []string{"type", "title", "detail", "code"} {
			if a.member(t, member) != b.member(t, member) {
				t.Errorf("%s %s: %s tells the foreign from the missing", o.method, o.path, member)
			}
		}
	}
	for _, path := range []string{"/api/v1/awards", "/api/v1/achievements"} {
		if a := h.ask(http.MethodGet, path, "", "Authorization", "Bearer "+theirs); strings.Contains(a.body, award) || strings.Contains(a.body, achievement) {
			t.Errorf("%s shows what is another venue's: %s", path, a.body)
		}
	}
}
