package outbound

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"ramure/internal/problem"
)

// MaxBody is the most that is read of an answer, in bytes.
const MaxBody = 1 << 20

const (
	defaultTimeout = 5 * time.Second
	defaultPerHost = 2
	maxRedirects   = 3
	userAgent      = "ramure"
)

// Options of a Client. The zero value is the strictest.
type Options struct {
	// AllowOrigins are origins (scheme://host[:port]) for which the guard is open:
	// the deployment's own base URL, and addresses of this machine that the user
	// of a command typed.
	AllowOrigins []string
	// Disabled refuses everything, own origins too.
	Disabled bool
	// Redirects is how many are followed, at most 3.
	Redirects int
	// PerHost is how many requests one host gets at once; 0 means 2.
	PerHost int
	// Timeout is for the whole of one Get, redirects included; 0 means 5 s.
	Timeout time.Duration
	// Resolver finds addresses; nil means the system's.
	Resolver Resolver
}

// Client fetches public documents. It is safe for concurrent use.
type Client struct {
	disabled  bool
	redirects int
	timeout   time.Duration
	own       map[string]bool
	hosts     *hosts

	guard   *guard
	guarded *http.Transport // for the world
	direct  *http.Transport // for own origins
}

// Response is what a host answered.
type Response struct {
	Body        []byte
	ContentType string // the media type in lower case, without parameters; "" if unreadable
	FinalURL    string // after redirects
}

// New makes a client. The error names an origin that is none.
func New(o Options) (*Client, error) {
	guard := newGuard(o.Resolver)
	if o.Resolver == nil {
		guard.resolver = net.DefaultResolver
	}
	client := &Client{
		disabled: o.Disabled, redirects: min(max(o.Redirects, 0), maxRedirects),
		timeout: o.Timeout, own: map[string]bool{},
		hosts: &hosts{most: o.PerHost, doors: map[string]*door{}},
		guard: guard, guarded: transport(guard.dial),
		direct: transport((&net.Dialer{Timeout: dialTimeout}).DialContext),
	}
	if client.timeout <= 0 {
		client.timeout = defaultTimeout
	}
	if client.hosts.most <= 0 {
		client.hosts.most = defaultPerHost
	}
	return client, client.allow(o.AllowOrigins)
}

func (c *Client) allow(origins []string) error {
	for _, text := range origins {
		u, err := parseURL(text)
		if err != nil || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Hostname() == "" {
			return fmt.Errorf("outbound: %q is no origin", text)
		}
		c.own[origin(u)] = true
	}
	return nil
}

// Get is Ask for a document that may be redirected.
func (c *Client) Get(ctx context.Context, address, accept string) (Response, error) {
	return c.Ask(ctx, Request{Address: address, Accept: accept})
}

// Ask fetches a document with GET. Errors are problems: Invalid when the guard
// refuses the address or a redirect, TooLarge over MaxBody, NotFound and Gone when
// the host says so (404, 410), Unavailable when it does not answer, or neither with
// the document nor with these: then its argument "status" is what the host answered.
// With Gone comes the body of that answer, which may say what became of the document.
func (c *Client) Ask(ctx context.Context, r Request) (Response, error) {
	if c.disabled {
		return Response{}, problem.New(problem.Unavailable, "error.outbound.disabled")
	}
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	to, err := c.parse(r.Address)
	var got answer
	for hop := 0; err == nil; hop++ {
		if got, err = c.ask(ctx, to, r.Accept); err != nil {
			break
		}
		if !got.moved {
			return Response{Body: got.body, ContentType: got.contentType, FinalURL: to.url.String()}, nil
		}
		if hop == c.redirects {
			err = refused("a redirect too many")
			break
		}
		to, err = r.Redirects.follow(to, got.location)
	}
	return Response{Body: got.body}, failure(err)
}

// ask sends one request, by the transport itself: it knows no redirects, cookies or
// credentials.
func (c *Client) ask(ctx context.Context, to target, accept string) (answer, error) {
	leave, err := c.hosts.enter(ctx, origin(to.url))
	if err != nil {
		return answer{}, err
	}
	defer leave()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, to.url.String(), nil)
	if err != nil {
		return answer{}, refused("no address")
	}
	request.Header.Set("Accept", accept)
	request.Header.Set("User-Agent", userAgent)
	way := c.guarded
	if to.own {
		way = c.direct
	}
	response, err := way.RoundTrip(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	return read(response)
}
