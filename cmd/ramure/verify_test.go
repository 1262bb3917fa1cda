package main

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ramure/internal/app"
	"ramure/internal/credential"
)

// ran is how a command ended and what it said.
type ran struct {
	status         int
	stdout, stderr string
}

func runs(t *testing.T, stdin string, args ...string) ran {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status := run(&session{Context: t.Context(), stdin: strings.NewReader(stdin), stdout: &stdout, stderr: &stderr,
		env: app.Env{Now: time.Now, Log: slog.New(slog.DiscardHandler)}}, args)
	return ran{status: status, stdout: stdout.String(), stderr: stderr.String()}
}

// The status of several badges is the worst of theirs: what is known to be wrong,
// then what was wrongly given, then what could not be asked.
func TestWorstStatus(t *testing.T) {
	t.Parallel()
	const samples = "../../internal/verifier/testdata/samples/"
	valid, invalid, nothing := samples+"json/eddsa-rdfc-2022.json", samples+"json/altered-eddsa-rdfc-2022.json", samples+"baked/png-nothing.png"
	jwt, png := samples+"jwt/es256.jwt", samples+"baked/png-json.png"
	away := "http://127.0.0.1:1/badge.json"
	for name, c := range map[string]struct {
		args []string
		want int
	}{
		"all valid":            {[]string{valid, jwt, png}, done},
		"one away":             {[]string{valid, away}, unverifiable},
		"one holds no badge":   {[]string{valid, nothing, away}, misused},
		"one invalid":          {[]string{nothing, valid, invalid, away}, failed},
		"a file is not there":  {[]string{valid, "nowhere.json"}, misused},
		"alone, no badge":      {[]string{nothing}, misused},
		"alone, away":          {[]string{away}, unverifiable},
		"offline, did:key":     {[]string{"--offline", valid}, unverifiable},
		"offline, an address":  {[]string{"--offline", away}, misused},
		"nothing to verify":    {nil, misused},
		"more than one sample": {[]string{samples + "presentation/one-spoiled.json"}, failed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := runs(t, "", append([]string{"verify"}, c.args...)...); got.status != c.want {
				t.Errorf("it ends with %d, want %d: %s%s", got.status, c.want, got.stdout, got.stderr)
			}
		})
	}
}

// A badge that was deleted at the person's request has a verdict, and is told so.
func TestErasedBadge(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) }))
	t.Cleanup(server.Close)
	address := server.URL + "/v/AAAAAAAAAAAAAAAAAAAAAA"
	if got := runs(t, "", "verify", address); got.status != failed || !strings.HasPrefix(got.stdout, "erased — Supprimé\n") {
		t.Errorf("it ends with %d and says %q", got.status, got.stdout)
	}
	var report struct{ Verdict credential.Verdict }
	got := runs(t, "", "verify", "--json", address)
	if err := json.Unmarshal([]byte(got.stdout), &report); err != nil || report.Verdict != credential.Erased || got.status != failed {
		t.Errorf("it ends with %d, %v, and says %q", got.status, err, got.stdout)
	}
}

// Several reports in JSON: the worst verdict, and each with the name of what it is of.
func TestSeveralReports(t *testing.T) {
	t.Parallel()
	const samples = "../../internal/verifier/testdata/samples/"
	valid, err := os.ReadFile(samples + "json/eddsa-rdfc-2022.json")
	if err != nil {
		t.Fatal(err)
	}
	got := runs(t, string(valid), "verify", "--json", "-", samples+"json/expired.json", samples+"baked/png-nothing.png")
	var all struct {
		Verdict credential.Verdict
		Items   []struct {
			Input, Carrier string
			Verdict        credential.Verdict
			Checks         []credential.Check
			Problem        *struct{ Code, Detail string }
		}
	}
	if err := json.Unmarshal([]byte(got.stdout), &all); err != nil || len(all.Items) != 3 {
		t.Fatalf("%v: %s", err, got.stdout)
	}
	if all.Verdict != credential.Expired || got.status != failed {
		t.Errorf("the worst verdict is %s, the status %d", all.Verdict, got.status)
	}
	for i, want := range []string{"-", "expired.json", "png-nothing.png"} {
		if one := all.Items[i]; one.Input != want || len(one.Checks) < len(credential.Order()) || (one.Problem != nil) != (i == 2) {
			t.Errorf("report %d is of %q: %+v", i, one.Input, one)
		}
	}
}

// An id that begins with a hyphen is no flag; flags are still flags.
func TestShield(t *testing.T) {
	t.Parallel()
	const id = "-Up9V_EjKKbHPHkxhNx7TA"
	for _, c := range []struct{ given, want string }{
		{"log proof " + id, "log proof -- " + id},
		{"log proof " + id + " --data-dir x", "log proof --data-dir x -- " + id},
		{"log proof -- " + id, "log proof -- " + id},
		{"token revoke --Up9V_EjKKbHPHkxhNx7Q", "token revoke -- --Up9V_EjKKbHPHkxhNx7Q"},
		{"token revoke --Up9V_EjKKbHPHkxhNx7TQ", "token revoke --Up9V_EjKKbHPHkxhNx7TQ"}, // one too long: no id
		{"serve --accept-new-base-url", "serve --accept-new-base-url"},
		{"verify --json -", "verify --json -"},
	} {
		if got := strings.Join(shield(strings.Fields(c.given)), " "); got != c.want {
			t.Errorf("%s becomes %s, want %s", c.given, got, c.want)
		}
	}
}

// A file whose name begins with a hyphen is found, so that its owner can be told how
// to write it.
func TestHyphenFile(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := hyphenFile([]string{"verify", name, "-nowhere.json", "-"}); got != "" {
		t.Errorf("%q was taken for a file whose name begins with a hyphen", got)
	}
}

// A verification that its reader gave up ends.
func TestVerifyEndsWithItsReader(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out bytes.Buffer
	s := &session{Context: ctx, stdin: strings.NewReader(""), stdout: &out, stderr: &out, env: app.Env{Now: time.Now, Log: slog.New(slog.DiscardHandler)}}
	if status := run(s, []string{"verify", "http://127.0.0.1:1/badge.json"}); status != unverifiable {
		t.Errorf("it ends with %d: %s", status, &out)
	}
}
