package verifier

import (
	"errors"
	"net/url"
	"regexp"
	"strings"

	"ramure/internal/credential"
	"ramure/internal/problem"
)

// What is accepted at the address of a badge: our own first form, then every other.
const credentialTypes = "application/vc, application/vc+ld+json, application/ld+json, application/json, application/vc+jwt;q=0.8, text/plain;q=0.7, image/png;q=0.6, image/svg+xml;q=0.6, */*;q=0.1"

// ownPage is the path of a page about a badge, here and at every other deployment
// of this product.
var ownPage = regexp.MustCompile(`^/v/([A-Za-z0-9_-]{22})(?:/|\.json)?$`)

// locate turns the address of a QR or of a page into that of the credential. What
// follows # is the fragment of our own printed addresses, and of no other.
func locate(text string) (where, fragment string, err error) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Host == "" || (!strings.EqualFold(u.Scheme, "https") && !strings.EqualFold(u.Scheme, "http")) {
		return "", "", problem.New(problem.Malformed, "error.verify.address")
	}
	printed := u.Fragment
	u.Fragment, u.RawFragment = "", ""
	if page := ownPage.FindStringSubmatch(u.Path); page != nil {
		u.Path, u.RawPath, u.RawQuery = "/credentials/"+page[1], "", ""
		fragment = printed
	}
	return u.String(), fragment, nil
}

// unanswered says in words why an address gave no badge.
func unanswered(err error) error {
	switch {
	case errors.Is(err, credential.ErrOffline):
		return problem.Wrap(problem.Unavailable, "error.verify.offline", err)
	case problem.Is(err, problem.NotFound):
		return problem.Wrap(problem.NotFound, "error.verify.nothing", err)
	case problem.Is(err, problem.Invalid), problem.Is(err, problem.TooLarge):
		return err // the guard's own words
	}
	return problem.Wrap(problem.Unavailable, "error.verify.unreachable", err)
}
