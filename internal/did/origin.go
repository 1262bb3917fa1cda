package did

import (
	"net/url"
	"strings"
)

// sameOrigin says whether an https address lies on the origin that an issuer's
// identifier is of: scheme, host and port. It is false for anything in doubt.
func sameOrigin(address, issuer string) bool {
	origin, of := originOf(address), issuer
	if strings.HasPrefix(issuer, webMethod) {
		var err error
		if of, err = WebURL(issuer); err != nil {
			return false
		}
	}
	return origin != "" && origin == originOf(of)
}

// originOf gives https://host:port, "" for whatever is no plain https address.
func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || strings.HasSuffix(u.Host, ":") {
		return ""
	}
	port := u.Port()
	if port == "" {
		port = "443"
	}
	return "https://" + strings.ToLower(u.Hostname()) + ":" + port
}
