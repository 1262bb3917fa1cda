package e2e

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"ramure/internal/config"
	"ramure/internal/credential/statuslist"
	"ramure/internal/store/pgtest"
	"ramure/internal/translog"
)

// Two instances serve one PostgreSQL, under one base URL and one master key.
// Clients ask both for the same award at the same moment; for a thousand of them,
// one after the other, in `make check` (RAMURE_TEST_EXHAUSTIVE).
func TestTwoInstancesAreOneService(t *testing.T) {
	t.Parallel()
	a, b := pair(t)
	token := a.venue("eric-embrun")
	achievement := a.achievement(token)
	keys := 200
	if os.Getenv("RAMURE_TEST_EXHAUSTIVE") != "" {
		keys = 1000
	}
	const clients = 8 // of each instance
	awards := map[string]bool{}
	for k := range keys {
		body := order(achievement, map[string]any{"recipient": map[string]string{"givenName": "Lucie", "familyName": "Martin", "ref": "r" + strconv.Itoa(k%10)}})
		awards[askAllAtOnce(t, []patient{a.patient(token), b.patient(token)}, clients, "key-"+strconv.Itoa(k), body)] = true
	}
	if len(awards) != keys {
		t.Errorf("%d keys made %d awards", keys, len(awards))
	}
	listed := b.register(t, token)
	if len(listed) != keys {
		t.Errorf("the register holds %d awards, want %d", len(listed), keys)
	}
	for _, id := range listed {
		if report := b.get("/v/"+id+".json", "", http.StatusOK); report.member(t, "verdict") != "valid" || !awards[id] {
			t.Errorf("%s is not one that was answered, or not valid: %s", id, report.Body)
		}
	}
	if issued := a.soundLog(t)[translog.KindIssue]; issued != keys {
		t.Errorf("the log holds %d awards, want %d", issued, keys)
	}
	b.soundLog(t)
	seeRevocation(t, a, b, token, listed[0])
	t.Logf("%d keys, each from %d clients at once: %d awards", keys, 2*clients, len(listed))
}

// askAllAtOnce has many clients of each instance ask for the same award at once,
// wants one and the same answer for all, and gives its id.
func askAllAtOnce(t *testing.T, instances []patient, clients int, key string, body map[string]any) string {
	t.Helper()
	start, answers := make(chan struct{}), make(chan string, len(instances)*clients)
	var all sync.WaitGroup
	for i := range len(instances) * clients {
		all.Go(func() {
			<-start
			got, err := instances[i%len(instances)].award(t.Context(), key, body)
			if err != nil || got.Status != http.StatusCreated {
				t.Errorf("%s: %d %s, %v", key, got.Status, got.Body, err)
			}
			answers <- string(got.Body)
		})
	}
	close(start)
	all.Wait()
	close(answers)
	first := <-answers
	for other := range answers {
		if other != first {
			t.Errorf("%s: two answers to one key: %s and %s", key, first, other)
		}
	}
	return answer{Body: []byte(first)}.member(t, "id")
}

// seeRevocation takes a badge back on one instance: its next read says so, that
// of the other within a second, and so does the status list that each serves.
func seeRevocation(t *testing.T, a, b *site, token, id string) {
	t.Helper()
	if a.verdictOf(id) != "valid" || b.verdictOf(id) != "valid" || a.isSet(t, id) || b.isSet(t, id) {
		t.Fatal("the badge is not valid, or its bit is set, before the revocation")
	}
	a.post("/api/v1/awards/"+id+"/revocation", token, map[string]string{"reason": "Essai."}, http.StatusCreated)
	if verdict := a.verdictOf(id); verdict != "revoked" || !a.isSet(t, id) {
		t.Errorf("revoked here, the next read here says %s", verdict)
	}
	soon(t, "the other instance says revoked", func() bool { return b.verdictOf(id) == "revoked" })
	soon(t, "the other instance's list says revoked", func() bool { return b.isSet(t, id) })
}

// verdictOf is what this instance's page says of an award.
func (s *site) verdictOf(id string) string {
	s.tb.Helper()
	return s.get("/v/"+id+".json", "application/json", http.StatusOK).member(s.tb, "verdict")
}

// isSet reads an award's bit in the status list that this instance serves.
func (s *site) isSet(t *testing.T, id string) bool {
	t.Helper()
	var badge struct {
		CredentialStatus struct{ StatusListIndex, StatusListCredential string }
	}
	if err := json.Unmarshal(s.get("/credentials/"+id, "application/vc", http.StatusOK).Body, &badge); err != nil {
		t.Fatal(err)
	}
	address := badge.CredentialStatus.StatusListCredential
	list := s.get(address[strings.Index(address, "/status/"):], "application/vc", http.StatusOK)
	bits, err := statuslist.Decode(list.member(t, "credentialSubject.encodedList"))
	if err != nil {
		t.Fatal(err)
	}
	index, err := statuslist.ParseIndex(badge.CredentialStatus.StatusListIndex)
	if err != nil {
		t.Fatal(err)
	}
	return bits.Get(index)
}

// soundLog recomputes the whole log: no fork, no gap, no waiting leaf. It counts
// the leaves of each kind.
func (s *site) soundLog(t *testing.T) map[translog.Kind]int {
	t.Helper()
	if err := s.Log.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	var keys []ed25519.PublicKey
	for _, log := range s.Log.Policy().Logs {
		keys = append(keys, log.Key.Public)
	}
	counts := map[translog.Kind]int{}
	err := s.Store.Archive(t.Context(), func(ctx context.Context, all translog.Archive) error {
		found, err := translog.Fsck(ctx, all, keys...)
		if err == nil && (found.Found > 0 || found.Leaves != found.Head.Size) {
			err = fmt.Errorf("%d differences %v in %d leaves of %d", found.Found, found.Differences, found.Leaves, found.Head.Size)
		}
		if err != nil {
			return err
		}
		rows, err := all.LeafRows(ctx, 0, int(found.Head.Size)+1)
		for _, row := range rows {
			counts[row.Kind]++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return counts
}

// pair starts two instances on one database.
func pair(t *testing.T) (a, b *site) {
	t.Helper()
	c := config.Config{DataDir: t.TempDir(), AdminListen: "127.0.0.1:0", DatabaseURL: pgtest.Database(t)}
	var listeners [2]net.Listener
	for i := range listeners {
		var err error
		if listeners[i], err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			t.Fatal(err)
		}
	}
	c.Listen = listeners[0].Addr().String()
	a = serve(t, c, listeners[0])
	c.BaseURL, c.Listen = a.Base, listeners[1].Addr().String()
	b = serve(t, c, listeners[1])
	b.Base = "http://" + c.Listen // where its stories are told; its documents bear the common base
	return a, b
}
