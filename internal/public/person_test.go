package public_test

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// decoded is a body with what its encodings could hide laid open beside it.
func decoded(body string) string {
	open := html.UnescapeString(body)
	for part := range strings.FieldsFuncSeq(body, func(r rune) bool { return strings.ContainsRune(".\n\" ", r) }) {
		for _, encoding := range []*base64.Encoding{base64.RawURLEncoding, base64.StdEncoding} {
			if plain, err := encoding.DecodeString(part); err == nil && len(plain) > 8 {
				open += "\n" + string(plain)
			}
		}
	}
	return open
}

func TestDecodedLaysOpen(t *testing.T) {
	t.Parallel()
	jwt := "e30." + base64.RawURLEncoding.EncodeToString([]byte(`{"name":"Lucie"}`)) + ".sig"
	for _, body := range []string{"L&#117;cie", jwt, "extra " + base64.StdEncoding.EncodeToString([]byte("salt of Lucie"))} {
		if !strings.Contains(decoded(body), "Lucie") {
			t.Errorf("%q stays closed", body)
		}
	}
}

func asked(name string) string { return url.Values{"name": {name}}.Encode() }

// « Est-ce bien la personne ? » answers for a shown and for a hidden name.
func TestIsItThePerson(t *testing.T) {
	t.Parallel()
	s := open(t)
	badge := s.define(definition())
	hidden, seen := string(s.issue(badge, nil)), string(s.issue(badge, shown))
	for i, c := range []struct {
		typed string
		match bool
	}{
		{"Lucie Le Goff-D’Œuvre", true}, {"  lucie le goff d'oeuvre ", true}, {"LE GOFF-D'ŒUVRE Lucie", true},
		{"Lucie Legoff", false}, {"Lucie", false},
	} {
		visitor := "192.0.2." + strconv.Itoa(i+1)
		for _, id := range []string{hidden, seen} {
			p := s.post("/v/"+id+"/personne", browser, visitor, asked(c.typed)).is(http.StatusOK, "text/html; charset=utf-8").
				says("Cache-Control", "no-store").page()
			word, role, tone, worth := "Non", "alert", "attention", "État du badge : Valable."
			if c.match {
				word, role, tone, worth = "Oui", "status", "ok", "Oui, ce badge a bien été délivré par"
			}
			if said := text(p.one("div", "role", role)); p.h1() != word || !strings.HasPrefix(said, word) {
				t.Errorf("%q: h1 %q, %s %q", c.typed, p.h1(), role, said)
			}
			if class := attribute(p.one("section", "aria-labelledby", "reponse"), "class"); !strings.HasSuffix(class, tone) {
				t.Errorf("%q: %s", c.typed, class)
			}
			p.reads(worth)
			s.post("/v/"+id+"/personne", "application/json", visitor, asked(c.typed)).has(`"match":` + strconv.FormatBool(c.match))
		}
	}
}

// The right person may hold a badge that was taken back: the answer says both.
func TestPersonOfARevokedBadge(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := s.issue(s.define(definition()), nil)
	s.revoke(id)
	p := s.post("/v/"+string(id)+"/personne", browser, "192.0.2.1", asked("Lucie Le Goff d'Oeuvre")).page()
	if class := attribute(p.one("section", "aria-labelledby", "reponse"), "class"); p.h1() != "Oui" || !strings.HasSuffix(class, "attention") {
		t.Errorf("%q in %q", p.h1(), class)
	}
	p.reads("a été retiré le 22 novembre 2026")
}

// What can't be a name is asked for again, with what was typed.
func TestNameThatIsNone(t *testing.T) {
	t.Parallel()
	s := open(t)
	path := "/v/" + string(s.issue(s.define(definition()), nil)) + "/personne"
	for i, typed := range []string{"", "   ", strings.Repeat("a", 501), "Lucie\u202eGoff", `"><script>alert(1)</script>` + "\x07"} {
		p := s.post(path, browser, "192.0.2."+strconv.Itoa(i+1), asked(typed)).is(http.StatusUnprocessableEntity, "").page()
		input := p.one("input", "id", "nom")
		fault := p.one("p", "id", "nom-faute")
		if attribute(input, "aria-invalid") != "true" || !strings.Contains(attribute(input, "aria-describedby"), "nom-faute") || attribute(fault, "role") != "alert" {
			t.Errorf("%q: the fault is not said", typed)
		}
		if len(p.all("script", "", "")) > 0 {
			t.Errorf("%q became a script", typed)
		}
	}
	s.post(path, "", "192.0.2.9", "name=%zz").is(http.StatusBadRequest, "text/html; charset=utf-8")
	s.post(path, "", "192.0.2.9", "name="+strings.Repeat("a", 80_000)).is(http.StatusRequestEntityTooLarge, "text/html; charset=utf-8")
}

// A visitor has few questions about one badge, everybody together a few more;
// time gives them back. The count does not tell what exists.
func TestQuestionsAreCounted(t *testing.T) {
	t.Parallel()
	s := open(t)
	badge := s.define(definition())
	one, other := string(s.issue(badge, nil)), string(s.issue(badge, nil))
	ask := func(id, visitor string) int {
		return s.post("/v/"+id+"/personne", "application/json", visitor, asked("Quelqu'un")).Code
	}
	until := func(id, visitor string) (n int) {
		for ask(id, visitor) != http.StatusTooManyRequests {
			n++
		}
		return n
	}
	if n := until(one, "192.0.2.1"); n != 5 {
		t.Errorf("one visitor asked %d times about one badge", n)
	}
	if code := ask(other, "192.0.2.1"); code != http.StatusOK {
		t.Errorf("the same visitor about another badge: %d", code)
	}
	if n := until(one, "192.0.2.2") + until(one, "192.0.2.3") + until(one, "192.0.2.4"); n != 10 {
		t.Errorf("three others asked %d times more", n)
	}
	if n := until("AAAAAAAAAAAAAAAAAAAAAA", "192.0.2.5"); n != 5 {
		t.Errorf("about a badge that is not: %d", n)
	}
	refused := s.post("/v/"+one+"/personne", browser, "192.0.2.1", asked("Lucie")).is(http.StatusTooManyRequests, "text/html; charset=utf-8")
	if refused.Header().Get("Retry-After") == "" {
		t.Error("it does not say when to come back")
	}
	s.wait(10 * time.Minute)
	if code := ask(one, "192.0.2.1"); code != http.StatusOK {
		t.Errorf("ten minutes later: %d", code)
	}
}

// One IPv6 household is one visitor.
func TestHouseholdIsOneVisitor(t *testing.T) {
	t.Parallel()
	s := open(t)
	path := "/v/" + string(s.issue(s.define(definition()), nil)) + "/personne"
	for i := range 6 {
		code := s.post(path, "application/json", "[2001:db8::"+strconv.Itoa(i+1)+"]", asked("Quelqu'un")).Code
		if limited := code == http.StatusTooManyRequests; limited != (i == 5) {
			t.Errorf("question %d: %d", i+1, code)
		}
	}
}
