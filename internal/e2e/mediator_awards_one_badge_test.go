package e2e

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"ramure/internal/auth"
)

// fill types into a field that is empty.
func (b *browser) fill(selector, text string) {
	b.tb.Helper()
	b.do(chromedp.SendKeys(chromedp.CSS(selector), text))
}

// press sends a form by one of its buttons and waits for the next page.
func (b *browser) press(selector string) {
	b.tb.Helper()
	if _, err := chromedp.RunResponse(b, chromedp.Click(chromedp.CSS(selector))); err != nil {
		b.tb.Fatal(err)
	}
}

// invited is a browser in which somebody took an invitation of the server's shell.
func (s *site) invited(t *testing.T, name string, role auth.Role, at auth.Target) *browser {
	t.Helper()
	link, err := s.People.InviteFromShell(t.Context(), auth.Invitation{Name: name, Role: role, Target: at})
	if err != nil {
		t.Fatal(err)
	}
	b := open(t)
	b.script(false)
	b.visit(link)
	b.press(`main button[type="submit"]`)
	return b
}

// A mediator, invited by a link on paper, defines a badge, awards it to one person,
// finds it in the register and takes it back: by keyboard's means, without script.
func TestMediatorAwardsOneBadge(t *testing.T) {
	t.Parallel()
	s := start(t, "sqlite")
	s.venue("eric-embrun")
	b := s.invited(t, "Camille Roux", auth.RoleMediator, auth.Target{Kind: auth.OnVenue, Slug: "eric-embrun"})
	if desk := b.text("main"); !strings.Contains(desk, "Camille Roux") || !strings.Contains(desk, "ERIC eric-embrun") || !strings.Contains(desk, "Médiateur") {
		t.Fatalf("the dashboard reads: %s", desk)
	}
	b.look("tableau-de-bord")

	b.visit(s.Base + "/lieux/eric-embrun/badges/nouveau")
	b.press(`button[value="creer"]`)
	if faults := b.text("form.question"); !strings.Contains(faults, "Écrivez une phrase") {
		t.Errorf("an empty form is answered: %s", faults)
	}
	b.fill("#nom", "Vérifier une information")
	b.fill("#resume", "Recouper ses sources.")
	b.fill("#criteres", "- comparer **trois sources**")
	b.fill("#niveaux", "Indépendant : seul\nAvancé : aide les autres")
	b.fill("#chercher", "fiabilite")
	b.press(`button[value="chercher"]`)
	b.do(chromedp.Click(chromedp.CSS(`input[name="competence"]`)))
	b.look("definir-un-badge")
	b.press(`button[value="creer"]`)
	if list := b.text("main"); !strings.Contains(list, "Vérifier une information") {
		t.Fatalf("the list reads: %s", list)
	}
	b.look("badges-du-lieu")

	b.press(`ul.lines a.button`)
	b.fill("#prenom", "Lucie")
	b.fill("#nom", "Le Goff-D’Œuvre")
	b.do(chromedp.Click(chromedp.CSS("#montrer")))
	b.press(`form.question button[type="submit"]`)
	if faults := b.text("form.question"); !strings.Contains(faults, "15 ans") || !strings.Contains(faults, "Dites comment") {
		t.Errorf("a name to be shown without age and consent is answered: %s", faults)
	}
	b.do(chromedp.Click(chromedp.CSS("#quinze")))
	b.fill("#comment", "oralement, devant le groupe")
	b.do(chromedp.SetValue(chromedp.CSS("#niveau"), "2"))
	b.look("delivrer-un-badge")
	b.press(`form.question button[type="submit"]`)
	b.look("badge-delivre")
	issued := ask(b, chromedp.Evaluate[string]("location.pathname"))
	if !strings.HasPrefix(issued, "/lieux/eric-embrun/delivres/") {
		t.Fatalf("after issuing: %s: %s", issued, b.text("main"))
	}
	b.press("main a.button")
	if band := b.text(".band"); !strings.Contains(band, "Lucie Le Goff-D’Œuvre") || !strings.Contains(band, "Oui") {
		t.Errorf("the badge's page reads: %s", band)
	}

	b.visit(s.Base + "/lieux/eric-embrun/delivres")
	if list := b.text("main"); !strings.Contains(list, "Lucie Le Goff-D’Œuvre") {
		t.Errorf("the register reads: %s", list)
	}
	b.look("badges-delivres")
	b.visit(s.Base + issued + "/retrait")
	b.fill("#raison", "Délivré par erreur")
	b.look("retirer-un-badge")
	b.press(`form.question button[type="submit"]`)
	if page := b.text("main"); !strings.Contains(page, "Retiré par Camille Roux") {
		t.Errorf("after the revocation: %s", page)
	}
	id := issued[strings.LastIndexByte(issued, '/')+1:]
	if report := s.get("/v/"+id+".json", "application/json", http.StatusOK); report.member(t, "verdict") != "revoked" {
		t.Errorf("%s", report.Body)
	}
}

// look holds a signed-in page against the rules of accessibility and keeps its
// pictures.
func (b *browser) look(name string) {
	b.tb.Helper()
	b.script(true)
	b.keep("site-" + name)
	b.axe("site-" + name)
	b.script(false)
}

// What a role does not reach is not there, and says so like what never was; what
// it may not do here, it is told. Each reader has a browser after the other.
func TestRolesEndAtTheDoor(t *testing.T) {
	t.Parallel()
	s := start(t, "postgres")
	s.venue("eric-embrun")
	s.venue("eric-gap")
	t.Run("mediator", func(t *testing.T) {
		b := s.invited(t, "Camille Roux", auth.RoleMediator, auth.Target{Kind: auth.OnVenue, Slug: "eric-embrun"})
		for path, want := range map[string]string{
			"/lieux/eric-embrun/equipe":  "Camille Roux",
			"/lieux/eric-embrun/journal": "Votre rôle ne permet pas cela ici",
			"/lieux/eric-gap/equipe":     "introuvable",
			"/lieux/nulle-part/equipe":   "introuvable",
			"/politique-acces":           "introuvable",
		} {
			b.visit(s.Base + path)
			if page := b.text("main"); !strings.Contains(strings.ToLower(page), strings.ToLower(want)) {
				t.Errorf("%s reads: %s", path, page)
			}
		}
	})
	t.Run("auditor", func(t *testing.T) {
		b := s.invited(t, "Alex Faure", auth.RoleAuditor, auth.Target{Kind: auth.OnInstance})
		for path, want := range map[string]string{"/politique-acces": "Retirer un badge", "/journal": "A accepté une invitation"} {
			b.visit(s.Base + path)
			if page := b.text("main"); !strings.Contains(page, want) {
				t.Errorf("%s reads: %s", path, page)
			}
			b.look(strings.TrimPrefix(path, "/"))
		}
	})
}
