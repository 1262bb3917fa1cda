package public_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"ramure/internal/auth"
	"ramure/internal/award"
)

// An achievement is published as its bytes were logged, version by version.
func TestAchievementVersions(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := s.define(definition())
	second := definition()
	second.Name = "Veille sur le web, suite"
	_, err := s.award.Revise(t.Context(), auth.Operator(slug), id, second)
	s.must(err)
	path := "/achievements/" + string(id)
	for query, version := range map[string]int{"": 2, "?version=1": 1, "?version=2": 2} {
		want, err := s.store.PublicAchievement(t.Context(), id, version)
		s.must(err)
		for accept, contentType := range map[string]string{"": "application/ld+json", "application/json": "application/json"} {
			if a := s.get(path+query, accept).is(http.StatusOK, contentType); !bytes.Equal(a.Body.Bytes(), want.Document) {
				t.Errorf("%s: not the bytes of version %d", a.from, version)
			}
		}
		s.get(path+".json"+query, browser).is(http.StatusOK, "application/json")
	}
	s.get(path+"?version=1", "").says("Cache-Control", "public, max-age=86400")
	s.get(path, "").says("Cache-Control", "no-cache")
	for _, none := range []string{"?version=3", "?version=0", "?version=01", "?version=x", "?version=", ".xml"} {
		s.get(path+none, "").is(http.StatusNotFound, "application/problem+json")
	}
	s.get("/achievements/AAAAAAAAAAAAAAAAAAAAAA", browser).is(http.StatusNotFound, "text/html; charset=utf-8")
	old := s.page(path + "?version=1")
	old.reads("Cette version n'est plus la dernière.")
	if latest := old.one("a", "href", path); text(latest) != "Voir la dernière version" {
		t.Errorf("latest: %q", text(latest))
	}
	if now := s.page(path); strings.Contains(now.whole(), "n'est plus la dernière") {
		t.Error("the latest version says that it is not")
	}
}

func TestAchievementPage(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := s.define(definition())
	path := "/achievements/" + string(id)
	p := s.page(path)
	if p.h1() != "Veille sur le web" {
		t.Errorf("h1 %q", p.h1())
	}
	for term, want := range map[string]string{"Délivré par": venue, "Durée de validité": "3 ans",
		"Version": "1, publiée le 22 novembre 2026", "Mots-clés": "veille"} {
		if got := p.field(term); got != plain(want) {
			t.Errorf("%s: %q", term, got)
		}
	}
	p.one("a", "href", "/issuers/"+slug)
	p.hasHeading("Ce qu'il faut faire")
	p.hasHeading("En lien avec ces compétences")
	p.reads("« En lien avec » ne veut pas dire « équivaut à »")
	p.reads("Ce badge est délivré à l'un de ces 3 niveaux.")
	p.one("a", "href", "/competences/pix.1.1")
	// The criteria's own heading stands below the page's.
	p.hasHeading("À faire")
	if len(p.all("li", "aria-current", "*")) > 0 {
		t.Error("a level is marked although nobody reached one here")
	}
	_, err := s.award.Withdraw(t.Context(), auth.Operator(slug), id, "Remplacé.")
	s.must(err)
	p = s.page(path + "?lang=en")
	p.reads("This badge has not been issued since 22 November 2026.")
	if strings.Contains(p.whole(), "Remplacé") {
		t.Error("the reason is the venue's own")
	}
}

func TestDurationsInWords(t *testing.T) {
	t.Parallel()
	s := open(t)
	for iso, want := range map[string][2]string{
		"": {"sans date de fin", "no end date"}, "P1Y": {"1 an", "1 year"}, "P18M": {"18 mois", "18 months"},
		"P30D": {"30 jours", "30 days"}, "P1Y6M": {"1 an et 6 mois", "1 year and 6 months"}, "P2Y1D": {"2 ans et 1 jour", "2 years and 1 day"},
	} {
		d := definition()
		d.ValidFor = iso
		path := "/achievements/" + string(s.define(d))
		if got := s.page(path).field("Durée de validité"); got != want[0] {
			t.Errorf("%s: %q", iso, got)
		}
		if got := s.page(path + "?lang=en").field("Valid for"); got != want[1] {
			t.Errorf("%s: %q", iso, got)
		}
	}
}

// A badge without levels, evidence or end says so, and leaves nothing blank.
func TestPlainBadge(t *testing.T) {
	t.Parallel()
	s := open(t)
	plainest := award.Definition{Name: "Présence", Description: "Être venu.", Criteria: "Venir."}
	id := s.issue(s.define(plainest), func(o *award.Order) { o.Level, o.Evidence = "", nil })
	p := s.page("/v/" + string(id))
	if level, validity := p.field("Degré de maîtrise"), p.field("Validité"); level != "non précisé" || validity != "à partir du 22 novembre 2026, sans date de fin" {
		t.Errorf("%q, %q", level, validity)
	}
	if !strings.HasSuffix(p.sentence(), "il est valable.") {
		t.Errorf("%q", p.sentence())
	}
	for _, unwanted := range []string{"Le degré de maîtrise", "Ce que la personne a produit", "En lien avec ces compétences"} {
		for _, heading := range p.headings() {
			if heading == unwanted {
				t.Errorf("heading %q over nothing", heading)
			}
		}
	}
	unstated := s.issue(s.define(definition()), func(o *award.Order) { o.Level = "" })
	s.page("/v/" + string(unstated)).reads("Ce badge ne précise pas de degré de maîtrise.")
}

// A competence that is described at another address is marked as elsewhere: the
// door of another origin shows what the badges of this one point at.
func TestCompetenceElsewhereIsMarked(t *testing.T) {
	t.Parallel()
	s := open(t)
	path := "/achievements/" + string(s.define(definition()))
	if links := s.page(path).all("a", "rel", "nofollow noopener noreferrer ugc"); len(links) > 0 {
		t.Errorf("%q is ours", text(links[0]))
	}
	s.config.Base = "https://other.example.org"
	s.mount(s.config)
	link := s.page(path).one("a", "href", base+"/competences/acunum.c1.4")
	if rel := attribute(link, "rel"); rel != "nofollow noopener noreferrer ugc" || !strings.Contains(text(link.Parent), "(lien externe)") {
		t.Errorf("rel=%q, %q", rel, text(link.Parent))
	}
}
