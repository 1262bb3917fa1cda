package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"ramure/internal/store/pgtest"
)

// kills is how often the program is killed on each database: a few in every
// test run, two hundred in `make check` (RAMURE_KILLS).
func kills(t *testing.T) int {
	t.Helper()
	text := os.Getenv("RAMURE_KILLS")
	if text == "" {
		return 20
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("RAMURE_KILLS is %q, which is no number", text)
	}
	return n
}

// The real program is killed, again and again and without warning, under eight
// clients that keep their idempotency keys: nothing that was answered is lost,
// nothing is there twice, everything is in the log, and the log is one.
func TestKilledProgramLosesNothing(t *testing.T) {
	for _, engine := range engines {
		t.Run(engine, func(t *testing.T) {
			p := build(t)
			if engine == "postgres" {
				p.env = append(p.env, "RAMURE_DATABASE_URL="+pgtest.Database(t))
			}
			p.run("venue", "create", "--slug", "eric-embrun", "--name", "ERIC d’Embrun", "--commune", "05046")
			token := p.run("token", "create", "--venue", "eric-embrun", "--scope", "read,issue,revoke", "--name", "essai")
			s := p.serve()
			world := &site{tb: t, Base: p.base}
			body := order(world.achievement(token), nil)
			acknowledged := issueUnder(t, p, token, body, func(heard func() int) { s = killOften(t, p, s, heard) })
			reckon(t, p, world, token, acknowledged)
			p.stop(s)
			t.Logf("%d kills, %d awards acknowledged: 0 lost, 0 doubled, 0 unlogged", kills(t), len(acknowledged))
		})
	}
}

// killOften kills and restarts the service at random moments: in the midst of its
// start, or after some answers.
func killOften(t *testing.T, p *program, s *service, heard func() int) *service {
	t.Helper()
	for range kills(t) {
		due, late := heard()+rand.IntN(40), time.After(time.Duration(20+rand.IntN(380))*time.Millisecond)
		for waiting := true; waiting && heard() < due; {
			select {
			case <-late:
				waiting = false
			case <-time.After(time.Millisecond):
			}
		}
		if err := s.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		<-s.gone
		s = p.serve()
	}
	return s
}

// issueUnder issues from eight clients for as long as the trouble lasts, and
// answers the id that each key was acknowledged with. The trouble may ask how many
// answers were heard so far.
func issueUnder(t *testing.T, p *program, token string, body map[string]any, trouble func(heard func() int)) map[string]string {
	t.Helper()
	client := patient{base: p.base, token: token, pause: 20 * time.Millisecond}
	acknowledged, mu, over := map[string]string{}, sync.Mutex{}, make(chan struct{})
	var all sync.WaitGroup
	for c := range 8 {
		all.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-over:
					return
				default:
				}
				key := fmt.Sprintf("client-%d-%d", c, n)
				id, err := acknowledgedID(t.Context(), client, key, body)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				acknowledged[key] = id
				mu.Unlock()
			}
		})
	}
	trouble(func() int {
		mu.Lock()
		defer mu.Unlock()
		return len(acknowledged)
	})
	close(over)
	all.Wait()
	return acknowledged
}

func acknowledgedID(ctx context.Context, client patient, key string, body map[string]any) (string, error) {
	got, err := client.award(ctx, key, body)
	if err != nil {
		return "", err
	}
	var receipt struct{ ID string }
	if err := json.Unmarshal(got.Body, &receipt); err != nil || got.Status != http.StatusCreated || receipt.ID == "" {
		return "", fmt.Errorf("%s: answered %d %s", key, got.Status, got.Body)
	}
	return receipt.ID, nil
}

// reckon holds what is stored against what was acknowledged: the same ids, each
// once, each with a proof that the program itself finds good; and the log,
// recomputed from what is stored, has neither gap nor fork.
func reckon(t *testing.T, p *program, s *site, token string, acknowledged map[string]string) {
	t.Helper()
	stored := s.register(t, token)
	ids := make([]string, 0, len(acknowledged))
	for _, id := range acknowledged {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	slices.Sort(stored)
	if len(ids) == 0 || !slices.Equal(ids, stored) {
		t.Errorf("%d awards were acknowledged, %d are stored", len(ids), len(stored))
	}
	if n := len(slices.Compact(slices.Clone(ids))); n != len(ids) {
		t.Errorf("%d keys share an award", len(ids)-n)
	}
	for _, id := range []string{ids[0], ids[len(ids)/2], ids[len(ids)-1]} {
		if verdict := s.get("/v/"+id+".json", "", http.StatusOK).member(t, "verdict"); verdict != "valid" {
			t.Errorf("%s is %s", id, verdict)
		}
	}
	if said := p.run("log", "fsck"); !strings.Contains(said, strconv.Itoa(len(ids))) {
		t.Errorf("log fsck counts otherwise than %d awards: %s", len(ids), said)
	}
}

// PostgreSQL itself is killed under the same load: the program needs no
// restart, and nothing is lost.
func TestKilledDatabaseLosesNothing(t *testing.T) {
	server := pgtest.New(t, pgtest.Options{})
	p := build(t)
	p.env = append(p.env, "RAMURE_DATABASE_URL="+server.Database(t))
	p.run("venue", "create", "--slug", "eric-embrun", "--name", "ERIC d’Embrun", "--commune", "05046")
	token := p.run("token", "create", "--venue", "eric-embrun", "--scope", "read,issue,revoke", "--name", "essai")
	s := p.serve()
	world := &site{tb: t, Base: p.base}
	body := order(world.achievement(token), nil)
	crashes := max(3, kills(t)/20)
	acknowledged := issueUnder(t, p, token, body, func(func() int) {
		for range crashes {
			time.Sleep(time.Duration(300+rand.IntN(700)) * time.Millisecond)
			if err := server.Kill(); err != nil {
				t.Fatal(err)
			}
			if err := server.Restart(); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(500 * time.Millisecond)
	})
	reckon(t, p, world, token, acknowledged)
	p.stop(s)
	t.Logf("%d crashes of PostgreSQL, %d awards acknowledged: 0 lost, 0 doubled, 0 unlogged", crashes, len(acknowledged))
}
