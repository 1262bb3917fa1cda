package verifier_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"ramure/internal/credential"
	"ramure/internal/problem"
	"ramure/internal/verifier"
)

// samples is the table of testdata/samples: badges that other people's libraries
// made in every form, with their answers (its README says how both are read).
type samples struct {
	Plain   map[credential.CheckID]string
	Samples []sample
}

type sample struct {
	Name, File, World string
	Options           struct{ Recipient string }
	Items             []expected
	Holder            string
	Problem           string
}

// expected is the answer on one badge, as far as it differs from the plain one.
type expected struct {
	Carrier, Form, Suite string
	Verdict              credential.Verdict
	Checks               map[credential.CheckID]string
	Stops                credential.CheckID
}

// sampled is when the table was written; the samples' own dates leave much room.
var sampled = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

func TestSamples(t *testing.T) {
	t.Parallel()
	var all samples
	mustRead(t, "samples.json", &all)
	forms := map[string]int{}
	for _, one := range all.Samples {
		for _, item := range one.Items {
			forms[item.Carrier+" "+item.Form+" "+item.Suite]++
		}
		t.Run(one.Name, func(t *testing.T) {
			t.Parallel()
			items, err := one.verifier(t).Examine(t.Context(), []verifier.Input{{Name: one.File, Data: file(t, one.File)}},
				verifier.Options{Recipient: one.Options.Recipient})
			if err != nil {
				t.Fatal(err)
			}
			one.compare(t, all.Plain, items)
		})
	}
	t.Logf("%d samples, %d kinds of carrier, form and suite", len(all.Samples), len(forms))
	if len(all.Samples) < 140 || len(forms) < 30 {
		t.Errorf("only %d samples of %d kinds", len(all.Samples), len(forms))
	}
}

// compare holds what was found against the table, check by check.
func (s sample) compare(t *testing.T, plain map[credential.CheckID]string, items []verifier.Item) {
	t.Helper()
	if s.Problem != "" {
		if len(items) != 1 || key(items[0].Err) != s.Problem {
			t.Errorf("%+v, want the problem %s", items, s.Problem)
		}
		return
	}
	if len(items) != len(s.Items) {
		t.Fatalf("%d badges, want %d: %+v", len(items), len(s.Items), items)
	}
	for i, want := range s.Items {
		want.compare(t, plain, items[i])
		if got := said(items[i].Holder); got != s.Holder {
			t.Errorf("badge %d: holder %s, want %s", i, got, s.Holder)
		}
	}
}

func (e expected) compare(t *testing.T, plain map[credential.CheckID]string, got verifier.Item) {
	t.Helper()
	r := got.Report
	if got.Err != nil || r.Verdict != e.Verdict || got.Carrier != e.Carrier || r.Form != e.Form || r.Suite != e.Suite {
		t.Errorf("%s in %s, %s, suite %q, %v; want %s in %s, %s, suite %q", r.Verdict, got.Carrier, r.Form, r.Suite, got.Err,
			e.Verdict, e.Carrier, e.Form, e.Suite)
	}
	reached := true
	for i, id := range credential.Order() {
		want := e.answer(plain, id)
		if !reached {
			want = "unknown notReached"
		}
		if r.Checks[i].ID != id || said(&r.Checks[i]) != want {
			t.Errorf("%s: %s, want %s", r.Checks[i].ID, said(&r.Checks[i]), want)
		}
		reached = reached && e.Stops != id
	}
}

func (e expected) answer(plain map[credential.CheckID]string, id credential.CheckID) string {
	if special, named := e.Checks[id]; named {
		return special
	}
	return plain[id]
}

// said is a check in the words of the table; nothing for none.
func said(c *credential.Check) string {
	if c == nil {
		return ""
	}
	return string(c.Status) + " " + c.Reason
}

func key(err error) string {
	var found *problem.Error
	if errors.As(err, &found) {
		return found.Key
	}
	return ""
}

// verifier is one whose world is that of the sample.
func (s sample) verifier(t *testing.T) verifier.Service {
	t.Helper()
	answers := map[string]struct {
		Text   string
		Status int
	}{}
	if s.World != "" {
		mustRead(t, s.World, &answers)
	}
	fetch := func(_ context.Context, address, _ string) ([]byte, error) {
		answer, found := answers[address]
		switch {
		case !found:
			return nil, problem.New(problem.NotFound, "error.outbound.notFound")
		case answer.Status == 410:
			return []byte(answer.Text), problem.New(problem.Gone, "error.outbound.gone")
		}
		return []byte(answer.Text), nil
	}
	return verifier.Service{Config: verifier.Config{Fetch: fetch, Home: "https://badges.example", Now: func() time.Time { return sampled }}}
}

func file(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "samples", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func mustRead(t testing.TB, name string, into any) {
	t.Helper()
	if err := json.Unmarshal(file(t, name), into); err != nil {
		t.Fatal(err)
	}
}
