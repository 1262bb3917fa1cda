package verifier_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"ramure/internal/award"
	"ramure/internal/credential"
	"ramure/internal/problem"
	"ramure/internal/verifier"
)

// The address of a QR, of a page and of the credential lead to the same badge,
// and a fragment binds it to what was printed.
func TestAddresses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	sc := w.venue("atelier")
	stored, another := w.issue(sc), w.issue(sc)
	id, fragment := string(stored.ID), award.Fragment(stored.DocHash)
	if verifier.Fragment(w.verify(stored.Document, verifier.Options{}).DocHash) != fragment || len(fragment) != 16 {
		t.Error("verifier and award print other fragments")
	}
	for _, address := range []string{w.Addresses.Printed(stored.ID, stored.DocHash), w.base + "/v/" + id, w.base + "/v/" + id + "/",
		w.base + "/v/" + id + ".json", w.base + "/credentials/" + id, " " + w.base + "/v/" + id + "\n"} {
		w.expect(address, w.examine(address, verifier.Options{}).Report, credential.Valid, credential.CheckInclusion, "included")
	}
	for name, c := range map[string]struct {
		address string
		options verifier.Options
	}{
		"the fragment of another":  {w.base + "/v/" + id + "#" + award.Fragment(another.DocHash), verifier.Options{}},
		"another fragment":         {w.base + "/v/" + id + "#AAAAAAAAAAAAAAAA", verifier.Options{}},
		"half a fragment":          {w.base + "/v/" + id + "#" + fragment[:8], verifier.Options{}},
		"a fragment that is given": {w.base + "/v/" + id + "#" + fragment, verifier.Options{Fragment: award.Fragment(another.DocHash)}},
	} {
		w.expect(name, w.examine(c.address, c.options).Report, credential.Invalid, verifier.CheckFragment, "mismatch")
	}
	refused := map[string]struct {
		address string
		options verifier.Options
		kind    problem.Kind
		key     string
	}{
		"no badge":      {w.base + "/v/ZZZZZZZZZZZZZZZZZZZZZZ", verifier.Options{}, problem.NotFound, "error.verify.nothing"},
		"no host":       {"https:///v/" + id, verifier.Options{}, problem.Malformed, "error.verify.address"},
		"while offline": {w.base + "/v/" + id, verifier.Options{Offline: true}, problem.Unavailable, "error.verify.offline"},
		"not near":      {w.base + "/v/" + id, verifier.Options{NoOutbound: true}, problem.Unavailable, "error.verify.offline"},
	}
	for name, c := range refused {
		item := w.examine(c.address, c.options)
		if problem.KindOf(item.Err) != c.kind || key(item.Err) != c.key || item.Report.Verdict != credential.Unverifiable {
			t.Errorf("%s: %v, %s", name, item.Err, item.Report.Verdict)
		}
	}
	w.spoil("/credentials/"+id, func([]byte) []byte { return another.Document })
	w.expect("another badge at a printed address", w.examine(w.Addresses.Printed(stored.ID, stored.DocHash), verifier.Options{}).Report,
		credential.Invalid, verifier.CheckFragment, "mismatch")
}

// Where no other machine may be asked, what only it knows is unknown, and said to
// be so for that reason.
func TestForbiddenToAsk(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	stored := w.issue(w.venue("atelier"))
	service := w.verifier()
	service.Fetch = func(context.Context, string, string) ([]byte, error) {
		return nil, errors.Join(errors.New("forbidden"), credential.ErrOffline)
	}
	r := one(t, service, string(stored.Document), verifier.Options{}).Report
	for _, id := range []credential.CheckID{credential.CheckProof, credential.CheckIssuer, credential.CheckStatus, credential.CheckInclusion} {
		w.expect("forbidden", r, credential.Unverifiable, id, "offline")
	}
}

// What a verification asks for is what the badge names, each document once, and
// nothing else.
func TestWhatIsAsked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	stored := w.issue(w.venue("atelier"))
	w.questions()
	w.verify(stored.Document, verifier.Options{})
	asked := w.questions()
	slices.Sort(asked)
	want := []string{"/issuers/atelier/did.json", "/log/policy", "/status/1", "/v/" + string(stored.ID) + "/proof"}
	if !slices.Equal(asked, want) {
		t.Errorf("asked %v, want %v", asked, want)
	}
}
