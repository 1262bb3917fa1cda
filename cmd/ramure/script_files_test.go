package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"ramure/internal/credential"
)

func keep(ts *testscript.TestScript, name string, data []byte) {
	ts.Check(os.WriteFile(ts.MkAbs(name), data, 0o600))
}

func member(ts *testscript.TestScript, neg bool, args []string) {
	took(ts, neg, args, "NAME FILE PATH")
	var value any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[1])), &value))
	for _, name := range strings.Split(args[2], ".") {
		object, _ := value.(map[string]any)
		value = object[name]
	}
	if value == nil {
		ts.Fatalf("%s has no %s", args[1], args[2])
	}
	ts.Setenv(args[0], fmt.Sprint(value))
}

func capture(ts *testscript.TestScript, neg bool, args []string) {
	took(ts, neg, args, "NAME FILE REGEXP")
	found := regexp.MustCompile("(?m)" + args[2]).FindStringSubmatch(ts.ReadFile(args[1]))
	if found == nil {
		ts.Fatalf("%s has no %s", args[1], args[2])
	}
	ts.Setenv(args[0], found[1])
}

func spoil(ts *testscript.TestScript, neg bool, args []string) {
	took(ts, neg, args, "FILE OLD NEW TO")
	text := ts.ReadFile(args[0])
	if !strings.Contains(text, args[1]) {
		ts.Fatalf("%s is not in %s", args[1], args[0])
	}
	keep(ts, args[3], []byte(strings.ReplaceAll(text, args[1], args[2])))
}

// wire is a report as the contract has it.
type wire struct {
	Verdict string `json:"verdict"`
	Checks  []struct {
		ID, Status, Reason, Detail string
	} `json:"checks"`
	IssuerStanding string `json:"issuerStanding"`
	CheckedAt      string `json:"checkedAt"`
	CredentialID   string `json:"credentialId"`
	IssuerID       string `json:"issuerId"`
	IssuerName     string `json:"issuerName"`
	Achievement    string `json:"achievement"`
	DocHash        string `json:"docHash"`
	Form           string `json:"form"`
	Suite          string `json:"suite"`
	Carrier        string `json:"carrier"`
	Problem        *struct{ Code, Detail string }
}

func report(ts *testscript.TestScript, neg bool, args []string) {
	took(ts, neg, args, "FILE VERDICT")
	var got wire
	decoder := json.NewDecoder(strings.NewReader(ts.ReadFile(args[0])))
	decoder.DisallowUnknownFields()
	ts.Check(decoder.Decode(&got))
	if got.Verdict != args[1] {
		ts.Fatalf("the verdict is %s", got.Verdict)
	}
	if at, err := time.Parse(time.RFC3339, got.CheckedAt); err != nil || at.Nanosecond() != 0 || at.Location() != time.UTC {
		ts.Fatalf("checkedAt is %s", got.CheckedAt)
	}
	if !slices.Contains([]string{"network", "known", "unknown"}, got.IssuerStanding) {
		ts.Fatalf("issuerStanding is %s", got.IssuerStanding)
	}
	checkChecks(ts, got)
}

// checkChecks wants each check, in order, with a status and a sentence.
func checkChecks(ts *testscript.TestScript, got wire) {
	order := credential.Order()
	if len(got.Checks) < len(order) {
		ts.Fatalf("%d checks", len(got.Checks))
	}
	for i, check := range got.Checks {
		if i < len(order) && check.ID != string(order[i]) {
			ts.Fatalf("check %d is %s, want %s", i, check.ID, order[i])
		}
		if !slices.Contains([]string{"ok", "failed", "unknown"}, check.Status) {
			ts.Fatalf("%s is %q", check.ID, check.Status)
		}
		if check.Reason == "" || check.Detail == "" || strings.Contains(check.Detail, "⟦") {
			ts.Fatalf("%s has no sentence: %q", check.ID, check.Detail)
		}
	}
}

// rows verifies the file of each badge that the demonstration printed.
func rows(ts *testscript.TestScript, neg bool, args []string) {
	took(ts, neg, args, "FILE")
	seen := map[string]bool{}
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		fields := strings.Fields(line)
		path, isBadge := "", false
		if len(fields) > 2 {
			path, isBadge = strings.CutPrefix(fields[len(fields)-1], ts.Getenv("BASE")+"/v/")
		}
		if !isBadge {
			continue
		}
		status, body, err := send(context.Background(), http.MethodGet, ts.Getenv("BASE")+"/credentials/"+path, "", "Accept", "application/vc")
		ts.Check(err)
		keep(ts, "row.json", body)
		want := fields[len(fields)-2]
		err = ts.Exec("ramure", "verify", "row.json")
		if valid := want == "valid"; status != http.StatusOK || valid != (err == nil) || !strings.HasPrefix(ts.ReadFile("stdout"), want+" — ") {
			ts.Fatalf("%s: answered %d, the file is %s (%v)", line, status, ts.ReadFile("stdout"), err)
		}
		seen[want] = true
	}
	for _, verdict := range []string{"valid", "expired", "notYetValid", "revoked"} {
		if !seen[verdict] {
			ts.Fatalf("no row is %s", verdict)
		}
	}
}
