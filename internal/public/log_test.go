package public_test

import (
	"net/http"
	"testing"
	"time"

	"ramure/internal/award"
	"ramure/internal/did"
	"ramure/internal/problem"
	"ramure/internal/translog"
)

// listLife is longer than the signature of a status list is good for.
const listLife = 25 * time.Hour

// What is served is enough to check a badge's place without this service.
func TestLogIsCheckedFromWhatIsServed(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := s.issue(s.define(definition()), nil)
	policy, err := translog.ParsePolicy(s.get("/log/policy", "").is(http.StatusOK, "text/plain; charset=utf-8").Body.Bytes())
	s.must(err)
	text := s.get("/v/"+string(id)+"/proof", "").is(http.StatusOK, "text/plain; charset=utf-8").says("Access-Control-Allow-Origin", "*").Body.Bytes()
	proof, err := translog.ParseProof(text)
	s.must(err)
	stored, err := s.store.PublicAward(t.Context(), award.ID(id))
	s.must(err)
	found, err := translog.VerifyInclusion(policy, proof, stored.DocHash, did.Web(base, slug))
	s.must(err)
	if stored.LeafIndex == nil || found.Index != *stored.LeafIndex {
		t.Errorf("leaf %d, stored %v", found.Index, stored.LeafIndex)
	}
	checkpoint := s.get("/log/checkpoint", "").is(http.StatusOK, "text/plain; charset=utf-8").says("Cache-Control", "no-cache")
	if _, err := policy.Verify(checkpoint.Body.Bytes()); err != nil {
		t.Error(err)
	}
	s.get("/v/"+string(id)+"/proof.txt", "").is(http.StatusNotFound, "")
	s.get("/v/"+string(id)+".json/proof", "").is(http.StatusNotFound, "")
}

// What can't be read now is not said to be missing.
func TestFailureIsNotAnAbsence(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := string(s.issue(s.define(definition()), nil))
	s.store.read = func(*award.Stored) error { return problem.New(problem.Unavailable, "error.clock") }
	for _, path := range []string{"/v/" + id, "/v/" + id + ".json", "/credentials/" + id, "/qr/" + id + ".svg", "/v/" + id + "/proof"} {
		s.get(path, "").is(http.StatusServiceUnavailable, "")
	}
}
