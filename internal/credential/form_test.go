package credential_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ramure/internal/credential"
	"ramure/internal/did"
	"ramure/internal/openbadges"
)

// Contexts that are wrong are refused. Those that nobody here knows, or that contradict
// each other by themselves, prove nothing against the badge, and leave it unverifiable.
func TestContextsThatNobodyKnows(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	good := decode(t, i.sign(t, i.badge()).Document)
	const vc2, ob3, ob = openbadges.ContextVC2, openbadges.ContextOB3, "https://purl.imsglobal.org/spec/ob/v3p0/context"
	for name, c := range map[string]struct {
		contexts any
		text     string
	}{
		"null":                          {nil, "failed null"},
		"a text":                        {vc2, "failed type"},
		"none":                          {[]any{}, "failed emptyArray"},
		"a number":                      {[]any{vc2, json.Number("7")}, "failed type"},
		"a relative one":                {[]any{vc2, ob3, "context.json"}, "failed iri"},
		"an empty one":                  {[]any{vc2, ob3, ""}, "failed empty"},
		"the first only":                {[]any{vc2}, "failed context"},
		"in another order":              {[]any{ob3, vc2}, "failed context"},
		"one between":                   {[]any{vc2, ob + "/../extensions.json", ob3}, "failed context"},
		"one twice":                     {[]any{vc2, ob3, ob3}, "failed context"},
		"of the examples":               {[]any{vc2, "https://www.w3.org/ns/credentials/examples/v2"}, "failed context"},
		"one inline":                    {[]any{vc2, ob3, map[string]any{"@vocab": "urn:x:"}}, "failed inline"},
		"of a version to come":          {[]any{vc2, ob + "-3.0.9.json"}, "unknown unknownContext"},
		"one more":                      {[]any{vc2, ob3, "https://evil.example/c.json"}, "unknown unknownContext"},
		"3.0 after that of 2.0":         {[]any{vc2, ob + ".json"}, "unknown redefinition"},
		"3.0.1 after that of 2.0":       {[]any{vc2, ob + "-3.0.1.json"}, "unknown redefinition"},
		"two versions":                  {[]any{vc2, ob3, ob + "-3.0.2.json"}, "unknown redefinition"},
		"that of 1.1 after that of 2.0": {[]any{vc2, ob3, openbadges.ContextVC1}, "unknown redefinition"},
	} {
		spoilt := decode(t, encoded(t, good))
		spoilt["@context"] = c.contexts
		r := i.verify(t, encoded(t, spoilt))
		complete(t, r)
		verdict, proof := credential.Invalid, "unknown notReached"
		if strings.HasPrefix(c.text, "unknown") {
			verdict, proof = credential.Unverifiable, "unknown vocabulary"
		}
		expect(t, name, r, verdict, credential.CheckContexts, c.text)
		expect(t, name, r, verdict, credential.CheckProof, proof)
	}
	delete(good, "@context")
	expect(t, "no contexts", i.verify(t, encoded(t, good)), credential.Invalid, credential.CheckContexts, "failed required")
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
