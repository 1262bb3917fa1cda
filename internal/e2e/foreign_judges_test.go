package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"ramure/internal/auth"
	"ramure/internal/credential"
	"ramure/internal/mediation"
	"ramure/internal/verifier"
)

// Judges who share no code with us are given what a venue issued, in each form
// and from each kind of venue, and then the same spoiled in every way that we
// could think of. They resolve keys and status lists from the running service.
func TestForeignJudgesAgree(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, s *site) {
		badges := issued(t, s)
		ours := make([]string, len(badges))
		for i, b := range badges {
			ours[i] = s.get("/v/"+b.id+".json", "application/json", http.StatusOK).member(t, "docHash")
		}
		for i, judged := range s.ask(t, badges.documents(t, s)) {
			b := badges[i/2]
			judged.is(t, "valid", b.says)
			if judged.DocHash != ours[i/2] {
				t.Errorf("%s: the judge hashes %s, we %s", b.says, judged.DocHash, ours[i/2])
			}
			if alg := judged.check("form"); judged.Form == "jwt" && alg.Detail != "VC-JWT, "+b.alg {
				t.Errorf("%s: %s, want %s", b.says, alg.Detail, b.alg)
			}
		}
		refuseSpoiled(t, s, badges)
		judgeRevocation(t, s, badges)
	})
}

// badge is what a story knows of an award.
type badge struct {
	id, token string
	alg       string // of its JWT
	says      string // what is special about it
}

type badges []badge

// issued has a named and a nameless badge, of a venue that signs JWTs with RSA
// and of one that signs them with P-256.
func issued(t *testing.T, s *site) (list badges) {
	t.Helper()
	consent := map[string]string{"by": "Lucie Le Goff-D’Œuvre", "at": "2026-01-05T10:00:00+01:00", "how": "signature sur papier"}
	evidence := []map[string]string{
		{"name": "Carte de veille", "url": "https://example.org/carte?lang=fr", "narrative": "Présentée « au groupe »\nle 12 janvier."},
		{"narrative": "Un entretien d’une heure."}}
	for slug, alg := range map[string]string{"eric-embrun": "RS256", "fablab-gap": "ES256"} {
		_, err := s.Network.Join(t.Context(), mediation.Venue{Slug: slug, Name: "Lieu " + slug, Commune: "05061", JWTAlg: alg})
		if err != nil {
			t.Fatal(err)
		}
		token := s.token(slug, auth.Read, auth.Issue, auth.Revoke)
		achievement := s.achievement(token)
		list = append(list,
			badge{s.issue(token, order(achievement, map[string]any{"showName": true, "over15": true, "consent": consent,
				"evidence": evidence, "level": "5"})), token, alg, alg + ", name shown, evidence"},
			badge{s.issue(token, order(achievement, map[string]any{"awardedDate": time.Now().AddDate(0, 0, -2).Format(time.DateOnly)})),
				token, alg, alg + ", name hidden"})
	}
	return list
}

// documents gives both forms of each badge, in order.
func (list badges) documents(t *testing.T, s *site) (all []document) {
	t.Helper()
	for _, b := range list {
		all = append(all, s.document("json", "application/vc", b.id), s.document("jwt", "application/vc+jwt", b.id))
	}
	return all
}

// document is one question to the judges (foreign/verify.mjs). Origin is where
// the service listens, base the address that its documents bear.
type document struct {
	Form     string `json:"form"`
	Document string `json:"document"`
	Origin   string `json:"origin"`
	Base     string `json:"base"`
}

func (s *site) document(form, accept, id string) document {
	s.tb.Helper()
	return s.question(form, string(s.get("/credentials/"+id, accept, http.StatusOK).Body))
}

func (s *site) question(form, text string) document {
	return document{Form: form, Document: text, Base: s.Base, Origin: strings.Replace(s.Base, "localhost", "127.0.0.1", 1)}
}

// judgement is a judge's answer.
type judgement struct {
	Verified bool
	Verdict  string
	Form     string
	DocHash  string
	Checks   []judgedCheck
	Tools    map[string]string
}

type judgedCheck struct{ ID, Status, Detail string }

func (j judgement) check(id string) judgedCheck {
	for _, c := range j.Checks {
		if c.ID == id {
			return c
		}
	}
	return judgedCheck{}
}

func (j judgement) is(t *testing.T, verdict, what string) {
	t.Helper()
	if j.Verdict != verdict || j.Verified != (verdict == "valid") {
		t.Errorf("%s, as %s: the foreign judge says %s: %v", what, j.Form, j.Verdict, j.Checks)
	}
}

// ask puts all documents before the judges at once: starting node costs more
// than a verification.
func (s *site) ask(t *testing.T, all []document) []judgement {
	t.Helper()
	if _, err := os.Stat("foreign/node_modules"); err != nil {
		t.Fatalf("%v: run `make setup`", err)
	}
	question, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	node := exec.CommandContext(ctx, "node", "foreign/verify.mjs")
	node.Stdin = bytes.NewReader(question)
	answer, err := node.Output()
	var ended *exec.ExitError
	if err != nil && (!errors.As(err, &ended) || ended.ExitCode() != 1) { // 1: not all are valid
		t.Fatalf("node: %v: %s", err, stderrOf(ended))
	}
	var judged []judgement
	if err := json.Unmarshal(answer, &judged); err != nil || len(judged) != len(all) {
		t.Fatalf("%d documents, %d answers: %v", len(all), len(judged), err)
	}
	t.Logf("%d documents judged by %v", len(all), judged[0].Tools)
	return judged
}

func stderrOf(ended *exec.ExitError) string {
	if ended == nil {
		return ""
	}
	return string(ended.Stderr)
}

// verdict is what our own verifier says of a text, asking the service as
// anybody would.
func (s *site) verdict(t *testing.T, text string) credential.Verdict {
	t.Helper()
	service := verifier.Service{Config: verifier.Config{Home: s.Base, Loopback: true, Now: time.Now,
		Fetch: func(_ context.Context, address, accept string) ([]byte, error) {
			a := s.call(http.MethodGet, address, "", "Accept", accept)
			if a.Status != http.StatusOK {
				return nil, fmt.Errorf("%s answered %d", address, a.Status)
			}
			return a.Body, nil
		}}}
	items, err := service.Examine(t.Context(), []verifier.Input{{Data: []byte(text)}}, verifier.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return items[0].Report.Verdict
}

// judgeRevocation takes one badge back: it is revoked in both forms, and no
// other is.
func judgeRevocation(t *testing.T, s *site, list badges) {
	t.Helper()
	s.post("/api/v1/awards/"+list[0].id+"/revocation", list[0].token, map[string]string{"reason": "Essai."}, http.StatusCreated)
	same := slices.IndexFunc(list[1:], func(b badge) bool { return b.alg == list[0].alg }) + 1
	for i, judged := range s.ask(t, badges{list[0], list[same]}.documents(t, s)) {
		want := "valid"
		if i < 2 {
			want = "revoked"
		}
		judged.is(t, want, "after the revocation of the first")
	}
}
