package outbound

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ramure/internal/problem"
)

// clock is moved by hand.
type clock struct{ seconds atomic.Int64 }

func (c *clock) now() time.Time { return time.Unix(1_795_341_600+c.seconds.Load(), 0) }

// cached is a cache before a client whose world is the canary.
func (c *canary) cached(t testing.TB, o CacheOptions) *Cache {
	t.Helper()
	cache, err := NewCache(c.client(t, Options{Resolver: names{}, Redirects: 3}), o)
	if err != nil {
		t.Fatal(err)
	}
	return cache
}

func TestCacheGivesAnAnswerAgain(t *testing.T) {
	t.Parallel()
	c, at := newCanary(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.URL.Path, r.Header.Get("Accept")) }), &clock{}
	cache := c.cached(t, CacheOptions{Now: at.now})
	for _, step := range []struct {
		name    string
		passed  int64
		request Request
		heard   int32
	}{
		{"first", 0, Request{Address: "https://example.com/a", Accept: "x/y"}, 1},
		{"again", 59, Request{Address: "https://example.com/a", Accept: "x/y"}, 1},
		{"another header", 59, Request{Address: "https://example.com/a", Accept: "x/z"}, 2},
		{"another address", 59, Request{Address: "https://example.com/b", Accept: "x/y"}, 3},
		{"another policy", 59, Request{Address: "https://example.com/a", Accept: "x/y", Redirects: Never}, 4},
		{"too late", 60, Request{Address: "https://example.com/a", Accept: "x/y"}, 5},
		{"the clock goes back", 30, Request{Address: "https://example.com/a", Accept: "x/y"}, 6},
		{"and is believed", 31, Request{Address: "https://example.com/a", Accept: "x/y"}, 6},
	} {
		at.seconds.Store(step.passed)
		got, err := cache.Ask(t.Context(), step.request)
		want := strings.TrimPrefix(step.request.Address, "https://example.com") + step.request.Accept
		if err != nil || string(got.Body) != want || c.heard.Load() != step.heard {
			t.Errorf("%s: %q after %d, %v", step.name, got.Body, c.heard.Load(), err)
		}
	}
	if cache.order.Len() != len(cache.kept) || len(cache.under) != 0 {
		t.Errorf("%d in order, %d kept, %d under way", cache.order.Len(), len(cache.kept), len(cache.under))
	}
}

// Only documents are kept: neither failures nor what our own instance serves.
func TestCacheKeepsNothingElse(t *testing.T) {
	t.Parallel()
	for _, status := range []int{404, 410, 500, 429} {
		c := newCanary(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
		cache := c.cached(t, CacheOptions{Now: (&clock{}).now})
		for range 3 {
			if _, err := cache.Get(t.Context(), "https://example.com/", "*/*"); err == nil {
				t.Errorf("%d is a document", status)
			}
		}
		if c.heard.Load() != 3 || len(cache.kept) != 0 {
			t.Errorf("%d: asked %d times, %d kept", status, c.heard.Load(), len(cache.kept))
		}
	}
	var asked atomic.Int32
	own := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		document(w, r)
	}))
	t.Cleanup(own.Close)
	client, err := New(Options{AllowOrigins: []string{own.URL}})
	if err != nil {
		t.Fatal(err)
	}
	cache, err := NewCache(client, CacheOptions{Now: (&clock{}).now})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if _, err := cache.Get(t.Context(), own.URL+"/status/1", "*/*"); err != nil {
			t.Error(err)
		}
	}
	if asked.Load() != 3 || len(cache.kept) != 0 {
		t.Errorf("own origin: asked %d times, %d kept", asked.Load(), len(cache.kept))
	}
}

// Whatever is asked for, no more is kept than was agreed.
func TestCacheBounds(t *testing.T) {
	t.Parallel()
	c := newCanary(t, func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write(make([]byte, len(r.URL.Path)*100)) })
	few := c.cached(t, CacheOptions{Now: (&clock{}).now, Entries: 3})
	small := c.cached(t, CacheOptions{Now: (&clock{}).now, Bytes: 20_000})
	for i := range 20 {
		address := "https://example.com/" + strings.Repeat("a", 1+i*3%50)
		for name, cache := range map[string]*Cache{"few": few, "small": small} {
			if _, err := cache.Get(t.Context(), address, fmt.Sprint(i)); err != nil {
				t.Fatal(err)
			}
			weight := 0
			for element := cache.order.Front(); element != nil; element = element.Next() {
				weight += element.Value.(*copyOf).size()
			}
			if weight != cache.bytes || cache.order.Len() != len(cache.kept) {
				t.Fatalf("%s: %d bytes counted, %d there; %d in order, %d kept", name, cache.bytes, weight, cache.order.Len(), len(cache.kept))
			}
		}
		if len(few.kept) > 3 || small.bytes > 20_000 {
			t.Fatalf("%d answers, %d bytes", len(few.kept), small.bytes)
		}
	}
	if len(few.kept) != 3 || len(small.kept) == 0 {
		t.Errorf("%d and %d kept", len(few.kept), len(small.kept))
	}
	tiny := c.cached(t, CacheOptions{Now: (&clock{}).now, Bytes: 100})
	if got, err := tiny.Get(t.Context(), "https://example.com/a", ""); err != nil || len(got.Body) != 200 || len(tiny.kept) != 0 {
		t.Errorf("an answer over all bounds: %d bytes, %d kept, %v", len(got.Body), len(tiny.kept), err)
	}
}

// Twenty who ask the same at once are served by one request.
func TestCacheAsksOnceAtATime(t *testing.T) {
	t.Parallel()
	arrived, leave := make(chan struct{}, 20), make(chan struct{})
	c := newCanary(t, func(w http.ResponseWriter, r *http.Request) {
		arrived <- struct{}{}
		<-leave
		document(w, r)
	})
	cache := c.cached(t, CacheOptions{Now: (&clock{}).now})
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			if got, err := cache.Get(t.Context(), "https://example.com/", "*/*"); err != nil || len(got.Body) == 0 {
				t.Errorf("%q, %v", got.Body, err)
			}
		})
	}
	<-arrived
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := cache.Get(gone, "https://example.com/", "*/*"); problem.KindOf(err) != problem.Unavailable || !errors.Is(err, context.Canceled) {
		t.Errorf("one who does not wait: %v", err)
	}
	close(leave)
	group.Wait()
	if c.heard.Load() != 1 {
		t.Errorf("%d requests", c.heard.Load())
	}
}

// Whoever leaves does not spoil it for those who wait: one of them asks anew.
func TestCacheOutlivesTheFirstToAsk(t *testing.T) {
	t.Parallel()
	arrived := make(chan struct{}, 2)
	var asked atomic.Int32
	c := newCanary(t, func(w http.ResponseWriter, r *http.Request) {
		arrived <- struct{}{}
		if asked.Add(1) == 1 {
			<-r.Context().Done()
			return
		}
		document(w, r)
	})
	cache := c.cached(t, CacheOptions{Now: (&clock{}).now})
	impatient, leave := context.WithCancel(t.Context())
	first := make(chan error, 1)
	go func() {
		_, err := cache.Get(impatient, "https://example.com/", "*/*")
		first <- err
	}()
	<-arrived
	second := make(chan error, 1)
	go func() {
		_, err := cache.Get(t.Context(), "https://example.com/", "*/*")
		second <- err
	}()
	leave()
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("the first: %v", err)
	}
	if err := <-second; err != nil || asked.Load() != 2 {
		t.Errorf("the second: %v after %d", err, asked.Load())
	}
}

func TestNewCacheRefuses(t *testing.T) {
	t.Parallel()
	client, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := NewCache(nil, CacheOptions{Now: (&clock{}).now}); err == nil {
		t.Error("no client")
	}
	if _, err := NewCache(client, CacheOptions{}); err == nil {
		t.Error("no clock")
	}
	cache, err := NewCache(client, CacheOptions{Now: (&clock{}).now, For: time.Hour})
	if err != nil || cache.bounds.For != longestKept {
		t.Errorf("%v, %v", cache.bounds.For, err)
	}
}
