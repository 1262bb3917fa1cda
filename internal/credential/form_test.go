package credential_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ramure/internal/credential"
	"ramure/internal/did"
	"ramure/internal/openbadges"
)

// Contexts that are not embedded, or that contradict each other, are named as
// what they are.
func TestContextsThatNobodyKnows(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	good := decode(t, i.sign(t, i.badge()).Document)
	for name, contexts := range map[string]any{
		"none":                     nil,
		"a text":                   openbadges.ContextVC2,
		"the first only":           []any{openbadges.ContextVC2},
		"in another order":         []any{openbadges.ContextOB3, openbadges.ContextVC2},
		"of a version to come":     []any{openbadges.ContextVC2, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.9.json"},
		"that redefine each other": []any{openbadges.ContextVC2, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"},
		"one more":                 []any{openbadges.ContextVC2, openbadges.ContextOB3, "https://evil.example/c.json"},
		"one inline":               []any{openbadges.ContextVC2, openbadges.ContextOB3, map[string]any{"@vocab": "urn:x:"}},
	} {
		spoilt := decode(t, encoded(t, good))
		spoilt["@context"] = contexts
		r := i.verify(t, encoded(t, spoilt))
		complete(t, r)
		if c := r.Check(credential.CheckContexts); r.Verdict != credential.Invalid || c.Status != credential.Failed {
			t.Errorf("contexts %s: %s, %s %s", name, r.Verdict, c.Status, c.Reason)
		}
	}
}

// Credentials that other people's libraries signed are found right, and nothing
// is asked of them that they never promised: no status, no log of ours.
func TestSamplesOfOthers(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/samples/*")
	if err != nil || len(names) != 5 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		input, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		src := credential.Sources{Keys: did.Chain{did.Self{}}, Log: &facts{logErr: credential.ErrForeign}, Now: noon}
		r := credential.Verify(t.Context(), input, src)
		complete(t, r)
		expect(t, name, r, credential.Valid, credential.CheckStatus, "unknown none")
		src.Now = noon.AddDate(0, -1, 0)
		expect(t, name+" too early", credential.Verify(t.Context(), input, src), credential.NotYetValid, credential.CheckDates, "failed notYet")
		src.Now, src.Log = noon, nil
		expect(t, name+" and the log not asked", credential.Verify(t.Context(), input, src), credential.Unverifiable, credential.CheckInclusion, "unknown offline")
	}
}

// What is no credential at all is said to be none, and gets a whole report.
func TestWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	cases := map[string]struct{ input, text string }{
		"nothing":            {"", "failed unknownForm"},
		"a word":             {"badge", "failed unknownForm"},
		"a list":             {"[]", "failed unknownForm"},
		"a page":             {"<!doctype html>", "failed unknownForm"},
		"two dots":           {"a.b.c", "failed malformedJWT"},
		"half an object":     {`{"id":`, "failed malformedJSON"},
		"two objects":        {`{}{}`, "failed malformedJSON"},
		"a name twice":       {`{"id":"a","id":"b"}`, "failed malformedJSON"},
		"bytes":              {"{\xff\xfe}", "failed malformedJSON"},
		"a control":          {"{\"a\":\"\x01\"}", "failed malformedJSON"},
		"33 levels":          {strings.Repeat(`{"a":`, 33) + "1" + strings.Repeat("}", 33), "failed limits"},
		"2,001 values":       {`{"a":[` + strings.Repeat("1,", 2000) + "1]}", "failed limits"},
		"513 KiB":            {`{"a":"` + strings.Repeat("x", 513<<10) + `"}`, "failed limits"},
		"a token of 513 KiB": {strings.Repeat("x", 513<<10) + ".a.b", "failed limits"},
	}
	for name, c := range cases {
		r := i.verify(t, []byte(c.input))
		complete(t, r)
		expect(t, name, r, credential.Invalid, credential.CheckForm, c.text)
	}
	for name, input := range map[string]string{"an empty object": "{}", "another credential": `{"@context":["` + openbadges.ContextVC2 + `","` + openbadges.ContextOB3 + `"],"type":["VerifiableCredential"]}`} {
		r := i.verify(t, []byte(input))
		complete(t, r)
		if r.Verdict != credential.Invalid || r.Check(credential.CheckProof).Status != credential.Unknown || r.DocHash != "" {
			t.Errorf("%s: %+v", name, r)
		}
	}
}
