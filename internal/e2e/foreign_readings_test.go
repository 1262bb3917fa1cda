package e2e

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ramure/internal/credential"
)

// reading is an answer in the words that all three have: what it was, the verdict,
// and each check.
type reading struct {
	Carrier, Form, Suite, Verdict, Problem string
	Checks                                 []string // id status reason; that of the holder comes last
}

// readings are what the table says of a sample.
func (s sample) readings(known samples, atHome bool) (list []reading) {
	if s.Problem != "" {
		return []reading{{Problem: s.Problem}}
	}
	for _, item := range s.Items {
		r := reading{Carrier: item.Carrier, Form: item.Form, Suite: item.Suite, Verdict: string(item.Verdict)}
		reached := true
		for _, id := range credential.Order() {
			said := known.Plain[id]
			if special, named := item.Checks[id]; named {
				said = special
			}
			if !reached {
				said = "unknown notReached"
			}
			if id == credential.CheckInclusion && atHome && reached {
				said, r.Verdict = "failed notIncluded", string(credential.Invalid)
			}
			r.Checks = append(r.Checks, fmt.Sprintf("%s %s", id, said))
			reached = reached && item.Stops != id
		}
		if s.Holder != "" {
			r.Checks = append(r.Checks, "holder "+s.Holder)
		}
		list = append(list, r)
	}
	return list
}

// wire is a report as API and command print it.
type wire struct {
	Carrier, Form, Suite, Verdict string
	Checks                        []wireCheck
	Holder                        *wireCheck
	Problem                       *struct{ Code string }
	Items                         []wire
}

type wireCheck struct{ ID, Status, Reason string }

func (w wire) readings() (list []reading) {
	for _, item := range w.Items {
		list = append(list, item.readings()...)
	}
	if len(w.Items) > 0 {
		return list
	}
	r := reading{Carrier: w.Carrier, Form: w.Form, Suite: w.Suite, Verdict: w.Verdict}
	checks := w.Checks
	if w.Holder != nil {
		checks = append(checks, *w.Holder)
	}
	for _, check := range checks {
		r.Checks = append(r.Checks, fmt.Sprintf("%s %s %s", check.ID, check.Status, check.Reason))
	}
	if w.Problem != nil {
		return []reading{{Problem: w.Problem.Code}}
	}
	return []reading{r}
}

func unwired(t *testing.T, text []byte) []reading {
	t.Helper()
	var answer wire
	if err := json.Unmarshal(text, &answer); err != nil {
		t.Fatalf("%v: %.300s", err, text)
	}
	return answer.readings()
}

var receiptField = regexp.MustCompile(`name="recu" value="([^"]*)"`)

// receipted reads what a receipt says of each badge.
func receipted(text string) (list []reading) {
	text, _, _ = strings.Cut(text, "\n\n—") // what follows is the signature
	for _, badge := range strings.Split(text, "\n\nbadge ")[1:] {
		var r reading
		into := map[string]*string{"carrier": &r.Carrier, "form": &r.Form, "verdict": &r.Verdict, "signed": &r.Suite, "problem": &r.Problem}
		for line := range strings.Lines(badge) {
			name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
			if name == "check" {
				r.Checks = append(r.Checks, value)
			} else if into[name] != nil {
				*into[name] = value
			}
		}
		if r.Problem != "" {
			r = reading{Problem: r.Problem}
		}
		list = append(list, r)
	}
	return list
}

// shown wants each check of the receipt to stand on the page, with its answer, and
// no other.
func shown(t *testing.T, files []string, page string, i, of int, r reading) {
	t.Helper()
	if of > 1 {
		page = strings.Split(page, `<article class="verdict"`)[i+1]
	}
	var onPage []string
	for _, line := range checkLine.FindAllStringSubmatch(page, -1) {
		onPage = append(onPage, line[1]+" "+answers[line[2]])
	}
	var want []string
	for _, check := range r.Checks {
		words := strings.Fields(check)
		want = append(want, words[0]+" "+words[1])
	}
	slices.Sort(onPage)
	slices.Sort(want)
	if !slices.Equal(onPage, want) && r.Problem == "" {
		t.Errorf("%v: the page shows %v, its receipt says %v", files, onPage, want)
	}
}

var checkLine = regexp.MustCompile(`(?s)<li id="controle-([a-z]+)[^"]*">.*?<span class="answer">([^<]*)</span>`)

// answers are the words of the page for how a check ended.
var answers = map[string]string{"— vérifié": "ok", "— échec": "failed", "— non vérifiable ici": "unknown"}
