package e2e

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"ramure/internal/credential"
	"ramure/internal/did"
	"ramure/internal/openbadges"
)

// handIn sends files and texts by the form, as a person does, and waits for the
// answer.
func (b *browser) handIn(s *site, text, expected string, files ...string) {
	b.tb.Helper()
	b.visit(s.Base + "/verifier")
	var steps []chromedp.Action[chromedp.Void]
	if len(files) > 0 {
		steps = append(steps, chromedp.SetUploadFiles(chromedp.CSS("#fichiers"), files))
	}
	if text != "" {
		steps = append(steps, chromedp.SetValue(chromedp.CSS("#texte"), text))
	}
	if expected != "" {
		steps = append(steps, chromedp.SetValue(chromedp.CSS("#pour"), expected))
	}
	b.do(steps...)
	b.press(`button[type="submit"]`) // until the answer is there whole: it is long
	b.do(chromedp.WaitReady(chromedp.CSS("#reponse, #liste, #faute")))
}

// sampleFile is a badge that somebody else's library made.
func sampleFile(tb testing.TB, name string) string {
	tb.Helper()
	path, err := filepath.Abs(filepath.Join("../verifier/testdata/samples", name))
	if err != nil {
		tb.Fatal(err)
	}
	return path
}

// saved writes a file that a recruiter was sent.
func saved(tb testing.TB, name string, data []byte) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}

// downloaded waits for the one file that the browser saves in a folder.
func (b *browser) downloaded(folder string) string {
	b.tb.Helper()
	ctx, cancel := context.WithTimeout(b, patience)
	defer cancel()
	for {
		files, err := filepath.Glob(filepath.Join(folder, "*.txt"))
		if err != nil {
			b.tb.Fatal(err)
		}
		if len(files) == 1 {
			return files[0]
		}
		select {
		case <-ctx.Done():
			b.tb.Fatalf("no file was saved: %v", files)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// reports keeps what breaks the policy of content, over all pages of the window.
func (b *browser) reports() {
	b.tb.Helper()
	ask(b, command(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `addEventListener("securitypolicyviolation", e =>
		sessionStorage.setItem("violations", (sessionStorage.getItem("violations") || "") + " " + e.violatedDirective + " " + e.blockedURI))`}))
}

// inQuotes writes a text into a script.
func inQuotes(tb testing.TB, text string) string {
	tb.Helper()
	quoted, err := json.Marshal(text)
	if err != nil {
		tb.Fatal(err)
	}
	return string(quoted)
}

// stranger issues badges under a key alone: nobody knows them, and their badges are
// as well signed as any.
type stranger struct {
	tb  testing.TB
	id  string
	key credential.Key
}

func newStranger(tb testing.TB) stranger {
	tb.Helper()
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		tb.Fatal(err)
	}
	id, err := did.Key(public)
	if err != nil {
		tb.Fatal(err)
	}
	thumbprint, err := did.Thumbprint(public)
	if err != nil {
		tb.Fatal(err)
	}
	return stranger{tb, id, credential.Key{Signer: private, Method: id + "#" + strings.TrimPrefix(id, "did:key:"), Thumbprint: thumbprint}}
}

// badge is what this stranger attests, as plain as can be.
func (s stranger) badge(name string) openbadges.AchievementCredential {
	return openbadges.AchievementCredential{
		Context: []string{openbadges.ContextVC2, openbadges.ContextOB3},
		ID:      "urn:uuid:0b2f1d5e-6a76-4c9e-9a58-0f5d7f0c4a11",
		Type:    openbadges.Types{openbadges.TypeVerifiableCredential, openbadges.TypeOpenBadgeCredential},
		Name:    "Organiser sa veille", ValidFrom: openbadges.FormatDateTime(time.Now().AddDate(0, -1, 0)),
		Issuer: openbadges.Profile{ID: s.id, Type: openbadges.Types{openbadges.TypeProfile}, Name: name},
		CredentialSubject: openbadges.AchievementSubject{ID: "urn:uuid:7b1d9a60-1111-4222-8333-944445555666", Type: openbadges.Types{openbadges.TypeAchievementSubject},
			Achievement: openbadges.Achievement{ID: "urn:uuid:7b1d9a60-1111-4222-8333-944445555667", Type: openbadges.Types{openbadges.TypeAchievement},
				Name: "Organiser sa veille", Description: "Collecter et trier.", Criteria: openbadges.Criteria{Narrative: "Trois semaines."}}},
	}
}

// signs gives a badge its signature.
func (s stranger) signs(badge openbadges.AchievementCredential) []byte {
	s.tb.Helper()
	draft, err := credential.Prepare(s.tb.Context(), badge)
	if err != nil {
		s.tb.Fatal(err)
	}
	signed, err := draft.Sign(s.tb.Context(), s.key, time.Now().UTC().Truncate(time.Second))
	if err != nil {
		s.tb.Fatal(err)
	}
	return signed.Document
}
