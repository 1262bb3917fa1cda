package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ramure/internal/credential"
	"ramure/internal/problem"
	"ramure/internal/verifier"
)

// samples are badges that other people's libraries made.
const samples = "../verifier/testdata/samples"

func sampled(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(samples, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// reported is the answer of /api/v1/verify.
type reported struct {
	Verdict        credential.Verdict
	Checks         []credential.Check
	IssuerStanding string
	CheckedAt      string
	Carrier, Form  string
	Holder         *credential.Check
	Problem        *struct{ Code, Detail string }
	Items          []reported
}

// hand sends a body as a media type, without a token.
func (h *house) hand(kind, body string, header ...string) answer {
	h.Helper()
	return h.ask(http.MethodPost, "/api/v1/verify", body, append([]string{"Content-Type", kind}, header...)...)
}

func (h *house) verified(a answer) reported {
	h.Helper()
	var r reported
	if err := json.Unmarshal([]byte(a.body), &r); a.status != http.StatusOK || err != nil {
		h.Fatalf("%d, %v: %s", a.status, err, a.body)
	}
	return r
}

// world answers one address with a badge, and one with nothing any more.
func world(t *testing.T) verifier.Fetch {
	badge := []byte(sampled(t, "json/eddsa-rdfc-2022.json"))
	return func(_ context.Context, address, _ string) ([]byte, error) {
		switch address {
		case "https://elsewhere.example/badge":
			return badge, nil
		case "https://elsewhere.example/gone":
			return nil, problem.New(problem.Gone, "error.outbound.gone")
		}
		return nil, problem.New(problem.NotFound, "error.outbound.notFound")
	}
}

// Every form is taken as it stands, without a token, whatever its media type says.
func TestVerifyEveryForm(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.world = world(t)
	credentialJSON := sampled(t, "json/eddsa-rdfc-2022.json")
	jwt := strings.TrimSpace(sampled(t, "jwt/es256.jwt"))
	quoted, err := json.Marshal(jwt)
	h.must(err)
	for name, c := range map[string]struct {
		kind, body string
		verdict    credential.Verdict
		carrier    string
	}{
		"JSON":                    {"application/json", credentialJSON, credential.Valid, "json"},
		"JSON-LD":                 {"application/ld+json", credentialJSON, credential.Valid, "json"},
		"as a credential":         {"application/vc", credentialJSON, credential.Valid, "json"},
		"JWT":                     {"application/vc+jwt", jwt, credential.Valid, "jwt"},
		"JWT as a text":           {"text/plain", jwt, credential.Valid, "jwt"},
		"PNG":                     {"image/png", sampled(t, "baked/png-json.png"), credential.Valid, "png"},
		"SVG":                     {"image/svg+xml", sampled(t, "baked/svg-jwt.svg"), credential.Valid, "svg"},
		"of no kind":              {"", credentialJSON, credential.Valid, "json"},
		"spoiled":                 {"application/json", sampled(t, "json/altered-eddsa-rdfc-2022.json"), credential.Invalid, "json"},
		"expired":                 {"application/json", sampled(t, "json/expired.json"), credential.Expired, "json"},
		"where it is":             {"application/json", `{"url":"https://elsewhere.example/badge"}`, credential.Valid, "address"},
		"where it is, as a text":  {"text/plain", "https://elsewhere.example/badge", credential.Valid, "address"},
		"where it was":            {"application/json", `{"url":"https://elsewhere.example/gone"}`, credential.Erased, "address"},
		"where nothing is":        {"application/json", `{"url":"https://elsewhere.example/none"}`, credential.Unverifiable, "address"},
		"in a body of ours":       {"application/json", `{"credential":` + credentialJSON + `}`, credential.Valid, "json"},
		"a JWT in a body of ours": {"application/json", `{"credential":` + string(quoted) + `}`, credential.Valid, "jwt"},
		"of another than expected": {"application/json", `{"credential":` + sampled(t, "json/recipient-email.json") + `,"recipient":"nobody@example.org"}`,
			credential.Invalid, "json"},
	} {
		t.Run(name, func(t *testing.T) {
			r := h.verified(h.hand(c.kind, c.body))
			if r.Verdict != c.verdict || r.Carrier != c.carrier || len(r.Checks) < len(credential.Order()) || r.Items != nil {
				t.Errorf("%+v", r)
			}
			for i, id := range credential.Order() {
				if r.Checks[i].ID != id || r.Checks[i].Detail == "" || strings.Contains(r.Checks[i].Detail, "⟦") {
					t.Errorf("check %d is %+v", i, r.Checks[i])
				}
			}
			if (r.Problem != nil) != (name == "where nothing is") {
				t.Errorf("problem %+v", r.Problem)
			}
		})
	}
}

// Several badges have one verdict, the worst, and a report each.
func TestVerifySeveral(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	r := h.verified(h.hand("application/json", sampled(t, "presentation/one-spoiled.json"), "Accept-Language", "en"))
	if r.Verdict != credential.Invalid || len(r.Items) < 2 || r.Checks != nil || r.CheckedAt == "" {
		t.Fatalf("%+v", r)
	}
	verdicts := map[credential.Verdict]bool{}
	for _, item := range r.Items {
		verdicts[item.Verdict] = true
		if item.Holder == nil || item.Carrier != "presentation" {
			t.Errorf("%+v", item)
		}
	}
	if !verdicts[credential.Valid] || !verdicts[credential.Invalid] {
		t.Errorf("the verdicts are %v", verdicts)
	}
}

// What holds no badge, or can't be read as a request, is a problem that names itself
// and repeats nothing.
func TestVerifyRefuses(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for name, c := range map[string]struct {
		kind, body string
		status     int
		code       string
	}{
		"nothing":               {"application/json", " \n", http.StatusBadRequest, "error.verify.body"},
		"a form":                {"multipart/form-data; boundary=b", "--b--", http.StatusUnsupportedMediaType, "error.verify.multipart"},
		"no badge in it":        {"image/png", sampled(t, "baked/png-nothing.png"), http.StatusUnprocessableEntity, ""},
		"another kind of file":  {"application/pdf", "%PDF-1.7 secret", http.StatusUnsupportedMediaType, ""},
		"both":                  {"application/json", `{"url":"https://a.example","credential":{}}`, http.StatusUnprocessableEntity, "error.body.invalid"},
		"a member too many":     {"application/json", `{"url":"https://a.example","secret":1}`, http.StatusUnprocessableEntity, "error.body.invalid"},
		"a member twice":        {"application/json", `{"url":"https://a.example","url":"https://b.example"}`, http.StatusBadRequest, "error.body.malformed"},
		"no web address":        {"application/json", `{"url":"file:///etc/passwd"}`, http.StatusUnprocessableEntity, "error.body.invalid"},
		"an address of no text": {"application/json", `{"url":["https://a.example"]}`, http.StatusBadRequest, "error.body.malformed"},
		"too large":             {"image/png", "\x89PNG" + strings.Repeat("A", 5<<20), http.StatusRequestEntityTooLarge, ""},
	} {
		t.Run(name, func(t *testing.T) {
			a := h.hand(c.kind, c.body)
			h.refused(name, a, c.status)
			if c.code != "" && !strings.Contains(a.body, `"code":"`+c.code+`"`) {
				t.Errorf("the code is not %s: %s", c.code, a.body)
			}
			if strings.Contains(a.body, "secret") && name != "a member too many" || strings.Contains(a.body, "passwd") {
				t.Errorf("the answer repeats what was sent: %s", a.body)
			}
		})
	}
}

// A token neither helps nor harms; the same visitor is held back after a while.
func TestVerifyIsForAnybody(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	body := sampled(t, "json/eddsa-rdfc-2022.json")
	for _, token := range []string{"", "Bearer wrong", "Basic eDp5"} {
		h.verified(h.hand("application/json", body, "Authorization", token))
	}
	statuses := map[int]int{}
	for range 70 {
		statuses[h.hand("application/json", "{}").status]++
	}
	if statuses[http.StatusTooManyRequests] == 0 || statuses[http.StatusTooManyRequests] > 20 {
		t.Errorf("the answers to 70 requests at once: %v", statuses)
	}
	if a := h.hand("application/json", "{}"); a.status == http.StatusTooManyRequests && a.header.Get("Retry-After") == "" {
		t.Error("nothing says when to come back")
	}
}

// The samples have here the verdict that the act gives, and the page.
func TestVerifyAgreesWithTheAct(t *testing.T) {
	t.Parallel()
	var all struct {
		Samples []struct {
			File  string
			World string
			Items []struct{ Verdict credential.Verdict }
		}
	}
	if err := json.Unmarshal([]byte(sampled(t, "samples.json")), &all); err != nil {
		t.Fatal(err)
	}
	asked := 0
	h := newHouse(t)
	for _, one := range all.Samples {
		if one.World != "" || len(one.Items) != 1 || strings.Contains(one.File, "recipient") {
			continue
		}
		asked++
		h.visitor = fmt.Sprintf("10.0.0.%d:4321", asked)
		r := h.verified(h.hand("", sampled(t, one.File)))
		if r.Verdict != one.Items[0].Verdict {
			t.Errorf("%s: %s, want %s", one.File, r.Verdict, one.Items[0].Verdict)
		}
	}
	t.Logf("%d samples", asked)
	if asked < 60 {
		t.Errorf("only %d samples", asked)
	}
}
