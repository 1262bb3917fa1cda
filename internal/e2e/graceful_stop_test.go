package e2e

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"
)

// An operator stops the service while venues issue: what was begun is finished
// and answered, and after the next start each key has its one award.
func TestOperatorStopsTheService(t *testing.T) {
	t.Parallel()
	p := build(t)
	first := p.serve()
	p.run("venue", "create", "--slug", "eric-embrun", "--name", "ERIC d’Embrun", "--commune", "05046")
	token := p.run("token", "create", "--venue", "eric-embrun", "--scope", "issue,revoke,read", "--name", "essai")
	s := &site{tb: t, Base: p.base}
	body := order(s.achievement(token), nil)

	const clients, before = 6, 30
	busy, known := make(chan struct{}, most), outcomes{}
	var all sync.WaitGroup
	for client := range clients {
		all.Go(func() { s.issueUntilGone(t, fmt.Sprintf("stop-%d", client), token, body, &known, busy) })
	}
	for range before {
		<-busy
	}
	p.stop(first)
	all.Wait()

	p.serve()
	answered, made := 0, len(s.register(t, token))
	for key, id := range known.of {
		again, err := s.patient(token).award(t.Context(), key, body)
		if err != nil || again.Status != http.StatusCreated {
			t.Fatalf("%s: %d %s, %v", key, again.Status, again.Body, err)
		}
		if now := again.member(t, "id"); id != "" && id != now {
			t.Errorf("%s was answered with %s, and is now %s", key, id, now)
		}
		if id != "" {
			answered++
		}
	}
	t.Logf("%d keys, %d answered before the end", len(known.of), answered)
	if made != answered || answered < before {
		t.Errorf("%d awards were made before the end, %d were answered", made, answered)
	}
	if listed := s.register(t, token); len(listed) != len(known.of) {
		t.Errorf("%d keys, %d awards", len(known.of), len(listed))
	}
	s.allValid(t, token)
}

// issueUntilGone issues one award after the other until nobody answers. Only
// the last one may be without an answer.
func (s *site) issueUntilGone(t *testing.T, name, token string, body map[string]any, known *outcomes, busy chan<- struct{}) {
	for n := range most {
		key := fmt.Sprintf("%s-%d", name, n)
		got, err := s.patient(token).once(t.Context(), key, body)
		if err != nil {
			known.set(key, "")
			return
		}
		if got.Status != http.StatusCreated {
			t.Errorf("%s: %d %s", key, got.Status, got.Body)
			return
		}
		known.set(key, got.member(t, "id"))
		busy <- struct{}{}
	}
}

// allValid wants every badge of the register to be valid, its place in the log
// included, as soon as the sequencer has come by.
func (s *site) allValid(t *testing.T, token string) {
	t.Helper()
	for _, id := range s.register(t, token) {
		late := time.After(patience)
		for verdict := ""; verdict != "valid"; {
			verdict = s.get("/v/"+id+".json", "", http.StatusOK).member(t, "verdict")
			select {
			case <-late:
				t.Fatalf("%s is %s", id, verdict)
			default:
			}
		}
	}
}
