package outbound

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ramure/internal/problem"
)

func TestDisabled(t *testing.T) {
	t.Parallel()
	c := newCanary(t, document)
	client := c.client(t, Options{Disabled: true, AllowOrigins: []string{c.URL}, Resolver: names{}})
	for _, address := range []string{"https://example.com/", c.URL} {
		if _, err := client.Get(t.Context(), address, "*/*"); !strings.HasPrefix(fmt.Sprint(err), "error.outbound.disabled") {
			t.Errorf("%s: %v", address, err)
		}
	}
	if c.heard.Load() != 0 {
		t.Errorf("%d connections", c.heard.Load())
	}
}

// A host learns nothing from us but what it is asked for, and is told nothing that
// another host left.
func TestRequestIsBare(t *testing.T) {
	t.Parallel()
	seen := make(chan http.Header, 2)
	c := newCanary(t, func(w http.ResponseWriter, r *http.Request) {
		seen <- r.Header
		http.SetCookie(w, &http.Cookie{Name: "id", Value: "1"})
	})
	client := c.client(t, Options{Resolver: names{}})
	for range 2 {
		if _, err := client.Get(t.Context(), "https://example.com/", "application/did+json"); err != nil {
			t.Fatal(err)
		}
		header := <-seen
		if len(header) != 3 || header.Get("Connection") != "close" || header.Get("Accept") != "application/did+json" || header.Get("User-Agent") != "ramure" {
			t.Errorf("%v", header)
		}
	}
}

// Neither proxies of the environment nor bad Accept headers get in.
func TestEnvironmentIsIgnored(t *testing.T) {
	trap := newCanary(t, document)
	for _, name := range []string{"HTTPS_PROXY", "https_proxy", "ALL_PROXY", "HTTP_PROXY"} {
		t.Setenv(name, "http://"+trap.Listener.Addr().String())
	}
	c := newCanary(t, document)
	client := c.client(t, Options{Resolver: names{}})
	if _, err := client.Get(t.Context(), "https://example.com/", "*/*"); err != nil {
		t.Error(err)
	}
	if _, err := client.Get(t.Context(), "https://example.com/", "a\r\nX: y"); err == nil {
		t.Error("a header of two lines is sent")
	}
	if trap.heard.Load() != 0 || c.heard.Load() != 1 {
		t.Errorf("%d connections to the proxy, %d to the host", trap.heard.Load(), c.heard.Load())
	}
}

func TestBodyLimit(t *testing.T) {
	t.Parallel()
	for size, want := range map[int]problem.Kind{0: "", MaxBody: "", MaxBody + 1: problem.TooLarge, 3 * MaxBody: problem.TooLarge} {
		c := newCanary(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, size)) })
		got, err := c.client(t, Options{Resolver: names{}}).Get(t.Context(), "https://example.com/", "*/*")
		if problem.KindOf(err) != want || (err == nil && len(got.Body) != size) {
			t.Errorf("%d bytes: %d, %v", size, len(got.Body), err)
		}
	}
}

// What is compressed stays compressed: there is no bomb to unpack.
func TestNothingIsDecompressed(t *testing.T) {
	t.Parallel()
	c := newCanary(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write([]byte("\x1f\x8b"))
	})
	got, err := c.client(t, Options{Resolver: names{}}).Get(t.Context(), "https://example.com/", "*/*")
	if err != nil || string(got.Body) != "\x1f\x8b" {
		t.Errorf("%q, %v", got.Body, err)
	}
}

func TestAnswersThatAreNoDocument(t *testing.T) {
	t.Parallel()
	for _, status := range []int{201, 204, 206, 300, 304, 400, 401, 403, 404, 405, 406, 409, 410, 429, 451, 500, 503} {
		c := newCanary(t, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = w.Write([]byte("why")) // some of these have no body
		})
		got, err := c.client(t, Options{Resolver: names{}, Redirects: 3}).Get(t.Context(), "https://example.com/", "*/*")
		kind, cause, said := problem.Unavailable, error(errStatus(status)), ""
		switch status {
		case 404:
			kind, cause = problem.NotFound, errNotFound
		case 410:
			kind, cause, said = problem.Gone, errGone, "why"
		}
		if problem.KindOf(err) != kind || !errors.Is(err, cause) || string(got.Body) != said {
			t.Errorf("%d: %v, %q", status, err, got.Body)
		}
	}
}

// A request may allow fewer redirects than the client does, and none that leaves
// the origin; what is gone behind a redirect is gone.
func TestRedirectsOfARequest(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, location string
		policy         Redirects
		want           problem.Kind
		heard          int32
	}{
		{"followed", "https://www.example.com/end", Follow, "", 2},
		{"on the same origin", "/end", Stay, "", 2},
		{"on the same origin, in full", "https://EXAMPLE.com:443/end", Stay, "", 2},
		{"to another name", "https://www.example.com/end", Stay, problem.Invalid, 1},
		{"to another name without scheme", "//www.example.com/end", Stay, problem.Invalid, 1},
		{"to a longer name", "https://example.com.evil.example/end", Stay, problem.Invalid, 1},
		{"down to http", "http://example.com/end", Stay, problem.Invalid, 1},
		{"away by way of the origin", "/away", Stay, problem.Invalid, 2},
		{"never", "/end", Never, problem.Invalid, 1},
		{"to what is gone", "/gone", Follow, problem.Gone, 2},
		{"a policy that is none", "https://www.example.com/end", Redirects(9), problem.Invalid, 1},
	} {
		server := newCanary(t, func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/start":
				w.Header().Set("Location", c.location)
				w.WriteHeader(302)
			case "/away":
				w.Header().Set("Location", "https://evil.example/end")
				w.WriteHeader(307)
			case "/gone":
				w.WriteHeader(410)
			}
		})
		client := server.client(t, Options{Resolver: names{}, Redirects: 3})
		_, err := client.Ask(t.Context(), Request{Address: "https://example.com/start", Redirects: c.policy})
		if problem.KindOf(err) != c.want || server.heard.Load() != c.heard {
			t.Errorf("%s: %v after %d", c.name, err, server.heard.Load())
		}
	}
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name      string
		allowed   int
		locations []string // what /0, /1, … answer; then the document
		want      problem.Kind
		final     string
	}{
		{"none allowed", 0, []string{"/1"}, problem.Invalid, ""},
		{"one of one", 1, []string{"/1"}, "", "https://example.com/1"},
		{"three of three", 3, []string{"/1", "https://www.example.com/2", "//example.com/3"}, "", "https://example.com/3"},
		{"four of three", 3, []string{"/1", "/2", "/3", "/4"}, problem.Invalid, ""},
		{"never more than three", 100, []string{"/1", "/2", "/3", "/4"}, problem.Invalid, ""},
		{"in a circle", 3, []string{"/0"}, problem.Invalid, ""},
		{"to nowhere", 3, []string{""}, problem.Invalid, ""},
		{"down to http", 3, []string{"http://example.com/1"}, problem.Invalid, ""},
	} {
		server := newCanary(t, func(w http.ResponseWriter, r *http.Request) {
			var step int
			_, _ = fmt.Sscanf(r.URL.Path, "/%d", &step)
			if step < len(c.locations) {
				w.Header().Set("Location", c.locations[step])
				w.WriteHeader(302)
			}
		})
		client := server.client(t, Options{Resolver: names{}, Redirects: c.allowed})
		got, err := client.Get(t.Context(), "https://example.com/0", "*/*")
		if problem.KindOf(err) != c.want || got.FinalURL != c.final {
			t.Errorf("%s: %+v, %v", c.name, got, err)
		}
	}
}

func TestSilentHostIsGivenUp(t *testing.T) {
	t.Parallel()
	c := newCanary(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	client := c.client(t, Options{Resolver: names{}, Timeout: 50 * time.Millisecond})
	if _, err := client.Get(t.Context(), "https://example.com/", "*/*"); problem.KindOf(err) != problem.Unavailable || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

// A host that sends its headers and then drips the body is given up too.
func TestDrippingHostIsGivenUp(t *testing.T) {
	t.Parallel()
	c := newCanary(t, func(w http.ResponseWriter, r *http.Request) {
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	client := c.client(t, Options{Resolver: names{}, Timeout: 100 * time.Millisecond})
	if _, err := client.Get(t.Context(), "https://example.com/", "*/*"); problem.KindOf(err) != problem.Unavailable {
		t.Errorf("%v", err)
	}
}

func TestNamesThatDoNotResolve(t *testing.T) {
	t.Parallel()
	c := newCanary(t, document)
	for name, resolver := range map[string]Resolver{"no answer": names{"example.com": nil}, "an error": away{}} {
		if _, err := c.client(t, Options{Resolver: resolver}).Get(t.Context(), "https://example.com/", "*/*"); problem.KindOf(err) != problem.Unavailable {
			t.Errorf("%s: %v", name, err)
		}
	}
}

type away struct{}

func (away) LookupNetIP(context.Context, string, string) ([]netip.Addr, error) {
	return nil, errors.New("the server of names is away")
}

// The next address is tried when one does not answer, three at most.
func TestNextAddress(t *testing.T) {
	t.Parallel()
	c := newCanary(t, document)
	client := c.client(t, Options{Resolver: names{"example.com": {"1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4"}}})
	connect, refuse := client.guard.connect, atomic.Int32{}
	client.guard.connect = func(ctx context.Context, network, address string) (net.Conn, error) {
		if address < "1.1.1."+fmt.Sprint(refuse.Load()) {
			return nil, errors.New("nobody there")
		}
		return connect(ctx, network, address)
	}
	for last, want := range map[int32]problem.Kind{3: "", 4: problem.Unavailable} {
		refuse.Store(last)
		if _, err := client.Get(t.Context(), "https://example.com/", "*/*"); problem.KindOf(err) != want {
			t.Errorf("up to %d: %v", last, err)
		}
	}
}

// Five requests, two places: no more than two are inside at a time, and all get in.
func TestPlacesPerHost(t *testing.T) {
	t.Parallel()
	var inside, most atomic.Int32
	entered, leave := make(chan struct{}, 5), make(chan struct{})
	c := newCanary(t, func(http.ResponseWriter, *http.Request) {
		now := inside.Add(1)
		for old := most.Load(); now > old && !most.CompareAndSwap(old, now); old = most.Load() {
		}
		entered <- struct{}{}
		<-leave
		inside.Add(-1)
	})
	client := c.client(t, Options{Resolver: names{}})
	done := make(chan error, 5)
	for range 5 {
		go func() {
			_, err := client.Get(t.Context(), "https://example.com/", "*/*")
			done <- err
		}()
	}
	<-entered
	<-entered
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := client.Get(gone, "https://EXAMPLE.com:443/", "*/*"); !errors.Is(err, context.Canceled) {
		t.Errorf("a third one that does not wait: %v", err)
	}
	close(leave)
	for range 5 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if most.Load() != 2 || len(client.hosts.doors) != 0 {
		t.Errorf("%d at a time, %d doors left open", most.Load(), len(client.hosts.doors))
	}
}
