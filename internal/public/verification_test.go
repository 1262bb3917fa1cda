package public_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"ramure/internal/award"
	"ramure/internal/credential"
	"ramure/internal/openbadges"
	"ramure/internal/problem"
)

// Each verdict is one sentence at the top, in the reader's language.
func TestVerdictInOneSentence(t *testing.T) {
	t.Parallel()
	s := open(t)
	badge := s.define(definition())
	revoked := s.issue(badge, nil)
	s.revoke(revoked)
	from, past := noon.AddDate(0, 1, 0), noon.AddDate(-4, 0, 0)
	cases := map[string]struct {
		id            award.ID
		word, says    string
		english, tone string
	}{
		"valid, shown": {s.issue(badge, shown), "Valable",
			"Oui, ce badge a bien été délivré par ERIC d'Embrun à Lucie Le Goff-D'Œuvre le 22 novembre 2026 ; il est valable jusqu'au 22 novembre 2029.",
			"Yes, this badge was indeed issued by ERIC d'Embrun to Lucie Le Goff-D'Œuvre on 22 November 2026; it is valid until 22 November 2029.", "ok"},
		"valid, hidden": {s.issue(badge, nil), "Valable",
			"Oui, ce badge a bien été délivré par ERIC d'Embrun le 22 novembre 2026 ; il est valable jusqu'au 22 novembre 2029.",
			"Yes, this badge was indeed issued by ERIC d'Embrun on 22 November 2026; it is valid until 22 November 2029.", "ok"},
		"expired": {s.issue(badge, func(o *award.Order) { o.ValidFrom, o.AwardedOn = &past, "2022-11-20" }), "Expiré",
			"Ce badge a bien été délivré par ERIC d'Embrun le 20 novembre 2022, mais il n'est plus valable depuis le 22 novembre 2025.",
			"This badge was indeed issued by ERIC d'Embrun on 20 November 2022, but it has not been valid since 22 November 2025.", "attention"},
		"not yet": {s.issue(badge, func(o *award.Order) { o.ValidFrom = &from }), "Pas encore valable",
			"Ce badge a bien été délivré par ERIC d'Embrun le 22 novembre 2026, mais il ne sera valable qu'à partir du 22 décembre 2026.",
			"This badge was indeed issued by ERIC d'Embrun on 22 November 2026, but it will only be valid from 22 December 2026.", "attention"},
		"revoked": {revoked, "Retiré",
			"Non : ce badge, délivré par ERIC d'Embrun le 22 novembre 2026, a été retiré le 22 novembre 2026. Il n'est plus valable.",
			"No: this badge, issued by ERIC d'Embrun on 22 November 2026, was revoked on 22 November 2026. It is no longer valid.", "refused"},
	}
	for name, c := range cases {
		path := "/v/" + string(c.id)
		p := s.get(path, browser).is(http.StatusOK, "text/html; charset=utf-8").
			says("Cache-Control", "no-cache").says("X-Robots-Tag", "noindex").says("Content-Language", "fr").page()
		if p.h1() != c.word || p.sentence() != c.says {
			t.Errorf("%s: %q %q", name, p.h1(), p.sentence())
		}
		if class := attribute(p.one("section", "aria-labelledby", "reponse"), "class"); class != "band tone-"+c.tone {
			t.Errorf("%s: %s", name, class)
		}
		p.one("meta", "content", "noindex")
		if english := s.page(path + "?lang=en"); english.sentence() != c.english {
			t.Errorf("%s: %q", name, english.sentence())
		}
	}
}

// Whatever the paper shows, the page shows.
func TestPageShowsEveryFieldOfThePaper(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := s.issue(s.define(definition()), shown)
	p := s.page("/v/" + string(id))
	printed, err := s.award.Printed(t.Context(), id)
	s.must(err)
	_, fragment, _ := strings.Cut(printed, "#")
	for term, want := range map[string]string{
		"Badge": "Veille sur le web", "Délivré par": venue, "Commune": "Embrun", "Date": "le 22 novembre 2026",
		"Validité": "du 22 novembre 2026 au 22 novembre 2029", "Identifiant": string(id), "Code de contrôle": fragment,
		"Personne": "Lucie Le Goff-D’Œuvre", "Degré de maîtrise": "Indépendant, niveau 2 sur 3",
	} {
		if got := p.field(term); !strings.HasPrefix(got, plain(want)) {
			t.Errorf("%s: %q, want %q", term, got, want)
		}
	}
	p.reads("Degré de maîtrise : Indépendant, niveau 2 sur 3.")
	p.reads("Sans aide, dans les cas simples.")
	p.reads("Niveau demandé pour ce badge : Indépendant.")
	if reached := text(p.one("li", "aria-current", "true")); !strings.HasPrefix(reached, "Indépendant") {
		t.Errorf("the scale marks %q", reached)
	}
	if expected := attribute(p.one("div", "data-fragment", "*"), "data-fragment"); expected != fragment {
		t.Errorf("the script compares with %q, printed is %q", expected, fragment)
	}
	for _, heading := range []string{"Veille sur le web", "À comparer avec le papier", "Est-ce bien la personne ?", "Le degré de maîtrise",
		"Ce qu'il fallait faire", "Ce que la personne a produit", "Qui l'a délivré", "Ce qui a été vérifié", "Vérifier sans nous croire", "Garder une trace"} {
		p.hasHeading(heading)
	}
	p.reads("Tenir une veille de trois semaines.")
	evidence := p.one("a", "href", "https://example.org/carte")
	if rel := attribute(evidence, "rel"); rel != "nofollow noopener noreferrer ugc" || !strings.Contains(text(evidence.Parent), "(lien externe)") {
		t.Errorf("evidence: rel=%q, %q", rel, text(evidence.Parent))
	}
}

// A page without script is whole, and what leads on is there.
func TestPageLeadsOn(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := string(s.issue(s.define(definition()), nil))
	p := s.page("/v/" + id + "?lang=en")
	for _, href := range []string{"/credentials/" + id + ".json", "/credentials/" + id + ".jwt", "/v/" + id + "/proof", "/log/checkpoint",
		"/log/policy", "/status/1", "/issuers/" + slug + "/did.json", "/issuers/" + slug + "?lang=en",
		"https://verifierplus.org/", "https://openbadgesvalidator.imsglobal.org/", "/competences/acunum.c1.4?lang=en"} {
		p.one("a", "href", href)
	}
	form := p.one("form", "action", "/v/"+id+"/personne?lang=en")
	if attribute(form, "method") != "post" {
		t.Error("the form asks by GET: the name would stand in an address")
	}
	if label := p.one("label", "for", "nom"); text(label) != "First name and surname" {
		t.Errorf("label %q", text(label))
	}
	p.one("input", "id", "nom")
	picture := p.one("img", "src", "/qr/"+id+".svg")
	if attribute(picture, "alt") == "" {
		t.Error("the code has no alternative text")
	}
	// The badge's own texts are French on an English page.
	if lang := attribute(p.one("h2", "id", "badge"), "lang"); lang != "fr" {
		t.Errorf("the title is said to be %q", lang)
	}
}

// The report for programs has the page's checks, and the name only while shown.
func TestReportForPrograms(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := s.issue(s.define(definition()), shown)
	s.revoke(id)
	var report struct {
		credential.Report
		Sentence string
		Name     *award.Name
		Level    struct {
			Name, Required string
			Position, Of   int
		}
		Revocation map[string]any
		Links      map[string]string
	}
	a := s.get("/v/"+string(id)+".json", "*/*").is(http.StatusOK, "application/json").says("Access-Control-Allow-Origin", "*")
	s.must(json.Unmarshal(a.Body.Bytes(), &report))
	if report.Verdict != credential.Revoked || report.IssuerStanding != credential.OfNetwork || !report.CheckedAt.Equal(noon) || len(report.Checks) != len(credential.Order()) {
		t.Errorf("%+v", report.Report)
	}
	p := s.page("/v/" + string(id))
	for _, check := range report.Checks {
		if line := p.one("li", "id", "controle-"+string(check.ID)); !strings.Contains(text(line), plain(check.Detail)) {
			t.Errorf("%s: the page says %q, the report %q", check.ID, text(line), check.Detail)
		}
	}
	if len(report.Revocation) != 1 || report.Revocation["at"] != "2026-11-22T11:00:00Z" {
		t.Errorf("revocation %v", report.Revocation)
	}
	if report.Level.Name != "Indépendant" || report.Level.Position != 2 || report.Level.Of != 3 {
		t.Errorf("level %+v", report.Level)
	}
	var signed openbadges.AchievementCredential
	s.must(json.Unmarshal(s.get("/credentials/"+string(id), "").Body.Bytes(), &signed))
	hash := signed.CredentialSubject.Identifier[0].IdentityHash
	if name := report.Name; name == nil || !openbadges.MatchIdentity(hash, name.Salt, openbadges.FoldName(name.Given, name.Family)) {
		t.Errorf("the name shown is not proven: %+v", name)
	}
	if report.Links["credential"] != signed.ID {
		t.Errorf("links %v", report.Links)
	}
}

// A hidden name and the reason of a revocation are in nothing that is served.
func TestWhatIsHiddenIsHiddenEverywhere(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := s.issue(s.define(definition()), nil)
	s.revoke(id)
	stored, err := s.store.PublicAward(t.Context(), id)
	s.must(err)
	path := string(id)
	for _, a := range []answer{
		s.get("/v/"+path, browser), s.get("/v/"+path+".json", ""), s.get("/v/"+path+"/proof", ""),
		s.get("/credentials/"+path, ""), s.get("/credentials/"+path+".jwt", ""), s.get("/qr/"+path+".svg", ""),
		s.get("/status/1", ""), s.get("/log/checkpoint", ""), s.get("/issuers/"+slug, browser),
		s.post("/v/"+path+"/personne", browser, "192.0.2.7", "name=Quelqu+un"),
		s.post("/v/"+path+"/personne", "application/json", "192.0.2.7", "name=Lucie+Le+Goff+d+oeuvre"),
	} {
		a.is(http.StatusOK, "")
		body := decoded(a.Body.String())
		for _, secret := range []string{"Lucie", "Goff", stored.NameSalt, revocationReason, "Blanc", "operator"} {
			if strings.Contains(body, secret) {
				t.Errorf("%s tells %q", a.from, secret)
			}
		}
	}
}

// A document that was changed is refused, and nothing of it is told as a fact.
func TestChangedBadgeIsRefused(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := s.issue(s.define(definition()), shown)
	s.store.read = func(a *award.Stored) error {
		a.Document = bytes.Replace(a.Document, []byte("#niveau-2\"}"), []byte("#niveau-3\"}"), 1)
		return nil
	}
	p := s.page("/v/" + string(id))
	if p.h1() != "Non valable" || !strings.HasPrefix(p.sentence(), "Non : ce badge a été modifié") {
		t.Errorf("%q %q", p.h1(), p.sentence())
	}
	band := text(p.one("section", "aria-labelledby", "reponse"))
	if strings.Contains(band, "Lucie") || strings.Contains(band, venue) || !strings.Contains(band, "modifié après la signature") {
		t.Errorf("the band says %q", band)
	}
	p.reads("Rien de ce que dit ce document n'est garanti.")
	if title := text(p.one("title", "", "")); strings.Contains(title, "Veille") {
		t.Errorf("title %q", title)
	}
	asked := s.post("/v/"+string(id)+"/personne", browser, "192.0.2.7", "name=Lucie+Le+Goff+d+oeuvre").page()
	if asked.h1() != "Non valable" {
		t.Errorf("asked for the name of a changed badge: %q", asked.h1())
	}
	s.post("/v/"+string(id)+"/personne", "application/json", "192.0.2.7", "name=Lucie+Le+Goff+d+oeuvre").has(`"match":false`)
}

// A piece of evidence whose address no reader can open has no link.
func TestEvidenceIsOnlyLinkedToTheWeb(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := s.issue(s.define(definition()), nil)
	s.store.read = func(a *award.Stored) error {
		a.Document = bytes.Replace(a.Document, []byte("https://example.org/carte"), []byte("javascript:alert(1)"), 1)
		return nil
	}
	p := s.page("/v/" + string(id))
	p.reads("Carte de veille")
	for _, link := range p.all("a", "", "") {
		if text(link) == "Carte de veille" {
			t.Errorf("it leads to %q", attribute(link, "href"))
		}
	}
}

// Until its leaf has a place, a badge is neither valid nor refused.
func TestBadgeWaitsForTheLog(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := s.issue(s.define(definition()), nil)
	s.log.asleep = true
	p := s.page("/v/" + string(id))
	if p.h1() != "Non vérifiable" || !strings.Contains(p.sentence(), "son inscription au registre est en cours") {
		t.Errorf("%q %q", p.h1(), p.sentence())
	}
	s.get("/v/"+string(id)+"/proof", "").is(http.StatusServiceUnavailable, "application/problem+json").says("Retry-After", "1")
	s.log.asleep = false
	if p := s.page("/v/" + string(id)); p.h1() != "Valable" {
		t.Errorf("sequenced: %q", p.h1())
	}
}

// An erased badge leaves a tombstone without personal data, at every address.
func TestErasedBadge(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := string(s.issue(s.define(definition()), shown))
	s.store.read = func(*award.Stored) error { return problem.New(problem.Gone, "error.gone") }
	a := s.get("/v/"+id, browser).is(http.StatusGone, "text/html; charset=utf-8")
	p := a.page()
	if p.h1() != "Supprimé" || p.sentence() != "Ce badge a été supprimé à la demande de la personne." {
		t.Errorf("%q %q", p.h1(), p.sentence())
	}
	report := s.get("/v/"+id+".json", "").is(http.StatusGone, "application/json")
	report.has(`"verdict":"erased"`)
	report.has(`"issuerStanding":"unknown"`)
	for _, a := range []answer{a, report, s.get("/credentials/"+id, ""), s.get("/credentials/"+id, browser), s.get("/credentials/"+id+".jwt", ""),
		s.get("/v/"+id+"/proof", ""), s.get("/qr/"+id+".svg", ""), s.post("/v/"+id+"/personne", browser, "192.0.2.7", "name=Lucie")} {
		a.is(http.StatusGone, "")
		a.hasNot("Lucie")
		a.hasNot("Embrun")
	}
}

// What can't be, what never was and what is private are answered alike.
func TestUnknownAndPrivateAreOne(t *testing.T) {
	t.Parallel()
	s := open(t)
	hidden := string(s.issue(s.define(definition()), nil))
	s.store.read = func(*award.Stored) error { return problem.New(problem.NotFound, "error.award.private") }
	never, malformed := "AAAAAAAAAAAAAAAAAAAAAA", "etc-passwd"
	for _, pattern := range []string{"/v/*", "/v/*.json", "/v/*/proof", "/credentials/*", "/credentials/*.jwt", "/qr/*.svg"} {
		for _, accept := range []string{"", browser} {
			bodies := map[string]bool{}
			for _, id := range []string{hidden, never, malformed} {
				a := s.get(strings.Replace(pattern, "*", id, 1), accept).is(http.StatusNotFound, "")
				body := strings.ReplaceAll(a.Body.String(), a.Header().Get("X-Request-Id"), "")
				bodies[strings.ReplaceAll(body, id, "")] = true
			}
			if len(bodies) != 1 {
				t.Errorf("%s as %q: %d different answers", pattern, accept, len(bodies))
			}
		}
	}
}

// The page moves with the clock: nothing of a verdict is kept.
func TestVerdictFollowsTheClock(t *testing.T) {
	t.Parallel()
	s := open(t)
	path := "/v/" + string(s.issue(s.define(definition()), nil))
	if word := s.page(path).h1(); word != "Valable" {
		t.Fatal(word)
	}
	s.wait(4 * 366 * 24 * time.Hour)
	if word := s.page(path).h1(); word != "Expiré" {
		t.Error(word)
	}
}
