package public_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ramure/internal/credential"
	"ramure/internal/httpx"
	"ramure/internal/problem"
	"ramure/internal/verifier"
)

// samples are badges that other people's libraries made.
const samples = "../verifier/testdata/samples"

// sample is one of them, and what its addresses answer.
type sample struct {
	Name, File, World string
	Options           struct{ Recipient string }
}

func (s *stage) samples() []sample {
	var all struct{ Samples []sample }
	s.must(json.Unmarshal(s.sampled("samples.json"), &all))
	return all.Samples
}

func (s *stage) sampled(name string) []byte {
	s.t.Helper()
	data, err := os.ReadFile(filepath.Join(samples, name))
	s.must(err)
	return data
}

// fetched are the answers of the world of a sample.
func (s *stage) fetched(world string) verifier.Fetch {
	answers := map[string]struct {
		Text   string
		Status int
	}{}
	if world != "" {
		s.must(json.Unmarshal(s.sampled(world), &answers))
	}
	return func(_ context.Context, address, _ string) ([]byte, error) {
		answer, found := answers[address]
		switch {
		case !found:
			return nil, problem.New(problem.NotFound, "error.outbound.notFound")
		case answer.Status == http.StatusGone:
			return []byte(answer.Text), problem.New(problem.Gone, "error.outbound.gone")
		}
		return []byte(answer.Text), nil
	}
}

// readOwn fetches what this stage publishes itself.
func (s *stage) readOwn(ctx context.Context, address, accept string) ([]byte, error) {
	return httpx.ReadOwn(ctx, s.handler, address, accept)
}

// registry stands for the operator's list: whom it knows, and which names it
// recognises a look-alike of.
type registry struct{ known, alike string }

func (r registry) Standing(_ context.Context, _, name string) (credential.Standing, string, error) {
	switch {
	case r.alike != "":
		return credential.UnknownStanding, r.alike, nil
	case r.known != "" && name == r.known:
		return credential.Known, "", nil
	}
	return credential.UnknownStanding, "", nil
}

// desk is the stage with the act of verifying behind the page.
func desk(t *testing.T, world string, standings verifier.Standings) *stage {
	t.Helper()
	s := open(t)
	_, private, err := ed25519.GenerateKey(nil)
	s.must(err)
	notary, err := verifier.NewNotary(base, private)
	s.must(err)
	s.config.Examiner = verifier.Service{Config: verifier.Config{Fetch: s.fetched(world), Home: base, Standings: standings,
		Notary: notary, Now: s.clock}}
	s.mount(s.config)
	return s
}

// things is what a visitor hands in: files by their names, and the two texts.
type things struct {
	files    [][2]string // name, content
	text     string
	expected string
	from     string // address of the visitor
}

// given is one sample as a visitor hands it in.
func (s *stage) given(names ...string) things {
	var list things
	for _, name := range names {
		list.files = append(list.files, [2]string{filepath.Base(name), string(s.sampled(name))})
	}
	return list
}

// hand sends the form as a browser does.
func (s *stage) hand(v things) answer {
	s.t.Helper()
	return s.send(s.formOf(v), browser)
}

func (s *stage) formOf(v things) *http.Request {
	s.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for _, file := range v.files {
		part, err := form.CreateFormFile("fichiers", file[0])
		s.must(err)
		_, err = part.Write([]byte(file[1]))
		s.must(err)
	}
	s.must(form.WriteField("texte", v.text))
	s.must(form.WriteField("pour", v.expected))
	s.must(form.Close())
	r := httptest.NewRequestWithContext(s.t.Context(), http.MethodPost, "/verifier", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if v.from != "" {
		r.RemoteAddr = v.from + ":4321"
	}
	return r
}

// tone is the ground of the page's first band.
func (p page) tone() string {
	p.t.Helper()
	for _, section := range p.all("section", "class", "*") {
		if tone, isBand := strings.CutPrefix(attribute(section, "class"), "band tone-"); isBand {
			return tone
		}
	}
	p.t.Errorf("%s: no band", p.from)
	return ""
}

// checked gives the state of each check of one answer: ok, failed or unknown by its
// sign, and by its word.
func (p page) checked(below string) map[string]string {
	p.t.Helper()
	words := map[string]string{"— vérifié": "ok", "— échec": "failed", "— non vérifiable ici": "unknown"}
	signs := map[string]string{"icon icon-ok": "ok", "icon icon-refused": "failed", "icon icon-unverifiable": "unknown"}
	states := map[string]string{}
	for _, item := range p.all("li", "id", "*") {
		id, isCheck := strings.CutPrefix(attribute(item, "id"), "controle-")
		if !isCheck {
			continue
		}
		id = strings.TrimSuffix(id, below)
		one := page{p.t, p.from, item}
		states[id] = words[text(one.one("span", "class", "answer"))]
		if sign := signs[attribute(one.one("svg", "", ""), "class")]; sign == "" || sign != states[id] {
			p.t.Errorf("%s: the sign of %s says %q, its word %q", p.from, id, sign, states[id])
		}
	}
	return states
}
