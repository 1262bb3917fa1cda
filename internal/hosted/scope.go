package hosted

import (
	"net/url"
	"slices"
	"strings"

	"ramure/internal/openbadges2"
)

// inScope reports whether an issuer says of an address that its assertions stand
// there (Open Badges 2.0, VerificationObject): with one of the beginnings that it
// names, on one of the hosts that it names, or, when it names neither, at the
// origin of its own id, where then the badge class must be too. It may narrow with
// both.
func inScope(assertion, badge string, issuer openbadges2.Profile) bool {
	at, sound := parse(assertion)
	if !sound {
		return false
	}
	starts, hosts := issuer.Verification.StartsWith, issuer.Verification.AllowedOrigins
	if len(starts) == 0 && len(hosts) == 0 {
		return sameOrigin(at, issuer.ID) && (!isAddress(badge) || sameOrigin(at, badge))
	}
	return (len(starts) == 0 || slices.ContainsFunc(starts, func(start string) bool {
		return strings.HasPrefix(assertion, start) && sameOrigin(at, start)
	})) && (len(hosts) == 0 || slices.ContainsFunc(hosts, func(host string) bool { return isHost(at, host) }))
}

// parse reads an address that means the same to every reader: no name and password
// before the host, and no step up in the path, by which a server would leave what
// the address begins with.
func parse(address string) (*url.URL, bool) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User != nil || strings.Contains(u.Path, "\\") {
		return nil, false
	}
	for _, segment := range strings.Split(u.Path, "/") {
		if segment == "." || segment == ".." {
			return nil, false
		}
	}
	return u, true
}

func sameOrigin(at *url.URL, address string) bool {
	other, sound := parse(address)
	return sound && origin(at) == origin(other)
}

// origin is scheme, host and port, the port of the scheme when there is none.
func origin(u *url.URL) string {
	return strings.ToLower(u.Scheme) + "://" + strings.ToLower(u.Hostname()) + ":" + port(u)
}

func port(u *url.URL) string {
	if u.Port() != "" {
		return u.Port()
	}
	return map[string]string{"http": "80", "https": "443"}[strings.ToLower(u.Scheme)]
}

// isHost compares with the name of a host, with or without its port, or with an
// origin. Another port is another service: a name alone stands for the usual one.
func isHost(at *url.URL, allowed string) bool {
	switch {
	case strings.Contains(allowed, "://"):
		return sameOrigin(at, allowed)
	case strings.Contains(allowed, ":"):
		return strings.EqualFold(at.Hostname()+":"+port(at), allowed)
	}
	return strings.EqualFold(at.Hostname(), allowed) && port(at) == port(&url.URL{Scheme: at.Scheme})
}

func isSecure(address string) bool { return strings.HasPrefix(strings.ToLower(address), "https://") }
