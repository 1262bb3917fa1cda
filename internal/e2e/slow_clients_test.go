package e2e

import (
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// slowKinds are clients that hold a connection and give next to nothing for it:
// what each sends at once, and then a byte a second of.
var slowKinds = []struct{ name, beginning, more string }{
	{"nothing at all", "", ""},
	{"a header", "GET /v/%id HTTP/1.1\r\nHost: badges.example.org\r\nX-Slow: ", "a"},
	{"a form", "POST /v/%id/personne HTTP/1.1\r\nHost: badges.example.org\r\n" +
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\nfamilyName=", "a"},
	{"half a form", "POST /v/%id/personne HTTP/1.1\r\nHost: badges.example.org\r\n" +
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\nfamilyName=", ""},
}

const (
	slowClients = 2000
	slowPatient = 30 * time.Second // after which a connection counts as one that stays
)

// Two thousand slow clients hold connections to the real program. It is rid of all
// of them by itself, and everybody else is served meanwhile.
func TestSlowClientsKeepNobodyWaiting(t *testing.T) {
	t.Parallel()
	p := build(t)
	p.run("venue", "create", "--slug", "eric-embrun", "--name", "ERIC d’Embrun", "--commune", "05046")
	token := p.run("token", "create", "--venue", "eric-embrun", "--scope", "read,issue,revoke", "--name", "essai")
	p.serve()
	s := &site{tb: t, Base: p.base}
	body := order(s.achievement(token), nil)
	id := s.issue(token, body)
	siege := lay(t, strings.TrimPrefix(p.base, "http://"), id)
	reads, awards := 0, map[string]bool{}
	for over := false; !over; {
		select {
		case <-siege.over:
			over = true // and once more, after it
		case <-time.After(20 * time.Millisecond):
		}
		s.get("/v/"+id, "text/html", http.StatusOK)
		awards[s.issue(token, body)] = true
		reads++
	}
	if closed := int(siege.closed.Load()); closed != slowClients {
		t.Errorf("%d of %d slow connections were closed", closed, slowClients)
	}
	if reads < 10 || len(s.register(t, token)) != len(awards)+1 {
		t.Errorf("%d pages and %d awards meanwhile, %d in the register", reads, len(awards), len(s.register(t, token)))
	}
	t.Logf("%d slow clients, the last closed after %s; %d pages and %d awards meanwhile, 0 refused",
		slowClients, siege.longest().Round(100*time.Millisecond), reads, len(awards))
}

// siege is slow clients at work.
type siege struct {
	closed atomic.Int64
	over   chan struct{}
	mutex  sync.Mutex
	last   time.Duration
}

// lay opens the connections, and has each of them be slow until it is closed.
func lay(t *testing.T, address, id string) *siege {
	t.Helper()
	s := &siege{over: make(chan struct{})}
	var all sync.WaitGroup
	for n := range slowClients {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		kind := slowKinds[n%len(slowKinds)]
		all.Go(func() { s.hold(conn, strings.ReplaceAll(kind.beginning, "%id", id), kind.more) })
	}
	go func() { all.Wait(); close(s.over) }()
	return s
}

// hold holds a connection. An answer is the end of it: whoever refuses has nothing
// more to wait for.
func (s *siege) hold(conn net.Conn, beginning, more string) {
	defer conn.Close()
	began := time.Now()
	_, _ = io.WriteString(conn, beginning) // what fails shows when it is read
	answer := make([]byte, 512)
	for time.Since(began) < slowPatient {
		_ = conn.SetReadDeadline(time.Now().Add(time.Second))
		if _, err := conn.Read(answer); !errors.Is(err, os.ErrDeadlineExceeded) {
			s.count(time.Since(began))
			return
		}
		_, _ = io.WriteString(conn, more)
	}
}

func (s *siege) count(after time.Duration) {
	s.closed.Add(1)
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.last = max(s.last, after)
}

func (s *siege) longest() time.Duration {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.last
}
