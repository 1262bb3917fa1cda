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
		r, err := w.verifier().VerifyAddress(t.Context(), address, verifier.Options{})
		w.must(err)
		w.expect(address, r, credential.Valid, credential.CheckInclusion, "included")
	}
	refused := map[string]struct {
		address string
		options verifier.Options
		kind    problem.Kind
	}{
		"the fragment of another": {w.base + "/v/" + id + "#" + award.Fragment(another.DocHash), verifier.Options{}, problem.Conflict},
		"another fragment":        {w.base + "/v/" + id + "#AAAAAAAAAAAAAAAA", verifier.Options{}, problem.Conflict},
		"half a fragment":         {w.base + "/v/" + id + "#" + fragment[:8], verifier.Options{}, problem.Conflict},
		"a fragment that is given": {w.base + "/v/" + id + "#" + fragment,
			verifier.Options{Fragment: award.Fragment(another.DocHash)}, problem.Conflict},
		"no badge":      {w.base + "/v/ZZZZZZZZZZZZZZZZZZZZZZ", verifier.Options{}, problem.Unavailable},
		"a file":        {"file:///etc/passwd", verifier.Options{}, problem.Malformed},
		"no address":    {"badge", verifier.Options{}, problem.Malformed},
		"no host":       {"https:///v/" + id, verifier.Options{}, problem.Malformed},
		"while offline": {w.base + "/v/" + id, verifier.Options{Offline: true}, problem.Unavailable},
	}
	for name, c := range refused {
		if _, err := w.verifier().VerifyAddress(t.Context(), c.address, c.options); problem.KindOf(err) != c.kind {
			t.Errorf("%s: %v, want %s", name, err, c.kind)
		}
	}
	w.spoil("/credentials/"+id, func([]byte) []byte { return another.Document })
	if _, err := w.verifier().VerifyAddress(t.Context(), w.Addresses.Printed(stored.ID, stored.DocHash), verifier.Options{}); problem.KindOf(err) != problem.Conflict {
		t.Errorf("another badge at a printed address: %v", err)
	}
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
	r, err := service.Verify(t.Context(), stored.Document, verifier.Options{})
	w.must(err)
	for _, id := range []credential.CheckID{credential.CheckProof, credential.CheckIssuer, credential.CheckStatus, credential.CheckInclusion} {
		w.expect("forbidden", r, credential.Unverifiable, id, "offline")
	}
}

// What a verification asks for is what the badge names, and nothing else.
func TestWhatIsAsked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	stored := w.issue(w.venue("atelier"))
	w.questions()
	w.verify(stored.Document, verifier.Options{})
	asked := w.questions()
	slices.Sort(asked)
	want := []string{"/issuers/atelier/did.json", "/issuers/atelier/did.json", "/log/policy", "/status/1", "/v/" + string(stored.ID) + "/proof"}
	if !slices.Equal(asked, want) {
		t.Errorf("asked %v, want %v", asked, want)
	}
}
