package e2e

import (
	"net/http"
	"os"
	"strings"
	"testing"

	cdbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"

	"ramure/internal/standing"
)

// band is what the answer says first, in plain letters.
func (b *browser) band() string {
	b.tb.Helper()
	return strings.NewReplacer("\u202f", " ", "\u00a0", " ", "’", "'").Replace(b.text(".band"))
}

// A recruiter hands in what people sent: files, a picture, a photo of a code, an
// address. Each answer says first who the issuer is here; with scripts and without.
func TestRecruiterVerifiesAnyBadge(t *testing.T) {
	t.Parallel()
	s := start(t, "sqlite")
	token := s.venue("eric-embrun")
	achievement := s.achievement(token)
	own, revoked := s.issue(token, order(achievement, nil)), s.issue(token, order(achievement, nil))
	revokedFile := saved(t, "rendu.json", s.get("/credentials/"+revoked+".json", "application/json", http.StatusOK).Body)
	s.post("/api/v1/awards/"+revoked+"/revocation", token, map[string]string{"reason": "Essai."}, http.StatusCreated)
	known, double := newStranger(t), newStranger(t)
	if _, err := s.Standing.Add(t.Context(), standing.Issuer{ID: known.id, Name: "Université d'exemple"}, false); err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name, text, expected string
		files                []string
		says                 []string // in this order, in the band
	}{
		{"json", "", "", []string{sampleFile(t, "json/eddsa-rdfc-2022.json")}, []string{"Émetteur inconnu de ce réseau", "Signature vérifiée, émetteur inconnu"}},
		{"png", "", "", []string{sampleFile(t, "baked/png-json.png")}, []string{"Émetteur inconnu de ce réseau", "Signature vérifiée, émetteur inconnu"}},
		{"spoiled", "", "", []string{sampleFile(t, "json/altered-eddsa-rdfc-2022.json")}, []string{"Émetteur non vérifié", "Non valable"}},
		{"expired", "", "", []string{sampleFile(t, "json/expired.json")}, []string{"Émetteur inconnu de ce réseau", "Expiré"}},
		{"known", "", "", []string{saved(t, "univ.json", known.signs(known.badge("Université d'exemple")))}, []string{"Émetteur connu", "Valable"}},
		{"alike", "", "", []string{saved(t, "sosie.json", double.signs(double.badge("ЕRIС eric-embrun")))}, []string{"Émetteur inconnu de ce réseau", "Attention, nom ressemblant", "Ce n'est pas lui"}},
		{"address", s.Base + "/v/" + own, "", nil, []string{"Lieu de ce réseau", "Valable", "Oui, ce badge a bien été délivré par ERIC eric-embrun"}},
		{"code", "", "", []string{saved(t, "photo.png", s.get("/qr/"+own+".png", "image/png", http.StatusOK).Body)}, []string{"Lieu de ce réseau", "Valable"}},
		{"revoked", "", "", []string{revokedFile}, []string{"Lieu de ce réseau", "Retiré"}},
		{"nobody", "", "Lucie Martin", []string{sampleFile(t, "json/eddsa-rdfc-2022.json")}, []string{"Personne non vérifiable", "« Lucie Martin »"}},
		{"nothing", s.Base + "/v/AAAAAAAAAAAAAAAAAAAAAA", "", nil, []string{"Aucun badge à lire"}},
		{"readme", "", "", []string{readme(t)}, []string{"Aucun badge à lire"}},
	}
	b := open(t)
	for _, script := range []bool{false, true} {
		b.script(script)
		for _, c := range cases {
			b.handIn(s, c.text, c.expected, c.files...)
			rest, found := b.band(), true
			for _, want := range c.says {
				if _, rest, found = strings.Cut(rest, want); !found {
					t.Errorf("%s: script %v: no %q, in this order, in: %s", c.name, script, want, b.band())
				}
			}
		}
	}
	if b.handIn(s, "", "", cases[0].files[0]); strings.Contains(ask(b, chromedp.Evaluate[string](`document.querySelector(".band").className`)), "tone-ok") {
		t.Error("an unknown issuer's badge is green")
	}
}

func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	return saved(t, "README.md", text)
}

// Several at once are a list that leads to each answer; every kind of answer passes
// axe, does not scroll sideways, and is left as pictures and print.
func TestAnswersAreAccessible(t *testing.T) {
	t.Parallel()
	s := start(t, "sqlite")
	double := newStranger(t)
	s.venue("eric-embrun")
	b := open(t)
	for name, v := range map[string]struct {
		text  string
		files []string
	}{
		"answer-stranger": {"", []string{sampleFile(t, "json/endorsement-good.json")}},
		"answer-alike":    {"", []string{saved(t, "sosie.json", double.signs(double.badge("ERlC eric-embrun")))}},
		"answer-invalid":  {"", []string{sampleFile(t, "json/altered-eddsa-rdfc-2022.json")}},
		"answer-nothing":  {"", []string{sampleFile(t, "baked/png-nothing.png")}},
		"answer-several": {"", []string{sampleFile(t, "json/eddsa-rdfc-2022.json"), sampleFile(t, "baked/svg-jwt.svg"), sampleFile(t, "json/expired.json"),
			sampleFile(t, "presentation/one-spoiled.json"), sampleFile(t, "baked/png-nothing.png")}},
		"answer-fault":   {"", nil},
		"answer-receipt": {"ramure/receipt/v1\nnot ours", nil},
	} {
		b.handIn(s, v.text, "", v.files...)
		b.axe(name)
		b.keep(name)
	}
	b.handIn(s, "", "", sampleFile(t, "json/eddsa-rdfc-2022.json"), sampleFile(t, "json/expired.json"))
	b.do(chromedp.Click(chromedp.CSS("#liste li:nth-child(2) a")))
	if at := ask(b, chromedp.Evaluate[string](`location.hash + " " + document.querySelector(location.hash).textContent`)); !strings.Contains(at, "Expiré") {
		t.Errorf("the second line leads to %s", at)
	}
}

// By keyboard alone, in English: from the top of the page to the answer.
func TestVerifierByKeyboard(t *testing.T) {
	t.Parallel()
	s := start(t, "sqlite")
	token := s.venue("eric-embrun")
	own := s.issue(token, order(s.achievement(token), nil))
	b := open(t)
	b.visit(s.Base + "/verifier?lang=en")
	var way []string
	for range 20 {
		b.do(chromedp.KeyEvent("\t"))
		at := ask(b, chromedp.Evaluate[string](`document.activeElement.id || document.activeElement.type || document.activeElement.className || document.activeElement.textContent.trim()`))
		way = append(way, at)
		if at == "texte" {
			b.do(chromedp.KeyEvent(s.Base + "/v/" + own))
		}
		if at == "submit" {
			break
		}
	}
	if got := strings.Join(way, " "); !strings.Contains(got, "fichiers") || !strings.HasSuffix(got, "texte pour submit") {
		t.Fatalf("the way is %s", got)
	}
	b.do(chromedp.KeyEvent("\r"), chromedp.WaitReady(chromedp.CSS("#reponse")))
	if band := b.band(); !strings.Contains(band, "Valid") || strings.Contains(band, "Oui") {
		t.Errorf("the answer reads: %s", band)
	}
}

// Files are dropped on the page; the form takes them as if they had been chosen.
func TestFilesAreDropped(t *testing.T) {
	t.Parallel()
	s := start(t, "sqlite")
	b := open(t)
	text, err := os.ReadFile(sampleFile(t, "json/eddsa-rdfc-2022.json"))
	if err != nil {
		t.Fatal(err)
	}
	b.visit(s.Base + "/verifier")
	dropped := ask(b, chromedp.Evaluate[int](`(function (text) {
		const data = new DataTransfer();
		data.items.add(new File([text], "badge.json"));
		data.items.add(new File(["{}"], "autre.json"));
		const form = document.querySelector("[data-verifier]");
		for (const kind of ["dragover", "drop"]) form.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
		return form.elements.fichiers.files.length;
	})(`+inQuotes(t, string(text))+`)`))
	if dropped != 2 {
		t.Fatalf("%d files were taken", dropped)
	}
	b.do(chromedp.Click(chromedp.CSS(`button[type="submit"]`)), chromedp.WaitReady(chromedp.CSS("#liste")))
	if list := b.text("#liste"); !strings.Contains(list, "Signature vérifiée") || !strings.Contains(list, "autre.json") {
		t.Errorf("the list reads: %s", list)
	}
}

// The receipt is saved as a file, and told for ours when it is handed in again.
func TestRecruiterKeepsReceipt(t *testing.T) {
	t.Parallel()
	s := start(t, "sqlite")
	b := open(t)
	folder := t.TempDir()
	ask(b, command(cdbrowser.SetDownloadBehavior, cdbrowser.SetDownloadBehaviorParams{Behavior: "allow", DownloadPath: folder}))
	b.handIn(s, "", "", sampleFile(t, "json/eddsa-rdfc-2022.json"))
	b.do(chromedp.Click(chromedp.CSS(`form[action="/verifier/recu"] button`)))
	receipt := b.downloaded(folder)
	text, err := os.ReadFile(receipt)
	if err != nil || !strings.HasPrefix(string(text), "ramure/receipt/") || !strings.Contains(string(text), s.Base) {
		t.Fatalf("%v: %s", err, text)
	}
	b.handIn(s, "", "", receipt)
	if band := b.band(); !strings.Contains(band, "Reçu intact") {
		t.Errorf("our own receipt: %s", band)
	}
	b.handIn(s, "", "", saved(t, "recu.txt", []byte(strings.Replace(string(text), "verdict valid", "verdict revoked", 1))))
	if band := b.band(); !strings.Contains(band, "Reçu non reconnu") {
		t.Errorf("a receipt that was changed: %s", band)
	}
}
