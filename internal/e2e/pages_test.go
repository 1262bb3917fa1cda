package e2e

import (
	"net/http"
	"testing"
	"time"
)

// Every public page passes axe at both widths, never scrolls sideways, and
// leaves its pictures and its print in artifacts/ for people to look at.
func TestPagesAreAccessible(t *testing.T) {
	t.Parallel()
	s := start(t, "sqlite")
	pages := publicPages(t, s)
	b := open(t)
	for _, p := range pages {
		b.visit(s.Base + p.path)
		b.axe(p.name)
		b.keep(p.name)
		b.visit(s.Base + p.path + "?lang=en")
		b.axe(p.name + "-en")
	}
}

type publicPage struct{ name, path string }

// publicPages has one address of every kind of page, with awards in each state.
func publicPages(t *testing.T, s *site) []publicPage {
	token := s.venue("eric-embrun")
	achievement := s.achievement(token)
	now := time.Now()
	consent := map[string]string{"by": "Lucie Le Goff-D’Œuvre", "at": "2026-01-05T10:00:00+01:00", "how": "signature sur papier"}
	evidence := []map[string]string{{"name": "Carte de veille", "url": "https://example.org/carte", "narrative": "Présentée au groupe le 12 janvier."}}
	revoked := s.issue(token, order(achievement, nil))
	s.post("/api/v1/awards/"+revoked+"/revocation", token, map[string]string{"reason": "Essai."}, http.StatusCreated)
	return []publicPage{
		{"home", "/"},
		{"award-valid", "/v/" + s.issue(token, order(achievement, map[string]any{"showName": true, "over15": true, "consent": consent, "evidence": evidence}))},
		{"award-hidden", "/v/" + s.issue(token, order(achievement, nil))},
		{"award-expired", "/v/" + s.issue(token, order(achievement, map[string]any{"validFrom": now.AddDate(-4, 0, 0).Format(time.RFC3339)}))},
		{"award-future", "/v/" + s.issue(token, order(achievement, map[string]any{"validFrom": now.AddDate(0, 2, 0).Format(time.RFC3339)}))},
		{"award-revoked", "/v/" + revoked},
		{"award-unknown", "/v/AAAAAAAAAAAAAAAAAAAAAA"},
		{"issuer", "/issuers/eric-embrun"},
		{"achievement", "/achievements/" + achievement},
		{"competences", "/competences"},
		{"competence", "/competences/acunum.c1.4"},
		{"accessibility", "/accessibilite"},
		{"legal", "/mentions-legales"},
		{"privacy", "/confidentialite"},
		{"cookies", "/cookies"},
		{"recruiter", "/aide-recruteur"},
		{"verifier", "/verifier"},
	}
}
