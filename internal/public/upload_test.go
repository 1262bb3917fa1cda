package public_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// What can't be verified is refused in words that say what to do, on the page where
// it can be done; what was typed is still there.
func TestUploadsAreRefusedInWords(t *testing.T) {
	t.Parallel()
	png := "\x89PNG\r\n\x1a\n"
	many := func(n int) (files [][2]string) {
		for i := range n {
			files = append(files, [2]string{fmt.Sprintf("%d.json", i), "{}"})
		}
		return files
	}
	cases := map[string]struct {
		given  things
		status int
		reads  string
	}{
		"nothing":                  {things{text: " \n ", expected: "Lucie"}, http.StatusUnprocessableEntity, "Il n'y a rien à vérifier"},
		"a file without a badge":   {things{files: [][2]string{{"vide.json", ""}}}, http.StatusOK, ""},
		"too large a document":     {things{files: [][2]string{{"gros.json", "{" + strings.Repeat(" ", 512<<10) + "}"}}}, http.StatusRequestEntityTooLarge, "« gros.json » est trop gros pour un badge"},
		"too large a picture":      {things{files: [][2]string{{"photo.png", png + strings.Repeat("A", 5<<20)}}}, http.StatusRequestEntityTooLarge, "« photo.png » est trop grosse"},
		"too large a text":         {things{text: strings.Repeat("A", 512<<10+1)}, http.StatusRequestEntityTooLarge, "trop gros"},
		"too many files":           {things{files: many(21)}, http.StatusRequestEntityTooLarge, "trop de fichiers à la fois. Donnez-en 20 au plus"},
		"a file and too many text": {things{files: many(20), text: "https://example.org/a"}, http.StatusRequestEntityTooLarge, "trop de fichiers"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := desk(t, "", nil)
			p := s.hand(c.given).is(c.status, "text/html; charset=utf-8").page()
			if c.reads == "" {
				return
			}
			if fault := text(p.one("p", "role", "alert")); !strings.Contains(fault, c.reads) {
				t.Errorf("it says %q, not %q", fault, c.reads)
			}
			if who := attribute(p.one("input", "id", "pour"), "value"); who != c.given.expected {
				t.Errorf("whom the visitor expects was lost: %q", who)
			}
		})
	}
}

// More than the whole form may be is refused before it is read, or while it is when
// nobody said how long it would be.
func TestTooMuchInAll(t *testing.T) {
	t.Parallel()
	s := desk(t, "", nil)
	var v things
	for i := range 4 {
		v.files = append(v.files, [2]string{fmt.Sprintf("%d.png", i), "\x89PNG" + strings.Repeat("A", 5<<20-10)})
	}
	r := s.formOf(v)
	s.send(r, browser).is(http.StatusRequestEntityTooLarge, "text/html; charset=utf-8")
	r = s.formOf(v)
	r.ContentLength = -1
	p := s.send(r, browser).is(http.StatusRequestEntityTooLarge, "text/html; charset=utf-8").page()
	if fault := text(p.one("p", "role", "alert")); !strings.Contains(fault, "16 Mo au plus à la fois") {
		t.Errorf("it says %q", fault)
	}
}

// A form that is none, or that breaks off, is told apart from our own failures.
func TestBrokenForms(t *testing.T) {
	t.Parallel()
	s := desk(t, "", nil)
	for name, c := range map[string]struct{ kind, body string }{
		"no form":           {"application/json", "{}"},
		"without boundary":  {"multipart/form-data", "x"},
		"broken off":        {"multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"texte\"\r\n\r\nabc"},
		"headers for ever":  {"multipart/form-data; boundary=b", "--b\r\n" + strings.Repeat("X-A: b\r\n", 20_000) + "\r\nx\r\n--b--"},
		"parts for ever":    {"multipart/form-data; boundary=b", strings.Repeat("--b\r\n\r\nx\r\n", 5_000) + "--b--"},
		"a name with lines": {"multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"texte\r\n\r\n--b--"},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/verifier", strings.NewReader(c.body))
		r.Header.Set("Content-Type", c.kind)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		a := s.send(r, browser)
		if a.Code < 400 || a.Code > 422 {
			t.Errorf("%s: %d", name, a.Code)
		}
		a.page()
	}
}

// A visitor who hands in a great many is asked to wait; the others are not.
func TestVisitorsAreCountedByTheBadge(t *testing.T) {
	t.Parallel()
	s := desk(t, "", nil)
	twenty := things{from: "192.0.2.1"}
	for i := range 20 {
		twenty.files = append(twenty.files, [2]string{fmt.Sprintf("%d.json", i), "{}"})
	}
	for range 3 {
		s.hand(twenty).is(http.StatusOK, "")
	}
	one := things{files: twenty.files[:1], from: "192.0.2.1"}
	if a := s.hand(one).is(http.StatusTooManyRequests, ""); a.Header().Get("Retry-After") == "" {
		t.Error("nothing says when to come back")
	}
	one.from = "192.0.2.2"
	s.hand(one).is(http.StatusOK, "")
	one.from = "192.0.2.1"
	s.wait(2 * time.Second)
	s.hand(one).is(http.StatusOK, "")
}

// Nothing of what is handed in is logged, kept by a browser or told to a search
// engine.
func TestNothingIsKept(t *testing.T) {
	t.Parallel()
	s := desk(t, "", nil)
	v := things{files: [][2]string{{"secret-name.json", `{"secret":"content"}`}}, text: "secret text", expected: "secret person"}
	a := s.hand(v).is(http.StatusOK, "").says("Cache-Control", "no-store").says("Referrer-Policy", "no-referrer")
	if p := a.page(); attribute(p.one("meta", "name", "robots"), "content") != "noindex" {
		t.Error("the answer is for search engines")
	}
	if log := s.logged.String(); !strings.Contains(log, "route=/verifier") || strings.Contains(log, "secret") {
		t.Errorf("the log says %s", log)
	}
}

// The form of another site is refused: nobody's browser verifies in somebody's name.
func TestFormOfAnotherSite(t *testing.T) {
	t.Parallel()
	s := desk(t, "", nil)
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/verifier", strings.NewReader(""))
	r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	s.send(r, browser).is(http.StatusForbidden, "")
}
