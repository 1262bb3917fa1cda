package outbound

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"ramure/internal/problem"
)

// canary is a server that must not hear anything. Every connection that a client
// under test makes, wherever it meant to go, ends here and is counted.
type canary struct {
	*httptest.Server
	heard atomic.Int32

	mu   sync.Mutex
	went []string // what the client meant to connect to
}

func newCanary(t testing.TB, handler http.HandlerFunc) *canary {
	c := &canary{Server: httptest.NewUnstartedServer(handler)}
	c.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			c.heard.Add(1)
		}
	}
	c.Config.ErrorLog = log.New(io.Discard, "", 0)
	c.StartTLS()
	t.Cleanup(c.Close)
	return c
}

// client resolves with r, and reaches the canary instead of the world.
func (c *canary) client(t testing.TB, o Options) *Client {
	t.Helper()
	client, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	roots := c.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	for _, side := range []*http.Transport{client.guarded, client.direct} {
		side.TLSClientConfig.RootCAs = roots
	}
	client.guard.connect = func(ctx context.Context, _, address string) (net.Conn, error) {
		c.mu.Lock()
		c.went = append(c.went, address)
		c.mu.Unlock()
		return (&net.Dialer{}).DialContext(ctx, "tcp", c.Listener.Addr().String())
	}
	return client
}

// names is a server of names: what it does not know is one public address.
type names map[string][]string

func (n names) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	texts, known := n[host]
	if !known {
		texts = []string{"93.184.216.34"}
	}
	addresses := make([]netip.Addr, len(texts))
	for i, text := range texts {
		addresses[i] = netip.MustParseAddr(text)
	}
	return addresses, nil
}

func poisonedNames() names {
	n := names{}
	for i, address := range forbidden {
		n[poisoned(i)] = []string{address}
	}
	return n
}

func document(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"id":"x"}`)) }

// The positive control: a good address does reach the canary, by the address that
// was checked, so its silence elsewhere means something.
func TestGoodAddressIsFetched(t *testing.T) {
	t.Parallel()
	c := newCanary(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "Application/DID+JSON; charset=utf-8")
		document(w, r)
	})
	client := c.client(t, Options{Resolver: names{"example.com": {"::ffff:93.184.216.34", "2606:4700::1111"}}})
	for _, address := range []string{"https://example.com/did.json", "https://EXAMPLE.com:443/did.json?x=%C3%A9", "HTTPS://example.com"} {
		got, err := client.Get(t.Context(), address, "application/json")
		if err != nil || string(got.Body) != `{"id":"x"}` || got.ContentType != "application/did+json" {
			t.Errorf("%s: %+v, %v", address, got, err)
		}
	}
	if c.heard.Load() != 3 || c.went[0] != "93.184.216.34:443" {
		t.Errorf("%d connections, to %v", c.heard.Load(), c.went)
	}
}

func TestCorpusMakesNoConnection(t *testing.T) {
	t.Parallel()
	c := newCanary(t, document)
	client := c.client(t, Options{Resolver: poisonedNames(), Redirects: 3})
	cache, err := NewCache(client, CacheOptions{Now: (&clock{}).now})
	if err != nil {
		t.Fatal(err)
	}
	addresses := corpus()
	for _, address := range addresses {
		for _, ask := range []func(context.Context, Request) (Response, error){client.Ask, cache.Ask} {
			for _, policy := range []Redirects{Follow, Stay, Never} {
				if _, err := ask(t.Context(), Request{Address: address, Accept: "*/*", Redirects: policy}); problem.KindOf(err) != problem.Invalid {
					t.Errorf("%.100q: %v", address, err)
				}
			}
		}
	}
	t.Logf("%d addresses, each by client and cache under 3 policies: %d connections", len(addresses), c.heard.Load())
	if c.heard.Load() != 0 || len(c.went) != 0 {
		t.Errorf("%d connections, to %v", c.heard.Load(), c.went)
	}
	if len(addresses) < 300 {
		t.Errorf("only %d addresses", len(addresses))
	}
}

// The same addresses as targets of a redirect: the first host is asked, nothing
// else.
func TestRedirectsToTheCorpusAreRefused(t *testing.T) {
	t.Parallel()
	tried := 0
	var location atomic.Value
	c := newCanary(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/start" {
			return
		}
		w.Header()["Location"] = []string{location.Load().(string)}
		w.WriteHeader(302)
	})
	client := c.client(t, Options{Resolver: poisonedNames(), Redirects: 3})
	for _, address := range corpus() {
		if !strings.Contains(address, "://") || strings.ContainsAny(address, "\r\n\x00\x7f") || strings.TrimSpace(address) != address {
			continue // relative, or a header that the test server would not send
		}
		tried++
		location.Store(address)
		if _, err := client.Get(t.Context(), "https://example.com/start", "*/*"); problem.KindOf(err) != problem.Invalid {
			t.Errorf("to %.100q: %v", address, err)
		}
	}
	t.Logf("%d redirects, %d connections", tried, c.heard.Load())
	if int(c.heard.Load()) != tried || tried < 250 {
		t.Errorf("%d connections for %d redirects", c.heard.Load(), tried)
	}
}

func TestOneBadAddressSpoilsAll(t *testing.T) {
	t.Parallel()
	c := newCanary(t, document)
	client := c.client(t, Options{Resolver: names{
		"first.example.com": {"10.0.0.1", "93.184.216.34"},
		"last.example.com":  {"93.184.216.34", "2606:4700::1111", "::1"},
	}})
	for _, host := range []string{"first.example.com", "last.example.com"} {
		if _, err := client.Get(t.Context(), "https://"+host+"/", "*/*"); problem.KindOf(err) != problem.Invalid {
			t.Errorf("%s: %v", host, err)
		}
	}
	if c.heard.Load() != 0 {
		t.Errorf("%d connections", c.heard.Load())
	}
}

// rebinding answers a public address once, and the loopback ever after.
type rebinding struct{ asked atomic.Int32 }

func (r *rebinding) LookupNetIP(context.Context, string, string) ([]netip.Addr, error) {
	if r.asked.Add(1) == 1 {
		return []netip.Addr{netip.MustParseAddr("93.184.216.34")}, nil
	}
	return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
}

func TestRebindingGainsNothing(t *testing.T) {
	t.Parallel()
	c := newCanary(t, document)
	server := &rebinding{}
	client := c.client(t, Options{Resolver: server})
	if _, err := client.Get(t.Context(), "https://example.com/", "*/*"); err != nil {
		t.Fatal(err)
	}
	if server.asked.Load() != 1 || fmt.Sprint(c.went) != "[93.184.216.34:443]" {
		t.Errorf("asked %d times, connected to %v", server.asked.Load(), c.went)
	}
	if _, err := client.Get(t.Context(), "https://example.com/", "*/*"); problem.KindOf(err) != problem.Invalid {
		t.Errorf("the second time: %v", err)
	}
	if c.heard.Load() != 1 {
		t.Errorf("%d connections", c.heard.Load())
	}
}

// script answers one list of addresses after the other, and the last one ever after.
type script struct {
	asked   atomic.Int32
	answers [][]string
}

func (s *script) LookupNetIP(context.Context, string, string) ([]netip.Addr, error) {
	n := min(int(s.asked.Add(1)), len(s.answers)) - 1
	return names{"": s.answers[n]}.LookupNetIP(context.Background(), "ip", "")
}

// A server of names that changes its answer between two looks, in each way that it
// can: for every forbidden address, 0 connections beyond those to public ones.
func TestRebindingVariants(t *testing.T) {
	t.Parallel()
	const good = "93.184.216.34"
	tried, through := 0, int32(0)
	for _, bad := range forbidden {
		for name, v := range map[string]struct {
			answers [][]string
			allowed []string // what may have been connected to
		}{
			"at once":                    {[][]string{{bad}}, nil},
			"bad beside good":            {[][]string{{good, bad}}, nil},
			"good beside bad":            {[][]string{{bad, good}}, nil},
			"between two hops":           {[][]string{{good}, {bad}}, []string{good}},
			"after two good hops":        {[][]string{{good}, {good}, {bad}}, []string{good, good}},
			"beside good on the new hop": {[][]string{{good}, {good, bad}}, []string{good}},
		} {
			c := newCanary(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Location", r.URL.Path+"x") // without end
				w.WriteHeader(302)
			})
			client := c.client(t, Options{Resolver: &script{answers: v.answers}, Redirects: 3})
			if _, err := client.Get(t.Context(), "https://example.com/", "*/*"); problem.KindOf(err) != problem.Invalid {
				t.Errorf("%s, %s: %v", bad, name, err)
			}
			for i := range v.allowed {
				v.allowed[i] += ":443"
			}
			if fmt.Sprint(c.went) != fmt.Sprint(v.allowed) {
				t.Errorf("%s, %s: connected to %v", bad, name, c.went)
			}
			tried, through = tried+1, through+c.heard.Load()-int32(len(v.allowed))
			c.Close()
		}
	}
	t.Logf("%d changes of mind, %d connections that should not be", tried, through)
	if tried < 300 || through != 0 {
		t.Errorf("%d tried, %d got through", tried, through)
	}
}

// The dialer itself is the last wall: with every check before it out of order, a
// connection to this machine still does not happen.
func TestLastLook(t *testing.T) {
	t.Parallel()
	c := newCanary(t, document)
	local := c.Listener.Addr().String()
	plain, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", local)
	if err != nil {
		t.Fatalf("the canary cannot be reached at all: %v", err)
	}
	_ = plain.Close()
	guard := newGuard(names{})
	for _, address := range []string{local, "127.0.0.1:443", "[::1]:443", "10.0.0.1:443", "93.184.216.34:80", "localhost:443"} {
		if conn, err := guard.connect(t.Context(), "tcp", address); err == nil || !strings.Contains(err.Error(), errRefused.Error()) {
			t.Errorf("%s: %v, %v", address, conn, err)
		}
	}
	for _, network := range []string{"tcp", "udp4", "unix"} {
		if err := lastLook(t.Context(), network, "93.184.216.34:443", nil); err == nil {
			t.Errorf("%s passes", network)
		}
	}
	if err := lastLook(t.Context(), "tcp4", "93.184.216.34:443", nil); err != nil {
		t.Error(err)
	}
}

func TestOwnOrigins(t *testing.T) {
	t.Parallel()
	plain := httptest.NewServer(http.HandlerFunc(document)) // http on the loopback
	t.Cleanup(plain.Close)
	c := newCanary(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", plain.URL+"/secret")
		w.WriteHeader(302)
	})
	client := c.client(t, Options{AllowOrigins: []string{plain.URL + "/", "https://badges.example.fr"}, Redirects: 3, Resolver: names{}})
	if got, err := client.Get(t.Context(), plain.URL+"/issuers/eric/did.json", "*/*"); err != nil || got.FinalURL != plain.URL+"/issuers/eric/did.json" {
		t.Errorf("%+v, %v", got, err)
	}
	for name, address := range map[string]string{
		"https where http is own": strings.Replace(plain.URL, "http:", "https:", 1),
		"another port":            strings.TrimRight(plain.URL, "0123456789") + "1",
		"localhost for 127.0.0.1": strings.Replace(plain.URL, "127.0.0.1", "localhost", 1),
		"with a user":             strings.Replace(plain.URL, "http://", "http://u@", 1),
		"with a fragment":         plain.URL + "/#x",
		"http where https is own": "http://badges.example.fr/",
		"a longer name":           plain.URL + ".example.com/",
		"by way of a redirect":    "https://example.com/",
	} {
		if got, err := client.Get(t.Context(), address, "*/*"); problem.KindOf(err) != problem.Invalid {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func TestNewRefusesOrigins(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "localhost:8080", "ftp://example.com", "https://u@example.com", "https://example.com/path", "https://example.com?q", "https://example.com#f", "https://", "https://a b"} {
		if _, err := New(Options{AllowOrigins: []string{text}}); err == nil {
			t.Errorf("%q is an origin", text)
		}
	}
}

func FuzzTarget(f *testing.F) {
	for _, address := range corpus() {
		f.Add(address)
	}
	f.Add("https://example.com:443/a?b=%20")
	client, err := New(Options{Resolver: names{}})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, address string) {
		to, err := client.parse(address)
		if err != nil {
			return
		}
		host := to.url.Hostname()
		if to.own || to.url.Scheme != "https" || (to.url.Port() != "" && to.url.Port() != "443") || !publicName(host) {
			t.Fatalf("%q leads to %q", address, to.url)
		}
		if _, err := netip.ParseAddr(host); err == nil {
			t.Fatalf("%q leads to the address %s", address, host)
		}
	})
}
