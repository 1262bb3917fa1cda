package public_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"ramure/internal/award"
)

func TestHomeNamesTheVenues(t *testing.T) {
	t.Parallel()
	s := open(t)
	p := s.page("/")
	if link := p.one("a", "href", "/issuers/"+slug); text(link) != plain(venue) {
		t.Errorf("venue %q", text(link))
	}
	p.reads("Embrun")
}

func TestIssuer(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := s.define(definition())
	path := "/issuers/" + slug
	var profile map[string]any
	s.must(json.Unmarshal(s.get(path, "").is(http.StatusOK, "application/ld+json").Body.Bytes(), &profile))
	if profile["id"] != "did:web:badges.example.org:issuers:"+slug || profile["url"] != base+path || profile["name"] != venue || profile["@context"] == nil {
		t.Errorf("profile %v", profile)
	}
	s.get(path+".json", browser).is(http.StatusOK, "application/json")
	p := s.page(path)
	if p.h1() != plain(venue) || p.field("Commune") != "Embrun" || !strings.HasPrefix(p.field("Place dans le réseau"), "Lieu de ce réseau") {
		t.Errorf("%q %q", p.h1(), p.whole())
	}
	p.one("a", "href", "/achievements/"+string(id))
	for _, none := range []string{"/issuers/nobody", "/issuers/nobody.json", path + ".exe"} {
		s.get(none, "").is(http.StatusNotFound, "application/problem+json")
	}
	s.get("/issuers/nobody", browser).is(http.StatusNotFound, "text/html; charset=utf-8")
}

// Each item of each framework has its page in both languages, and its JSON.
func TestEveryCompetenceHasItsPage(t *testing.T) {
	t.Parallel()
	s := open(t)
	frameworks := s.catalogue()
	count := 0
	for _, framework := range frameworks.Frameworks() {
		codes := []string{framework.Code}
		for len(codes) > 0 {
			code := codes[0]
			codes = codes[1:]
			for _, child := range frameworks.Children(code) {
				codes = append(codes, child.Code)
			}
			count++
			path := "/competences/" + code
			item, _ := frameworks.Item(code)
			if got := s.page(path).h1(); got != plain(item.LabelFR) {
				t.Errorf("%s: h1 %q", code, got)
			}
			if got := s.page(path + "?lang=en").h1(); got != plain(item.Label("en")) {
				t.Errorf("%s: h1 %q", code, got)
			}
			s.get(path+".json", browser).is(http.StatusOK, "application/json").has(`"id":"` + base + path + `"`)
		}
	}
	if count < 150 {
		t.Errorf("only %d items", count)
	}
	s.get("/competences/nope", "").is(http.StatusNotFound, "text/html; charset=utf-8")
}

func TestCompetencePage(t *testing.T) {
	t.Parallel()
	s := open(t)
	p := s.page("/competences/digcomp22.1.2")
	p.reads("Traduction de travail, faite pour ce projet")
	p.reads("Commission européenne, Centre commun de recherche")
	if got := p.field("Intitulé publié, en anglais"); got != "Evaluating data, information and digital content" {
		t.Errorf("%q", got)
	}
	p.one("a", "href", "/competences/digcomp22.1")
	p.one("a", "href", "/competences/pix.1.1")
	p.one("a", "href", "/competences/acunum.c1.4") // aligned to it, not from it
	if n := len(p.all("a", "href", "/competences/pix.1.1")); n != 1 {
		t.Errorf("pix.1.1 stands %d times", n)
	}
	english := s.page("/competences/acunum.c1.4?lang=en")
	if lang := attribute(english.one("h1", "", ""), "lang"); lang != "fr" {
		t.Errorf("a French title is said to be %q on an English page", lang)
	}
	list := s.page("/competences")
	if headings := list.headings(); !strings.HasPrefix(headings[1], "ACUNUM") {
		t.Errorf("the network's own framework is not the first: %q", headings)
	}
	list.one("a", "href", "/competences/acunum.c1.4")
	var all struct{ Items []struct{ Code string } }
	s.must(json.Unmarshal(s.get("/competences.json", browser).is(http.StatusOK, "application/json").Body.Bytes(), &all))
	if len(all.Items) != 4 || all.Items[0].Code != "acunum" {
		t.Errorf("%+v", all.Items)
	}
}

// The pages of the law exist in both languages; the host that the help names is
// that of the network.
func TestNotices(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, path := range []string{"/aide-recruteur", "/accessibilite", "/mentions-legales", "/confidentialite", "/cookies"} {
		s.get(path, browser).is(http.StatusOK, "text/html; charset=utf-8").page()
		s.get(path+"?lang=en", browser).is(http.StatusOK, "text/html; charset=utf-8").says("Content-Language", "en").page()
	}
	s.page("/aide-recruteur").reads("badges.example.org")
	legal := s.page("/mentions-legales")
	legal.reads("Association Exemple")
	legal.reads("Une mention que la loi demande n'est pas renseignée.")
	s.page("/confidentialite").reads("contact@example.org")
	s.get("/robots.txt", "").is(http.StatusOK, "text/plain; charset=utf-8").has("Disallow: /v/\n")
}

// What a venue writes is text, wherever it is shown.
func TestVenueTextsAreNeverMarkup(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, payload := range []string{`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `javascript:alert(1)`,
		`[x](javascript:alert(1))`, `</title><svg onload=alert(1)>`, `{{.}}`, `<a href="https://evil.example" onclick=x>y</a>`, `![x](https://evil.example/p.png)`} {
		d := definition()
		d.Name, d.Description, d.Criteria, d.Tags = payload, payload, payload, []string{payload[:min(len(payload), 40)]}
		for i := range d.Levels {
			d.Levels[i].Name, d.Levels[i].Description = payload, payload
		}
		achievement := s.define(d)
		id := s.issue(achievement, func(o *award.Order) {
			shown(o)
			o.Recipient.GivenName, o.Recipient.FamilyName = payload, payload
			o.Evidence = []award.Evidence{{Name: payload, URL: "https://example.org/?" + "q=%22", Narrative: payload}}
		})
		for _, path := range []string{"/v/" + string(id), "/achievements/" + string(achievement), "/issuers/" + slug} {
			harmless(s.page(path), payload)
		}
		harmless(s.post("/v/"+string(id)+"/personne", browser, "192.0.2.1", asked(payload)).page(), payload)
		s.wait(askEvery)
	}
}

// askEvery gives back the questions of TestVenueTextsAreNeverMarkup.
const askEvery = 15 * 60e9

// harmless finds what a payload would have become.
func harmless(p page, payload string) {
	p.t.Helper()
	for _, tag := range []string{"img", "svg", "script", "a"} {
		for _, node := range p.all(tag, "", "") {
			for _, name := range []string{"onerror", "onload", "onclick"} {
				if has(node, name) {
					p.t.Errorf("%s: %q became <%s %s>", p.from, payload, tag, name)
				}
			}
			for _, name := range []string{"src", "href"} {
				value := strings.ToLower(attribute(node, name))
				if strings.HasPrefix(value, "javascript:") || strings.Contains(value, "evil.example/p.png") {
					p.t.Errorf("%s: %q became <%s %s=%q>", p.from, payload, tag, name, value)
				}
			}
		}
	}
	for _, script := range p.all("script", "", "") {
		if !strings.HasPrefix(attribute(script, "src"), "/static/") || text(script) != "" {
			p.t.Errorf("%s: %q became a script", p.from, payload)
		}
	}
}
