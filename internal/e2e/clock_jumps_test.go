package e2e

import (
	"fmt"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ramure/internal/auth"
	"ramure/internal/config"
	"ramure/internal/store"
	"ramure/internal/store/pgtest"
)

const year = 365 * 24 * time.Hour

// The machine's clock is set to another time while clients issue, and set right
// again. Nothing is signed with a time that the database's clock, or the log,
// contradicts; the log's times never go back; a token that has ended stays ended;
// no status list is served past its end.
func TestClockJumps(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name           string
		by             time.Duration
		engine         string
		refused, after bool // nothing is signed: after the jump, and once the clock is right again
	}{
		{"an hour back", -time.Hour, "sqlite", true, false},
		{"an hour back", -time.Hour, "postgres", true, false},
		{"a year back", -year, "sqlite", true, false},
		{"a year back", -year, "postgres", true, false},
		// Without a server nobody knows that the new time is wrong, and what is
		// signed with it holds the clock that is set right.
		{"a year forth", year, "sqlite", false, true},
		{"a year forth", year, "postgres", true, false},
		{"a leap second", -time.Second, "sqlite", false, false},
		{"a leap second", -time.Second, "postgres", false, false},
	} {
		t.Run(c.name+" "+c.engine, func(t *testing.T) {
			t.Parallel()
			j := newJump(t, c.engine)
			j.set(0, false)
			j.set(c.by, c.refused)
			j.set(0, c.after)
			if c.after {
				j.set(c.by, false) // as long as it takes
			}
			j.settled()
			if refusals := j.refused.Load() > 0; refusals != (c.refused || c.after) {
				t.Errorf("%d were refused", j.refused.Load())
			}
			t.Logf("%d signed, %d refused, 0 out of order", len(j.awards), j.refused.Load())
		})
	}
}

// jump is an installation whose clock is set by hand.
type jump struct {
	*testing.T
	*site
	by, orders, refused atomic.Int64
	elsewhere           *store.Store // the same database, reached by another program
	token, ended        string
	body                map[string]any
	mutex               sync.Mutex
	awards              []string
}

func newJump(t *testing.T, engine string) *jump {
	t.Helper()
	j := &jump{T: t}
	c := config.Config{DataDir: t.TempDir(), AdminListen: "127.0.0.1:0"}
	if engine == "postgres" {
		c.DatabaseURL = pgtest.Database(t)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	j.must(err)
	c.Listen = listener.Addr().String()
	j.site = serveAt(t, c, listener, j.now)
	j.elsewhere, err = store.Open(t.Context(), j.Config.DatabaseURL, store.Options{Now: time.Now})
	j.must(err)
	t.Cleanup(func() { j.must(j.elsewhere.Close()) })
	j.token = j.venue("eric-embrun")
	j.body = order(j.achievement(j.token), nil)
	j.ended = j.named("ended")
	j.end("ended")
	return j
}

func (j *jump) now() time.Time { return time.Now().Add(time.Duration(j.by.Load())) }

func (j *jump) must(err error) {
	j.T.Helper()
	if err != nil {
		j.Fatal(err)
	}
}

// jumpClients are at work when the clock is set, jumpEach is how often each of them
// asks after it.
const jumpClients, jumpEach = 4, 10

// set sets the clock in the midst of the clients' work, so far from the right time.
func (j *jump) set(by time.Duration, refused bool) {
	j.T.Helper()
	var all sync.WaitGroup
	busy, done := make(chan struct{}, jumpClients), make(chan struct{})
	for range jumpClients {
		all.Go(func() {
			for working := true; working; {
				j.ask()
				select {
				case busy <- struct{}{}:
				case <-done:
					working = false
				default:
				}
			}
			for range jumpEach {
				j.askUntil(refused)
			}
		})
	}
	for range jumpClients {
		<-busy
	}
	j.by.Store(int64(by))
	close(done)
	all.Wait()
	j.read()
}

// ask asks for an award, once, and answers whether it was made.
func (j *jump) ask() bool {
	key := fmt.Sprintf("jump-%d", j.orders.Add(1))
	a, err := j.patient(j.token).once(j.Context(), key, j.body)
	switch {
	case err == nil && a.Status == http.StatusCreated:
		j.mutex.Lock()
		defer j.mutex.Unlock()
		j.awards = append(j.awards, a.member(j.T, "id"))
		return true
	case err == nil && a.Status == http.StatusServiceUnavailable:
		mustTellWhen(j.T, a, "error.clock")
		j.refused.Add(1)
	default:
		j.Errorf("%s: %d %s, %v", key, a.Status, a.Body, err)
	}
	return false
}

// askUntil asks once, and must be refused; or until there is an award.
func (j *jump) askUntil(refused bool) {
	if refused {
		if j.ask() {
			j.Errorf("signed while the clock was %s off", time.Duration(j.by.Load()))
		}
		return
	}
	late := time.After(patience)
	for !j.ask() {
		select {
		case <-late:
			j.Error("signing does not go on")
			return
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// read asks for what ends by itself, or by somebody else's word.
func (j *jump) read() {
	j.T.Helper()
	list := j.get("/status/1", "application/vc", http.StatusOK)
	from, to := moment(j.T, list, "validFrom"), moment(j.T, list, "validUntil")
	if now := j.Env.Now(); now.Before(from.Add(-time.Second)) || !now.Before(to) {
		j.Errorf("at %s the status list of %s to %s is served", now, from, to)
	}
	if code := j.reads(j.ended); code != http.StatusUnauthorized {
		j.Errorf("the token that has ended is answered with %d", code)
	}
	name := fmt.Sprint("short ", j.orders.Load())
	short := j.named(name)
	if code := j.reads(short); code != http.StatusOK {
		j.Errorf("a new token is answered with %d", code)
	}
	j.end(name)
	soon(j.T, "the token that was ended elsewhere has ended", func() bool { return j.reads(short) == http.StatusUnauthorized })
}

func moment(t *testing.T, a answer, member string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, a.member(t, member))
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func (j *jump) reads(token string) (status int) {
	return j.call(http.MethodGet, "/api/v1/awards?limit=1", "", "Authorization", "Bearer "+token).Status
}

// named makes a token of that name.
func (j *jump) named(name string) string {
	j.T.Helper()
	token, err := j.Tokens.Create(j.Context(), "eric-embrun", name, []auth.Right{auth.Read})
	j.must(err)
	return token
}

// end ends a token past the service.
func (j *jump) end(name string) {
	j.T.Helper()
	all, err := j.elsewhere.Tokens(j.Context(), "eric-embrun")
	j.must(err)
	for _, token := range all {
		if token.Name == name {
			j.must(j.elsewhere.RevokeToken(j.Context(), token.ID, time.Now()))
		}
	}
}
