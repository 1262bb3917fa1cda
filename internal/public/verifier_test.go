package public_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"ramure/internal/problem"
	"ramure/internal/verifier"
)

// The form is complete without a script, and the only page that may ask for the
// camera.
func TestVerifierForm(t *testing.T) {
	t.Parallel()
	s := desk(t, "", nil)
	a := s.get("/verifier", browser).is(http.StatusOK, "text/html; charset=utf-8")
	a.says("Permissions-Policy", "camera=(self), geolocation=(), microphone=(), payment=(), usb=()")
	s.get("/", browser).says("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
	p := a.page()
	form := p.one("form", "method", "post")
	if attribute(form, "action") != "/verifier" || attribute(form, "enctype") != "multipart/form-data" {
		t.Errorf("the form goes to %q as %q", attribute(form, "action"), attribute(form, "enctype"))
	}
	if file := p.one("input", "type", "file"); !has(file, "multiple") || attribute(file, "name") != "fichiers" {
		t.Error("no field for several files")
	}
	for _, field := range []string{"fichiers", "texte", "pour"} {
		if p.one("label", "for", field); p.one("", "id", field) == nil {
			t.Errorf("no field %s", field)
		}
	}
	if camera := p.one("div", "data-camera", ""); !has(camera, "hidden") {
		t.Error("without a script there is a button for the camera that does nothing")
	}
	if len(p.all("button", "type", "submit")) != 1 {
		t.Error("there is more than one main action, or none")
	}
	if english := s.page("/verifier?lang=en"); attribute(english.one("form", "method", "post"), "action") != "/verifier?lang=en" {
		t.Error("the language is lost on the way")
	}
}

// Whoever comes to the front door, reads the help or the foot of a page finds the
// way.
func TestWayToTheVerifier(t *testing.T) {
	t.Parallel()
	s := desk(t, "", nil)
	for _, path := range []string{"/", "/aide-recruteur", "/cookies"} {
		if len(s.page(path).all("a", "href", "/verifier")) == 0 {
			t.Errorf("%s: no way to /verifier", path)
		}
	}
	s.page("/aide-recruteur").reads("Signature vérifiée, émetteur inconnu de ce réseau")
}

// Each plight has its word, its ground, and says who the issuer is before anything
// else.
func TestAnswers(t *testing.T) {
	t.Parallel()
	const maker = "Maison des usages (lieu fictif)"
	cases := map[string]struct {
		file, world, asked   string
		standings            verifier.Standings
		tone, standing, word string
		reads                []string
	}{
		"of nobody we know": {file: "json/eddsa-rdfc-2022.json", tone: "stranger", standing: "Émetteur inconnu de ce réseau",
			word: "Signature vérifiée, émetteur inconnu", reads: []string{"qui se nomme « " + maker + " »", "L'émetteur n'est qu'une clé"}},
		"with an end": {file: "json/with-an-end.json", tone: "stranger", standing: "Émetteur inconnu de ce réseau",
			word: "Signature vérifiée, émetteur inconnu", reads: []string{"la date de fin, le "}},
		"of a site": {file: "issuer/web.json", world: "issuer/web.world.json", tone: "stranger", standing: "Émetteur inconnu de ce réseau",
			word: "Signature vérifiée, émetteur inconnu", reads: []string{"est publiée par le site"}},
		"of somebody we know": {file: "json/eddsa-rdfc-2022.json", standings: registry{known: maker}, tone: "ok", standing: "Émetteur connu",
			word: "Valable", reads: []string{"Oui, ce badge a bien été délivré par " + maker}},
		"under a name that looks like another": {file: "json/eddsa-rdfc-2022.json", standings: registry{alike: "Maison des Usages"},
			tone: "attention", standing: "Émetteur inconnu de ce réseau", word: "Attention, nom ressemblant",
			reads: []string{"ressemble à « Maison des Usages ». Ce n'est pas lui", "Ne vous fiez pas à ce nom"}},
		"spoiled": {file: "json/altered-eddsa-rdfc-2022.json", tone: "refused", standing: "Émetteur non vérifié", word: "Non valable",
			reads: []string{"Rien de ce que dit ce document n'est garanti"}},
		"expired": {file: "json/expired.json", tone: "attention", standing: "Émetteur inconnu de ce réseau", word: "Expiré",
			reads: []string{"signé par quelqu'un qui se nomme"}},
		"revoked": {file: "status/bits-revoked.json", world: "status/bits-revoked.world.json", tone: "refused",
			standing: "Émetteur inconnu de ce réseau", word: "Retiré"},
		"suspended": {file: "status/bits-suspended.json", world: "status/bits-suspended.world.json", tone: "attention",
			standing: "Émetteur inconnu de ce réseau", word: "Suspendu"},
		"without an answer": {file: "status/bits-gone.json", tone: "unverifiable", standing: "Émetteur inconnu de ce réseau", word: "Non vérifiable"},
		"in a picture": {file: "baked/png-json.png", tone: "stranger", standing: "Émetteur inconnu de ce réseau",
			word: "Signature vérifiée, émetteur inconnu", reads: []string{"une image PNG qui porte le badge"}},
		"of the person expected": {file: "json/recipient-email.json", asked: "recipient", tone: "stranger",
			standing: "Émetteur inconnu de ce réseau", word: "Signature vérifiée, émetteur inconnu"},
		"of another person": {file: "json/recipient-email-of-another.json", asked: "recipient", tone: "attention",
			standing: "Émetteur inconnu de ce réseau", word: "Pas cette personne", reads: []string{"Le badge lui-même n'a pas d'autre défaut"}},
		"of a person that it does not tell": {file: "json/eddsa-rdfc-2022.json", asked: "Lucie Martin", tone: "unverifiable",
			standing: "Émetteur inconnu de ce réseau", word: "Personne non vérifiable", reads: []string{"celui de « Lucie Martin »"}},
		"no badge":      {file: "baked/png-nothing.png", tone: "unverifiable", word: "Aucun badge à lire"},
		"no credential": {file: "json/no-badge.json", tone: "refused", standing: "Émetteur non vérifié", word: "Non valable"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := desk(t, c.world, c.standings)
			v := s.given(c.file)
			v.expected = s.expected(c.file, c.asked)
			p := s.hand(v).is(http.StatusOK, "text/html; charset=utf-8").says("Cache-Control", "no-store").page()
			if got := p.tone(); got != c.tone {
				t.Errorf("tone %s, want %s", got, c.tone)
			}
			if got := p.h1(); got != c.word {
				t.Errorf("the word is %q, want %q", got, c.word)
			}
			if got := p.first(); c.standing != "" && got != c.standing {
				t.Errorf("the first that is said is %q, want %q", got, c.standing)
			}
			for _, want := range c.reads {
				p.reads(want)
			}
		})
	}
}

// expected is the person that the sample's own table expects, or the one given.
func (s *stage) expected(file, asked string) string {
	if asked != "recipient" {
		return asked
	}
	for _, one := range s.samples() {
		if one.File == file && one.Options.Recipient != "" {
			return one.Options.Recipient
		}
	}
	s.t.Fatalf("%s: nobody is expected", file)
	return ""
}

// first is the first text of the answer, as it is read aloud.
func (p page) first() string {
	for node := range p.one("main", "", "").Descendants() {
		if node.Type == html.TextNode && strings.TrimSpace(node.Data) != "" {
			return plain(node.Data)
		}
	}
	return ""
}

// The page says of every sample what the act says of it: the same checks, each with
// the same state.
func TestPageAgreesWithTheAct(t *testing.T) {
	t.Parallel()
	samples, checks := 0, 0
	s := desk(t, "", nil)
	act := s.config.Examiner.(verifier.Service)
	world := act.Fetch
	act.Fetch = func(ctx context.Context, address, accept string) ([]byte, error) { return world(ctx, address, accept) }
	s.config.Examiner = act
	s.mount(s.config)
	for i, one := range s.samples() {
		world = s.fetched(one.World)
		items, err := act.Examine(t.Context(), []verifier.Input{{Name: one.File, Data: s.sampled(one.File)}}, verifier.Options{Recipient: one.Options.Recipient})
		if err != nil {
			t.Fatal(one.Name, err)
		}
		v := s.given(one.File)
		v.expected, v.from = one.Options.Recipient, fmt.Sprintf("10.0.0.%d", i+1)
		p := s.hand(v).is(http.StatusOK, "").page()
		for n, item := range items {
			if item.Err != nil {
				continue
			}
			below := ""
			if len(items) > 1 {
				below = fmt.Sprintf("-%d", n+1)
			}
			samples++
			checks += p.agrees(one.Name, item, below)
		}
	}
	t.Logf("%d badges of the samples, %d checks", samples, checks)
	if samples < 140 || checks < 13*samples {
		t.Errorf("only %d badges, %d checks", samples, checks)
	}
}

func (p page) agrees(name string, item verifier.Item, below string) int {
	p.t.Helper()
	states := p.checked(below)
	for _, check := range item.Report.Checks {
		if got := states[string(check.ID)]; got != string(check.Status) {
			p.t.Errorf("%s: the page says %s %q, the act %q", name, check.ID, got, check.Status)
		}
	}
	return len(item.Report.Checks)
}

// Several badges are a list whose lines lead to each answer in full.
func TestSeveralAnswers(t *testing.T) {
	t.Parallel()
	s := desk(t, "", nil)
	p := s.hand(s.given("json/eddsa-rdfc-2022.json", "json/altered-eddsa-rdfc-2022.json", "baked/png-nothing.png", "presentation/signed.json")).is(http.StatusOK, "").page()
	list := page{t, p.from, p.one("ol", "id", "liste")}
	links := list.all("a", "", "")
	if len(links) < 4 || !strings.HasSuffix(p.h1(), "badges examinés") {
		t.Fatalf("%d lines below %q", len(links), p.h1())
	}
	var words []string
	for _, link := range links {
		anchor := strings.TrimPrefix(attribute(link, "href"), "#")
		if heading := p.one("h2", "id", anchor); text(heading) == "" {
			t.Errorf("%s leads nowhere", anchor)
		}
	}
	for _, word := range list.all("span", "class", "answer") {
		words = append(words, strings.TrimPrefix(text(word), "— "))
	}
	for _, want := range []string{"Signature vérifiée, émetteur inconnu", "Non valable", "Aucun badge à lire"} {
		if !slices.Contains(words, want) {
			t.Errorf("no line says %q: %q", want, words)
		}
	}
	if whole := len(p.all("article", "", "")); whole != len(links) {
		t.Errorf("%d lines, %d answers in full", len(links), whole)
	}
	states := p.checked("")
	if states["holder-4"] != "ok" && states["holder-5"] != "ok" {
		t.Errorf("nothing is said of who presents: %v", states)
	}
}

// A badge of this network leads to its own page; what was erased is said so.
func TestOwnBadgeHandedIn(t *testing.T) {
	t.Parallel()
	s := desk(t, "", nil)
	id := s.issue(s.define(definition()), nil)
	act := s.config.Examiner.(verifier.Service)
	act.Fetch = s.readOwn
	s.config.Examiner = act
	s.mount(s.config)
	p := s.hand(things{text: base + "/v/" + string(id)}).is(http.StatusOK, "").page()
	if p.tone() != "ok" || p.h1() != "Valable" || p.first() != "Lieu de ce réseau" {
		t.Errorf("%s, %s, %s: %s", p.tone(), p.h1(), p.first(), p.whole())
	}
	if len(p.all("a", "href", "/v/"+string(id))) != 1 {
		t.Error("no way to the badge's own page")
	}
}

// A badge that was deleted at the person's request is told so, and nothing of it.
func TestErasedBadgeHandedIn(t *testing.T) {
	t.Parallel()
	s := desk(t, "", nil)
	act := s.config.Examiner.(verifier.Service)
	act.Fetch = func(context.Context, string, string) ([]byte, error) {
		return nil, problem.New(problem.Gone, "error.outbound.gone")
	}
	s.config.Examiner = act
	s.mount(s.config)
	p := s.hand(things{text: "https://elsewhere.example/v/AAAAAAAAAAAAAAAAAAAAAA"}).is(http.StatusOK, "").page()
	if p.tone() != "unverifiable" || p.h1() != "Supprimé" || p.first() != "Supprimé" {
		t.Errorf("%s, %s, %s", p.tone(), p.h1(), p.first())
	}
	p.reads("supprimé à la demande de la personne")
}
