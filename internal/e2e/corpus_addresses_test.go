package e2e

import (
	"bufio"
	"context"
	"fmt"
	"iter"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ramure/internal/outbound"
	"ramure/internal/verifier"
)

// addressAttacks put each address of the corpus of package outbound, and each
// writing of this machine with the port of a canary, wherever a stranger's badge can
// make a verifier ask for something. Not one connection may be made.
func addressAttacks(t *testing.T) corpus {
	c := newCanary(t)
	a := newAttacker(t)
	return corpus{name: "addresses inside our network, in every place that is fetched", least: 300 * (len(lures) - 1), many: true, attacks: func(yield func(attack) bool) {
		for i, address := range c.addresses(t) {
			for name, bait := range lures {
				if name == "a QR code" && i%25 != 0 {
					continue // each takes as long as all the others together
				}
				input := bait(a, address)
				ask := func(ctx context.Context) string { return c.asked(ctx, input) }
				if !yield(attack{fmt.Sprintf("%.100q as %s", address, name), ask}) {
					return
				}
			}
		}
	}}
}

// typedAttacks give the same addresses to the running service, as the address of a
// badge: in an order, as a bare text, and on the page.
func typedAttacks(t *testing.T, d *desk) corpus {
	c := newCanary(t)
	return corpus{name: "the same, typed into the API and the page", least: 900, many: true, attacks: func(yield func(attack) bool) {
		for _, address := range c.addresses(t) {
			if strings.Contains(strings.ToLower(address), "example") {
				continue // may be a good name, for which the service asks the real server of names
			}
			for kind, body := range typed(t, address) {
				ask := func(ctx context.Context) string {
					status := d.send(ctx, door{"POST", "/api/v1/verify", kind, 0}, strings.NewReader(body), len(body))
					if strings.HasPrefix(kind, "multipart/") {
						status = d.send(ctx, door{"POST", "/verifier", kind, 0}, strings.NewReader(body), len(body))
					}
					if n := c.heard.Swap(0); n != 0 {
						return fmt.Sprintf("%d connections", n)
					}
					return wrongStatus(status, false, false)
				}
				if !yield(attack{fmt.Sprintf("%.100q as %s", address, kind), ask}) {
					return
				}
			}
		}
	}}
}

// typed are bodies with an address, by media type.
func typed(t testing.TB, address string) map[string]string {
	return map[string]string{
		"application/json": string(written(t, map[string]any{"url": address})), "text/plain": address,
		"multipart/form-data; boundary=x": "--x\r\nContent-Disposition: form-data; name=\"texte\"\r\n\r\n" + address + "\r\n--x--\r\n",
	}
}

// canary is a server on this machine that must not hear anything.
type canary struct {
	*httptest.Server
	heard atomic.Int32
	verifier.Service
}

func newCanary(t *testing.T) *canary {
	t.Helper()
	c := &canary{}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		c.heard.Add(1)
		_, _ = w.Write([]byte(`{"id":"x"}`))
	}))
	t.Cleanup(c.Close)
	if _, err := c.client(t, c.URL).Get(t.Context(), c.URL+"/x", "*/*"); err != nil || c.heard.Swap(0) != 1 {
		t.Fatalf("the canary cannot be reached at all, so its silence means nothing: %v", err)
	}
	guarded := c.client(t)
	fetch := func(ctx context.Context, address, accept string) ([]byte, error) {
		response, err := guarded.Get(ctx, address, accept)
		return response.Body, err
	}
	c.Service = verifier.Service{Config: verifier.Config{Fetch: fetch, Home: "https://badges.example", Now: time.Now}}
	return c
}

func (c *canary) client(t *testing.T, own ...string) *outbound.Client {
	t.Helper()
	client, err := outbound.New(outbound.Options{AllowOrigins: own, Redirects: 3, Resolver: everyName{}})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// everyName is a server of names that sends everybody to this machine.
type everyName struct{}

func (everyName) LookupNetIP(context.Context, string, string) ([]netip.Addr, error) {
	return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
}

func (c *canary) asked(ctx context.Context, input []byte) string {
	items, err := c.Examine(ctx, []verifier.Input{{Name: "x", Data: input}}, verifier.Options{})
	if n := c.heard.Swap(0); n != 0 {
		return fmt.Sprintf("%d connections", n)
	}
	notOurs(err)
	for _, item := range items {
		notOurs(item.Err)
	}
	return ""
}

// addresses are those of the corpus, and those of the canary itself.
func (c *canary) addresses(t *testing.T) []string {
	t.Helper()
	file, err := os.Open("../outbound/testdata/addresses.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var list []string
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		address, err := strconv.Unquote(lines.Text())
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, address)
	}
	return slices.AppendSeq(list, c.own())
}

// own are writings of the canary's own address.
func (c *canary) own() iter.Seq[string] {
	at, _ := url.Parse(c.URL)
	return func(yield func(string) bool) {
		for _, host := range []string{"127.0.0.1", "localhost", "LOCALHOST", "localhost.", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[0:0:0:0:0:0:0:1]",
			"127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "017700000001", "0177.0.0.1", "0177.0.0.01", "127.000.000.001", "127.0.0.1.", "127.0.0.2", "127.255.255.254", "0.0.0.0", "0",
			"127。0。0。1", "①②⑦.⓪.⓪.①", "127%2e0%2e0%2e1", "user@127.0.0.1", "example.com@127.0.0.1", "127.0.0.1%00", "any.poison.example.org", "localhost.localdomain", "ip6-localhost", "a.localhost"} {
			for _, form := range []string{"http://%s:%s/did.json", "https://%s:%s/did.json", "HTTP://%s:%s/", "https://example.com:443@%s:%s/"} {
				if !yield(fmt.Sprintf(form, host, at.Port())) {
					return
				}
			}
		}
	}
}
