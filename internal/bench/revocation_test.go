package bench

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"testing"
	"time"
)

const (
	revoked = 20
	// visible is how soon another instance shows a revocation (decisions.md,
	// Freshness).
	visible = time.Second
)

// revocations takes hot badges back and reads them again: the same process must
// say so on the next read, and another instance within a second. A badge that
// is still called valid is let through.
func revocations(b *testing.B, i installation) {
	b.Helper()
	token := i.tell(b, "token", "create", "--venue", venueName(0), "--scope", "revoke,read", "--name", "bench")
	here := i.serve(b)
	watched := []*serving{here}
	if i.engine == "postgres" {
		watched = append(watched, i.serve(b))
	}
	var slowest time.Duration
	for _, id := range here.own(b, token) {
		for _, s := range watched {
			s.examine(b, id) // so that it is in every memory
		}
		here.post(b, "/api/v1/awards/"+id+"/revocation", token, []byte(`{"reason":"essai"}`))
		since := time.Now()
		if !here.examine(b, id) {
			b.Errorf("let through: %s is called valid by the process that revoked it", id)
		}
		for _, other := range watched[1:] {
			slowest = max(slowest, other.await(b, id, since))
		}
	}
	if len(watched) > 1 {
		results.add(line{workload: "c revocation on another instance, " + i.engine, goals: []goal{within(visible, slowest)}})
	}
}

// await waits until an instance calls a badge revoked.
func (s *serving) await(b *testing.B, id string, since time.Time) time.Duration {
	b.Helper()
	for !s.examine(b, id) {
		if time.Since(since) > 10*visible {
			b.Fatalf("let through: %s is still called valid by another instance after %s", id, time.Since(since))
		}
	}
	return time.Since(since)
}

// own lists some awards of the token's venue.
func (s *serving) own(b *testing.B, token string) []string {
	b.Helper()
	request, err := http.NewRequestWithContext(b.Context(), http.MethodGet, fmt.Sprintf("http://%s/api/v1/awards?limit=%d", s.address, revoked), nil)
	if err != nil {
		b.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	answer, err := new(http.Client).Do(request) // a long list comes without its length, which wire does not read
	if err != nil {
		b.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		b.Fatalf("the awards to revoke: %d %s, %v", answer.StatusCode, body, err)
	}
	var ids []string
	for _, part := range bytes.Split(body, []byte(`{"id":"`))[1:] {
		id, _, _ := bytes.Cut(part, []byte(`"`))
		ids = append(ids, string(id))
	}
	if len(ids) != revoked {
		b.Fatalf("%d awards to revoke: %s", len(ids), body)
	}
	return ids
}

// examine reports whether the report of a badge says that it was revoked.
func (s *serving) examine(b *testing.B, id string) bool {
	b.Helper()
	return bytes.Contains(s.ask(b, 200, get("/v/"+id+".json", "application/json")).body, []byte(`"verdict":"revoked"`))
}
