package api_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"ramure/internal/auth"
	"ramure/schemas"
)

// What bad requests get, whoever asks: a problem that names the member, never
// the value.
func TestManners(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.venue("atelier")
	token := "Bearer " + h.token("atelier", auth.Read, auth.Issue, auth.Revoke)
	achievement := h.define(strings.TrimPrefix(token, "Bearer "))
	good := order(achievement)
	with := func(member string) string { return strings.TrimSuffix(good, "}") + "," + member + "}" }
	const secret = "s3cr3t-v4lue"
	cases := []struct {
		name, method, path, body string
		header                   []string
		status                   int
		says                     string
	}{
		{"an unknown query parameter", "GET", "/api/v1/awards?colour=" + secret, "", nil, 422, "query.colour"},
		{"one in another case", "GET", "/api/v1/awards?Limit=3", "", nil, 422, "query.Limit"},
		{"one where none is known", "GET", "/api/v1/achievements/" + achievement + "?v=1", "", nil, 422, "query.v"},
		{"one on a POST", "POST", "/api/v1/awards?dry=1", good, nil, 422, "query.dry"},
		{"a limit that is no number", "GET", "/api/v1/awards?limit=" + secret, "", nil, 422, "query.limit"},
		{"a limit of 0", "GET", "/api/v1/awards?limit=0", "", nil, 422, "query.limit"},
		{"a limit of 101", "GET", "/api/v1/achievements?limit=101", "", nil, 422, "query.limit"},
		{"a state that is none", "GET", "/api/v1/awards?status=" + secret, "", nil, 422, "query.status"},
		{"a day for a moment", "GET", "/api/v1/awards?since=2026-11-22", "", nil, 422, "query.since"},
		{"a cursor that is none", "GET", "/api/v1/awards?cursor=" + secret, "", nil, 422, "cursor"},
		{"a cursor that is none", "GET", "/api/v1/achievements?cursor=" + secret, "", nil, 422, "cursor"},
		{"an unknown member", "POST", "/api/v1/awards", with(`"colour":"` + secret + `"`), nil, 422, "$.colour"},
		{"a member in another case", "POST", "/api/v1/awards", strings.Replace(good, `"level"`, `"LEVEL"`, 1), nil, 422, "$.LEVEL"},
		{"a member twice", "POST", "/api/v1/awards", with(`"level":"3"`), nil, 400, ""},
		{"a member twice, once escaped", "POST", "/api/v1/awards", with(`"lev\u0065l":"3"`), nil, 400, ""},
		{"null", "POST", "/api/v1/awards", with(`"evidence":[{"url":null}]`), nil, 422, "$.evidence[0].url"},
		{"another type", "POST", "/api/v1/awards", strings.Replace(good, `"3"`, `3`, 1), nil, 422, "$.level"},
		{"a number for a year", "POST", "/api/v1/awards", with(`"birthYear":1987.5`), nil, 422, "$.birthYear"},
		{"a missing member", "POST", "/api/v1/awards", `{"achievement":"x"}`, nil, 422, "$.recipient"},
		{"a schema of its own", "POST", "/api/v1/awards", with(`"$schema":"` + secret + `"`), nil, 422, "$schema"},
		{"a lone surrogate", "POST", "/api/v1/awards", strings.Replace(good, "Lucie", `Lu\ud800cie`, 1), nil, 400, ""},
		{"bytes that are no text", "POST", "/api/v1/awards", strings.Replace(good, "Lucie", "Lu\xffcie", 1), nil, 400, ""},
		{"33 levels", "POST", "/api/v1/awards", with(`"x":` + strings.Repeat("[", 33) + strings.Repeat("]", 33)), nil, 400, ""},
		{"a list", "POST", "/api/v1/awards", "[" + good + "]", nil, 400, ""},
		{"a text", "POST", "/api/v1/awards", `"` + secret + `"`, nil, 400, ""},
		{"two values", "POST", "/api/v1/awards", good + good, nil, 400, ""},
		{"nothing", "POST", "/api/v1/awards", " ", nil, 400, ""},
		{"no key", "POST", "/api/v1/awards", good, []string{"Idempotency-Key", ""}, 422, "header.Idempotency-Key"},
		{"a key of 201 characters", "POST", "/api/v1/awards", good, []string{"Idempotency-Key", strings.Repeat("k", 201)}, 422, "header.Idempotency-Key"},
		{"a key with a blank", "POST", "/api/v1/awards", good, []string{"Idempotency-Key", "a b"}, 422, "header.Idempotency-Key"},
		{"a form", "POST", "/api/v1/awards", good, []string{"Content-Type", "application/x-www-form-urlencoded"}, 415, ""},
		{"text", "POST", "/api/v1/awards", good, []string{"Content-Type", "text/plain"}, 415, ""},
		{"JSON of another kind", "POST", "/api/v1/awards", good, []string{"Content-Type", "application/merge-patch+json"}, 415, ""},
		{"no type", "POST", "/api/v1/awards", good, []string{"Content-Type", ""}, 415, ""},
		{"two types", "POST", "/api/v1/awards", good, []string{"Content-Type", "application/json, text/plain"}, 415, ""},
		{"64 KiB and one", "POST", "/api/v1/awards", with(`"x":"` + strings.Repeat("x", 64<<10) + `"`), nil, 413, ""},
		{"a body where none belongs", "GET", "/api/v1/awards", good, nil, 413, ""},
		{"a path that is none", "GET", "/api/v1/badges", "", nil, 404, ""},
		{"a path with a slash more", "GET", "/api/v1/awards/", "", nil, 404, ""},
		{"a method that is none", "DELETE", "/api/v1/awards", "", nil, 405, ""},
	}
	for _, c := range cases {
		header := append([]string{"Authorization", token, "Idempotency-Key", "k"}, c.header...)
		a := h.ask(c.method, c.path, c.body, header...)
		h.refused(c.name, a, c.status)
		if !strings.Contains(a.body, c.says) {
			t.Errorf("%s: %s is not named: %s", c.name, c.says, a.body)
		}
		if strings.Contains(a.body, secret) && !strings.HasPrefix(c.says, "query.colour") {
			t.Errorf("%s: the value is repeated: %s", c.name, a.body)
		}
	}
	if a := h.ask(http.MethodGet, "/api/v1/awards", "", "Authorization", token); a.body != "{\"items\":[]}\n" {
		t.Errorf("something was left: %s", a.body)
	}
}

// The types that a caller may write, and what the answers say of themselves.
func TestContentTypes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.venue("atelier")
	token := "Bearer " + h.token("atelier", auth.Read, auth.Issue)
	definition := `{"name":"Trier","description":"Trier ses sources.","criteria":"Trois sources."}`
	for _, kind := range []string{"application/json", "application/json; charset=utf-8", "Application/JSON"} {
		a := h.ask(http.MethodPost, "/api/v1/achievements", definition, "Authorization", token, "Content-Type", kind)
		if a.status != http.StatusCreated || a.header.Get("Content-Type") != "application/json" {
			t.Errorf("%s: %d as %s", kind, a.status, a.header.Get("Content-Type"))
		}
		if want := "/api/v1/achievements/" + a.member(t, "id"); a.header.Get("Location") != want {
			t.Errorf("Location %q, want %q", a.header.Get("Location"), want)
		}
	}
	for _, accept := range []string{"", "*/*", "application/json", "text/html", "application/cbor", "application/xml;q=1, */*;q=0.1"} {
		a := h.ask(http.MethodGet, "/api/v1/achievements", "", "Authorization", token, "Accept", accept)
		if a.status != http.StatusOK || a.header.Get("Content-Type") != "application/json" || strings.Contains(a.body, "$schema") {
			t.Errorf("Accept %q: %d as %s", accept, a.status, a.header.Get("Content-Type"))
		}
		if cache := a.header.Get("Cache-Control"); cache != "no-store" {
			t.Errorf("the register may be kept: %q", cache)
		}
		if a.header.Get("Access-Control-Allow-Origin") != "" {
			t.Error("scripts of any site may read the register")
		}
		a = h.ask(http.MethodGet, "/api/v1/achievements/x", "", "Authorization", token, "Accept", accept)
		h.refused("a refusal to whoever accepts "+accept, a, http.StatusNotFound)
	}
}

// Refusals speak the reader's language.
func TestRefusalsSpeakTheReadersLanguage(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	french := h.ask(http.MethodGet, "/api/v1/awards", "", "Accept-Language", "fr")
	english := h.ask(http.MethodGet, "/api/v1/awards", "", "Accept-Language", "en-GB,en;q=0.9")
	for lang, a := range map[string]answer{"fr": french, "en": english} {
		if a.header.Get("Content-Language") != lang {
			t.Errorf("asked in %s, answered in %q", lang, a.header.Get("Content-Language"))
		}
	}
	if french.member(t, "detail") == english.member(t, "detail") {
		t.Errorf("one sentence in both: %s", french.member(t, "detail"))
	}
}

// Methods that no line of the table has: what may be asked is said, and nothing
// is done.
func TestOtherMethods(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.venue("atelier")
	token := "Bearer " + h.token("atelier", auth.Read, auth.Issue, auth.Revoke)
	for method, status := range map[string]int{http.MethodOptions: 204, http.MethodHead: 405, http.MethodPatch: 405, http.MethodDelete: 405, http.MethodPut: 405, "TRACE": 405} {
		for _, header := range []string{token, ""} {
			a := h.ask(method, "/api/v1/awards", "", "Authorization", header)
			if allow := a.header.Get("Allow"); a.status != status || !strings.Contains(allow, "GET") || !strings.Contains(allow, "POST") {
				t.Errorf("%s: %d, Allow %q", method, a.status, allow)
			}
		}
	}
}

// The description is served as it is committed, to anybody.
func TestDescriptionIsServed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	kept, err := schemas.FS.ReadFile("openapi/v1.json")
	h.must(err)
	a := h.ask(http.MethodGet, "/openapi.json", "")
	if a.status != http.StatusOK || a.body != string(kept) || a.header.Get("Content-Type") != "application/json" || a.header.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("%d as %s, %d bytes", a.status, a.header.Get("Content-Type"), len(a.body))
	}
	if a := h.ask(http.MethodHead, "/openapi.json", ""); a.status != http.StatusOK || a.body != "" {
		t.Errorf("HEAD: %d, %d bytes", a.status, len(a.body))
	}
	for _, path := range []string{"/docs", "/schemas/OrderIn.json", "/openapi.yaml", "/openapi-3.0.json"} {
		if a := h.ask(http.MethodGet, path, ""); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, a.status)
		}
	}
}

// Doors of one process may open and answer at the same time (run with -race).
func TestTwoDoorsOfOneProcess(t *testing.T) {
	t.Parallel()
	var group sync.WaitGroup
	for range 3 {
		h := newHouse(t)
		group.Go(func() {
			if a := h.ask(http.MethodGet, "/api/v1/awards?colour=red", ""); a.status != http.StatusUnauthorized {
				t.Errorf("%d: %s", a.status, a.body)
			}
		})
	}
	group.Wait()
}
