package e2e

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// scan decodes the QR of an award as a phone would, with another program's
// reader, and answers the address that it holds.
func scan(t *testing.T, s *site, id string) string {
	t.Helper()
	picture := filepath.Join(t.TempDir(), "qr.png")
	if err := os.WriteFile(picture, s.get("/qr/"+id+".png", "image/png", http.StatusOK).Body, 0o600); err != nil {
		t.Fatal(err)
	}
	decoded, err := exec.Command("zbarimg", "--quiet", "--raw", picture).Output()
	if err != nil {
		t.Fatalf("zbarimg: %v (run `make setup`)", err)
	}
	return strings.TrimSpace(string(decoded))
}

// A recruiter scans the QR of a badge, without any script: the verdict stands
// above the fold, and a revocation shows on the next read.
func TestRecruiterScansQR(t *testing.T) {
	t.Parallel()
	s := start(t, "sqlite")
	token := s.venue("eric-embrun")
	achievement := s.achievement(token)
	id := s.issue(token, order(achievement, nil))
	address := scan(t, s, id)
	if !strings.HasPrefix(address, s.Base+"/v/"+id+"#") || len(address) != len(s.Base+"/v/"+id+"#")+16 {
		t.Fatalf("the QR holds %s", address)
	}
	b := open(t)
	b.width(320)
	b.script(false)
	b.visit(address)
	band := b.text(".band")
	if !strings.Contains(band, "Oui") || !strings.Contains(band, "ERIC eric-embrun") || strings.Contains(band, "Goff") {
		t.Errorf("the verdict reads: %s", band)
	}
	b.script(true)
	bottom := ask(b, chromedp.Evaluate[float64](`document.querySelector(".band").getBoundingClientRect().bottom`))
	if bottom > 640 {
		t.Errorf("the verdict ends %v px down, below the fold of a small phone", bottom)
	}
	s.post("/api/v1/awards/"+id+"/revocation", token, map[string]string{"reason": "Essai."}, http.StatusCreated)
	b.script(false)
	b.visit(s.Base + "/")
	b.visit(address)
	if band := b.text(".band"); !strings.Contains(strings.ToLower(band), "retiré") {
		t.Errorf("a moment after the revocation the verdict reads: %s", band)
	}
}

// The verdict of each state, as a person reads it.
func TestEachStateIsSaidInWords(t *testing.T) {
	t.Parallel()
	s := start(t, "postgres")
	token := s.venue("eric-embrun")
	achievement := s.achievement(token)
	consent := map[string]string{"by": "Lucie Le Goff-D’Œuvre", "at": "2026-01-05T10:00:00+01:00", "how": "signature sur papier"}
	shown := s.issue(token, order(achievement, map[string]any{"showName": true, "over15": true, "consent": consent}))
	hidden := s.issue(token, order(achievement, nil))
	expired := s.issue(token, order(achievement, map[string]any{"validFrom": time.Now().AddDate(-4, 0, 0).Format(time.RFC3339)}))
	cases := []struct {
		id, says string
		silent   string
	}{
		{shown, "Lucie Le Goff-D’Œuvre", ""},
		{hidden, "Oui", "Goff"},
		{expired, "Expiré", "Goff"},
	}
	b := open(t)
	b.script(false)
	for _, c := range cases {
		b.visit(s.Base + "/v/" + c.id)
		whole := b.text("main")
		if !strings.Contains(whole, c.says) || (c.silent != "" && strings.Contains(whole, c.silent)) {
			t.Errorf("%s: wants %q and not %q in: %s", c.id, c.says, c.silent, whole)
		}
	}
	unknown := s.get("/v/AAAAAAAAAAAAAAAAAAAAAA", "text/html", http.StatusNotFound)
	if !strings.Contains(string(unknown.Body), "<h1") {
		t.Errorf("an unknown badge has no page: %s", unknown.Body)
	}
}

// « Est-ce bien la personne ? » answers yes or no, with the name hidden, by
// keyboard and without script.
func TestRecruiterAsksForTheName(t *testing.T) {
	t.Parallel()
	s := start(t, "sqlite")
	token := s.venue("eric-embrun")
	id := s.issue(token, order(s.achievement(token), nil))
	b := open(t)
	b.script(false)
	for name, want := range map[string]string{
		"lucie le goff d'oeuvre": "Oui", "LE GOFF-D'ŒUVRE Lucie": "Oui", "Lucie Martin": "Non",
	} {
		b.visit(s.Base + "/v/" + id)
		b.do(chromedp.SendKeys(chromedp.CSS(`input[name="name"]`), name+"\r"), chromedp.WaitVisible(chromedp.CSS(`[role="status"], [role="alert"]`)))
		if got := b.text(`[role="status"], [role="alert"]`); !strings.Contains(got, want) {
			t.Errorf("%q: %s, want %s", name, got, want)
		}
	}
}
