package e2e

import (
	"net/http"
	"strconv"
	"sync"
	"testing"
)

// outcomes are what clients know at the end: the award of each key that was
// answered, "" for a key that was refused or that nothing was heard of.
type outcomes struct {
	sync.Mutex
	of map[string]string
}

func (o *outcomes) set(key, id string) {
	o.Lock()
	defer o.Unlock()
	if o.of == nil {
		o.of = map[string]string{}
	}
	o.of[key] = id
}

// settleUp asks again for whatever was not answered, and holds the register
// against the answers: each key has its one award, and nothing else is there.
// want holds the verdicts of awards known from before.
func (s *site) settleUp(t *testing.T, token string, body map[string]any, want map[string]string, known *outcomes) {
	t.Helper()
	heard := 0
	for key, id := range known.of {
		again, err := s.patient(token).award(t.Context(), key, body)
		if err != nil || again.Status != http.StatusCreated {
			t.Fatalf("%s: %d %s, %v", key, again.Status, again.Body, err)
		}
		now := again.member(t, "id")
		if id != "" && now != id {
			t.Errorf("%s was answered with %s, and is now %s", key, id, now)
		}
		if id != "" {
			heard++
		}
		want[now] = "valid"
	}
	t.Logf("%d keys, %d answered before the end", len(known.of), heard)
	s.soundLog(t)
	for _, id := range s.register(t, token) {
		if verdict := s.get("/v/"+id+".json", "", http.StatusOK).member(t, "verdict"); verdict != want[id] {
			t.Errorf("%s is %s, want %q (nothing: it was never answered)", id, verdict, want[id])
		}
		delete(want, id)
	}
	if len(want) > 0 {
		t.Errorf("%d awards were answered and are lost: %v", len(want), want)
	}
}

// mustTellWhen wants a refusal that a program can act upon.
func mustTellWhen(t *testing.T, a answer, code string) {
	t.Helper()
	seconds, err := strconv.Atoi(a.Header.Get("Retry-After"))
	if err != nil || seconds < 1 {
		t.Errorf("Retry-After: %q", a.Header.Get("Retry-After"))
	}
	if kind := a.Header.Get("Content-Type"); kind != "application/problem+json" {
		t.Errorf("answered as %s", kind)
	}
	if got := a.member(t, "code"); got != code {
		t.Errorf("the problem is %s, want %s: %s", got, code, a.Body)
	}
}
