package verifier_test

import (
	"bytes"
	"strings"
	"testing"

	"ramure/internal/auth"
	"ramure/internal/award"
	"ramure/internal/credential"
	"ramure/internal/problem"
	"ramure/internal/scope"
	"ramure/internal/verifier"
)

// venueOnce makes a venue at the first call.
func (w *world) venueOnce(slug string) scope.Scope {
	w.Helper()
	if _, err := w.store.Venue(w.Context(), slug); problem.Is(err, problem.NotFound) {
		return w.venue(slug)
	}
	return auth.Operator(slug)
}

// proofOf is the text of a badge's proof.
func (w *world) proofOf(id award.ID) []byte {
	w.Helper()
	text, err := w.Proof(w.Context(), id)
	w.must(err)
	return text
}

// Offline, a policy and a proof say whether the badge is in the log and by which
// key; the state of the badge stays unknown, so the verdict does too.
func TestOfflineWithPolicyAndProof(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	sc := w.venue("atelier")
	stored, another := w.issue(sc), w.issue(sc)
	options := verifier.Options{Offline: true, Policy: w.policy(), Proof: w.proofOf(stored.ID)}
	w.questions()
	r := w.verify(stored.Document, options)
	for id, want := range map[credential.CheckID]string{credential.CheckProof: "embedded", credential.CheckIssuer: "controls",
		credential.CheckInclusion: "included", credential.CheckStatus: "offline", credential.CheckDates: "noEnd"} {
		w.expect("offline", r, credential.Unverifiable, id, want)
	}
	if r.IssuerStanding != credential.OfNetwork {
		t.Errorf("standing %s", r.IssuerStanding)
	}
	w.expect("a badge of another proof", w.verify(another.Document, options), credential.Invalid, credential.CheckInclusion, "notIncluded")
	spoilt := bytes.Replace(stored.Document, []byte("Trois sources."), []byte("Trios sources."), 1)
	w.expect("a changed badge", w.verify(spoilt, options), credential.Invalid, credential.CheckProof, "altered")
	token, err := w.JWT(t.Context(), stored.ID)
	w.must(err)
	r = w.verify([]byte(token), options)
	w.expect("as a token", r, credential.Unverifiable, credential.CheckProof, "offline")
	w.expect("as a token", r, credential.Unverifiable, credential.CheckInclusion, "included")
	if asked := w.questions(); len(asked) > 0 {
		t.Errorf("offline, and asked %v", asked)
	}
	bare := verifier.Options{Offline: true}
	for _, id := range []credential.CheckID{credential.CheckProof, credential.CheckStatus, credential.CheckInclusion} {
		w.expect("with nothing", w.verify(stored.Document, bare), credential.Unverifiable, id, "offline")
	}
	silent := verifier.Service{Config: verifier.Config{Now: w.now}}
	w.expect("without a way out", one(t, silent, string(stored.Document), verifier.Options{}).Report, credential.Unverifiable, credential.CheckInclusion, "offline")
}

// A policy of another log, and a proof of another log, convince nobody; and an
// issuer whose badge is not in the log is not said to be of the network.
func TestPoliciesAndProofsOfOthers(t *testing.T) {
	t.Parallel()
	w, evil := newWorld(t), newWorld(t)
	stored := w.issue(w.venue("atelier"))
	theirs := evil.issue(evil.venue("atelier"))
	mine := verifier.Options{Offline: true, Policy: w.policy(), Proof: w.proofOf(stored.ID)}
	for name, change := range map[string]func(*verifier.Options){
		"the policy of another log":       func(o *verifier.Options) { o.Policy = evil.policy() },
		"the proof of another log":        func(o *verifier.Options) { o.Proof = evil.proofOf(theirs.ID) },
		"both of another":                 func(o *verifier.Options) { o.Policy, o.Proof = evil.policy(), evil.proofOf(theirs.ID) },
		"another index":                   func(o *verifier.Options) { o.Proof = replaced(o.Proof, "index ", "index 1") },
		"a checkpoint changed":            func(o *verifier.Options) { o.Proof = turnedLine(o.Proof, 4) },
		"the other log's name, our key":   func(o *verifier.Options) { o.Policy = replaced(o.Policy, origin(w.base), origin(evil.base)) },
		"our log's name, the other's key": func(o *verifier.Options) { o.Policy = replaced(evil.policy(), origin(evil.base), origin(w.base)) },
	} {
		options := mine
		change(&options)
		items, err := w.verifier().Examine(t.Context(), []verifier.Input{{Data: stored.Document}}, options)
		if err != nil {
			continue // it can't even be read
		}
		r := items[0].Report
		if r.Verdict != credential.Invalid || r.Check(credential.CheckInclusion).Status == credential.OK || r.IssuerStanding != credential.UnknownStanding {
			t.Errorf("%s: %s, %+v, standing %s", name, r.Verdict, r.Check(credential.CheckInclusion), r.IssuerStanding)
		}
	}
	for name, o := range map[string]verifier.Options{"a policy that is none": {Policy: []byte("x"), Proof: mine.Proof}, "a proof that is none": {Policy: mine.Policy, Proof: []byte("x")}} {
		if _, err := w.verifier().Examine(t.Context(), []verifier.Input{{Data: stored.Document}}, o); problem.KindOf(err) != problem.Malformed {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func origin(base string) string { return strings.TrimPrefix(base, "http://") + "/log" }

func replaced(text []byte, old, new string) []byte {
	return bytes.Replace(text, []byte(old), []byte(new), -1)
}

// turnedLine changes the last character of the nth line from the end.
func turnedLine(text []byte, n int) []byte {
	lines := bytes.Split(bytes.Clone(text), []byte("\n"))
	line := lines[len(lines)-n]
	line[len(line)-1] ^= 1
	return bytes.Join(lines, []byte("\n"))
}

// What the log does not answer is unknown; what it answers wrongly is a failure.
// Another host that says that it has no log never promised anything.
func TestWhatTheLogAnswers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	sc := w.venue("atelier")
	stored, another := w.issue(sc), w.issue(sc)
	proof := "/v/" + string(stored.ID) + "/proof"
	theirs := w.proofOf(another.ID)
	cases := []struct {
		name, path string
		spoil      func([]byte) []byte
		home       string
		verdict    credential.Verdict
		reason     string
	}{
		{"all is well", proof, nil, w.base, credential.Valid, "included"},
		{"no proof", proof, nothing, w.base, credential.Unverifiable, "unreachable"},
		{"the proof of another badge", proof, func([]byte) []byte { return theirs }, w.base, credential.Invalid, "notIncluded"},
		{"a page", proof, func([]byte) []byte { return []byte("<!doctype html>") }, w.base, credential.Invalid, "notIncluded"},
		{"no policy at home", "/log/policy", nothing, w.base, credential.Unverifiable, "unreachable"},
		{"no policy at another's", "/log/policy", nothing, "https://home.example", credential.Valid, "foreign"},
		{"a policy that is none at home", "/log/policy", func([]byte) []byte { return []byte("x") }, w.base, credential.Unverifiable, "unreachable"},
		{"a page at another's", "/log/policy", func([]byte) []byte { return []byte("<!doctype html>") }, "https://home.example", credential.Valid, "foreign"},
		{"another's log", "/log/policy", nil, "https://home.example", credential.Valid, "included"},
		{"another's log without the proof", proof, nothing, "https://home.example", credential.Unverifiable, "unreachable"},
	}
	for _, c := range cases {
		w.spoil("/log/policy", nil)
		w.spoil(proof, nil)
		w.spoil(c.path, c.spoil)
		service := w.verifier()
		service.Home = c.home
		r := one(t, service, string(stored.Document), verifier.Options{}).Report
		w.expect(c.name, r, c.verdict, credential.CheckInclusion, c.reason)
		if (r.IssuerStanding == credential.OfNetwork) != (c.reason == "included" && c.home == w.base) {
			t.Errorf("%s: standing %s", c.name, r.IssuerStanding)
		}
	}
	w.spoil("/log/policy", nil)
	w.cut("/log/policy")
	for name, home := range map[string]string{"home": w.base, "another": "https://home.example"} {
		service := w.verifier()
		service.Home = home
		r := one(t, service, string(stored.Document), verifier.Options{}).Report
		w.expect("a cut connection to "+name, r, credential.Unverifiable, credential.CheckInclusion, "unreachable")
	}
}

func nothing([]byte) []byte { return nil }

// A badge that a thief of the key made is in no log, wherever its id points: it is
// never valid.
func TestStolenKeyCannotEvadeTheLog(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	stored := w.issue(w.venue("atelier"))
	for name, c := range map[string]struct{ id, reason string }{
		"an id of its own":           {w.base + "/credentials/ZZZZZZZZZZZZZZZZZZZZZZ", "unreachable"},
		"the id of a true badge":     {w.base + "/credentials/" + string(stored.ID), "notIncluded"},
		"an id elsewhere":            {"https://evil.example/credentials/ZZZZZZZZZZZZZZZZZZZZZZ", "unreachable"},
		"a true badge's, elsewhere":  {"https://evil.example/credentials/" + string(stored.ID), "notIncluded"},
		"an id of another form":      {w.base + "/badges/1", "notIncluded"},
		"an id below a true one":     {w.base + "/credentials/" + string(stored.ID) + "/2", "notIncluded"},
		"a name that is no address":  {"urn:uuid:7b1d9a60-1111-4222-8333-944445555666", "notIncluded"},
		"an id that climbs":          {w.base + "/credentials/..%2F..%2Flog%2Fpolicy", "notIncluded"},
		"an id with a question mark": {w.base + "/credentials/x%3Fy", "unreachable"},
	} {
		forged := w.forge(func(doc map[string]any) {
			doc["id"] = c.id
			delete(doc, "credentialStatus")
		})
		r := w.verify(forged, verifier.Options{})
		if r.Verdict == credential.Valid || r.Check(credential.CheckProof).Status != credential.OK {
			t.Errorf("%s: %s, proof %+v", name, r.Verdict, r.Check(credential.CheckProof))
		}
		if got := r.Check(credential.CheckInclusion).Reason; got != c.reason {
			t.Errorf("%s: inclusion %s, want %s", name, got, c.reason)
		}
	}
}
