package outbound

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// maxAddress is the longest address that is followed.
const maxAddress = 2000

// errRefused is in the chain of every refusal by the guard itself.
var errRefused = errors.New("outbound: refused")

func refused(why string) error { return fmt.Errorf("%w: %s", errRefused, why) }

// target is an address that may be asked.
type target struct {
	url *url.URL
	own bool // an own origin: the guard on addresses does not apply
}

// parse checks an address that was asked for as such.
func (c *Client) parse(address string) (target, error) {
	u, err := parseURL(address)
	if err != nil {
		return target{}, err
	}
	if c.own[origin(u)] {
		return target{url: u, own: true}, nil
	}
	return target{url: u}, checkPublic(u)
}

// follow checks where a redirect leads.
func (r Redirects) follow(from target, location string) (target, error) {
	if r != Follow && r != Stay {
		return target{}, refused("a redirect where none is followed")
	}
	to, err := follow(from.url, location)
	if err == nil && r == Stay && origin(to.url) != origin(from.url) {
		return target{}, refused("a redirect to another origin")
	}
	return to, err
}

// follow checks an address that a host gave: never an own origin, which is not for
// strangers to point at.
func follow(from *url.URL, location string) (target, error) {
	if location == "" || strings.Contains(location, "#") || strings.ContainsFunc(location, odd) {
		return target{}, refused("a redirect to nowhere or with odd characters")
	}
	to, err := from.Parse(location)
	if err != nil {
		return target{}, refused("a redirect that is no address")
	}
	u, err := parseURL(to.String())
	if err != nil {
		return target{}, err
	}
	return target{url: u}, checkPublic(u)
}

// parseURL accepts absolute http and https addresses without user and fragment, in
// characters that every program reads alike.
func parseURL(address string) (*url.URL, error) {
	if len(address) > maxAddress || strings.ContainsFunc(address, odd) {
		return nil, refused("too long, or with odd characters")
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, refused("no address")
	}
	if (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.User != nil || strings.Contains(address, "#") {
		return nil, refused("not a plain https address")
	}
	return u, nil
}

// odd says of a character that no address has it (RFC 3986 §2), or that browsers
// and libraries disagree on it.
func odd(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune("\"<>\\^`{|}", r) }

// origin is scheme, host and port, with the scheme's own port written out.
func origin(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return u.Scheme + "://" + strings.ToLower(u.Hostname()) + ":" + port
}

func checkPublic(u *url.URL) error {
	name, port := u.Hostname(), u.Port()
	if u.Scheme != "https" || strings.HasSuffix(u.Host, ":") || (port != "" && port != "443") {
		return refused("not https on port 443")
	}
	if !publicName(name) {
		return refused("not the name of a machine on the internet")
	}
	return nil
}

// localNames are last labels that lead to the own network (RFC 6761, RFC 8375, and
// what routers use).
var localNames = []string{
	"arpa", "corp", "home", "internal", "intranet", "invalid", "lan", "local", "localhost", "onion", "private", "test",
}

// publicName accepts ASCII names of two labels or more whose last one is not a
// number in any writing: those are read as IP addresses by many programs.
func publicName(name string) bool {
	labels := strings.Split(strings.ToLower(name), ".")
	last := labels[len(labels)-1]
	if len(name) > 253 || len(labels) < 2 || slices.Contains(localNames, last) {
		return false
	}
	if strings.Trim(last, "0123456789") == "" || strings.HasPrefix(last, "0x") {
		return false
	}
	return !slices.ContainsFunc(labels, notLabel)
}

func notLabel(label string) bool {
	plain := func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' }
	return label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' || strings.ContainsFunc(label, plain)
}
