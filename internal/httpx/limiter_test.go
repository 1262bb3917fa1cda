package httpx

import (
	"errors"
	"fmt"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/problem"
)

// watch is a clock that the test sets.
type watch struct{ at time.Time }

func (w *watch) now() time.Time { return w.at }

func limiter(burst, keys int) (*Limiter, *watch) {
	w := &watch{noon}
	return NewLimiter(LimiterConfig{Burst: burst, Every: 10 * time.Second, Keys: keys, Now: w.now}), w
}

func TestLimiterBucket(t *testing.T) {
	t.Parallel()
	l, w := limiter(3, 10)
	for i := range 3 {
		if err := l.Take("a"); err != nil {
			t.Fatalf("take %d: %v", i, err)
		}
	}
	var refused *problem.Error
	if err := l.Take("a"); !errors.As(err, &refused) || refused.Kind != problem.TooMany || refused.RetryAfter != 10*time.Second {
		t.Fatalf("fourth: %v", err)
	}
	if err := l.Take("b"); err != nil {
		t.Errorf("another key: %v", err)
	}
	w.at = w.at.Add(9 * time.Second)
	if err := l.Take("a"); !errors.As(err, &refused) || refused.RetryAfter != time.Second {
		t.Errorf("after 9 s: %v", err)
	}
	w.at = w.at.Add(time.Second)
	if err := l.Take("a"); err != nil {
		t.Errorf("after 10 s: %v", err)
	}
	if err := l.Take("a"); err == nil {
		t.Error("only one more was due")
	}
	w.at = w.at.Add(time.Hour)
	for i := range 3 {
		if err := l.Take("a"); err != nil {
			t.Errorf("after an hour, take %d: %v", i, err)
		}
	}
	if err := l.Take("a"); err == nil {
		t.Error("an hour gives no more than the burst")
	}
}

// TestLimiterIsBounded floods it with new keys: memory stays, the crowd shares
// one bucket, those remembered keep theirs, and later there is room again.
func TestLimiterIsBounded(t *testing.T) {
	t.Parallel()
	l, w := limiter(2, 100)
	let := 0
	for i := range 10_000 {
		if l.Take(fmt.Sprint("flood", i)) == nil {
			let++
		}
	}
	if len(l.buckets) != 100 || let != 102 {
		t.Errorf("%d keys remembered, %d let through", len(l.buckets), let)
	}
	if err := l.Take("flood0"); err != nil {
		t.Errorf("a remembered key has a bucket of its own: %v", err)
	}
	w.at = w.at.Add(time.Minute)
	if err := l.Take("new"); err != nil || len(l.buckets) != 1 {
		t.Errorf("a minute later: %v, %d keys", err, len(l.buckets))
	}
}

func TestLimiterUnderConcurrency(t *testing.T) {
	t.Parallel()
	l, _ := limiter(50, 10)
	var let atomic.Int64
	var everyone sync.WaitGroup
	for range 8 {
		everyone.Go(func() {
			for range 100 {
				if l.Take("a") == nil {
					let.Add(1)
				}
			}
		})
	}
	everyone.Wait()
	if let.Load() != 50 {
		t.Errorf("%d let through, want 50", let.Load())
	}
}

func TestClientAddress(t *testing.T) {
	t.Parallel()
	tests := []struct {
		remote, forwarded string
		proxies           []string
		want              string
	}{
		{"203.0.113.7:1234", "", nil, "203.0.113.7"},
		{"203.0.113.7:1234", "198.51.100.1", nil, "203.0.113.7"}, // nobody is trusted by default
		{"10.0.0.1:1234", "198.51.100.1", []string{"10.0.0.0/8"}, "198.51.100.1"},
		{"[2001:db8:1:2:3:4:5:6]:1234", "", nil, "2001:db8:1:2::/64"},
		{"[::ffff:203.0.113.7]:1234", "", nil, "203.0.113.7"},
		{"nonsense", "", nil, "unknown"},
	}
	for _, test := range tests {
		got := ""
		h := newHall(t, func(c *Config) { c.TrustedProxies = test.proxies }, page("/who", func(c *gin.Context) { got = ClientAddress(c); OK(c, 1) }))
		handler, err := h.Handler()
		if err != nil {
			t.Fatal(err)
		}
		request := httptest.NewRequest("GET", "/who", nil)
		request.RemoteAddr = test.remote
		request.Header.Set("X-Forwarded-For", test.forwarded)
		handler.ServeHTTP(httptest.NewRecorder(), request)
		if got != test.want {
			t.Errorf("%s for %s: %q, want %q", test.remote, test.forwarded, got, test.want)
		}
	}
}
