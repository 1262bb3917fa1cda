package did_test

import (
	"strings"
	"testing"

	"ramure/internal/did"
)

func TestWeb(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ base, network, issuer, document string }{
		{"https://badges.example.fr", "did:web:badges.example.fr", "did:web:badges.example.fr:issuers:eric", "https://badges.example.fr/issuers/eric/did.json"},
		{"https://Badges.Example.fr/", "did:web:badges.example.fr", "did:web:badges.example.fr:issuers:eric", "https://badges.example.fr/issuers/eric/did.json"},
		{"http://localhost:8080", "did:web:localhost%3A8080", "did:web:localhost%3A8080:issuers:eric", "https://localhost:8080/issuers/eric/did.json"},
		{"http://127.0.0.1:8080", "did:web:127.0.0.1%3A8080", "did:web:127.0.0.1%3A8080:issuers:eric", "https://127.0.0.1:8080/issuers/eric/did.json"},
		{"https://example.org/a/b", "did:web:example.org:a:b", "did:web:example.org:a:b:issuers:eric", "https://example.org/a/b/issuers/eric/did.json"},
		{"https://xn--mdiation-c1a.example", "did:web:xn--mdiation-c1a.example", "did:web:xn--mdiation-c1a.example:issuers:eric", "https://xn--mdiation-c1a.example/issuers/eric/did.json"},
	} {
		if got := did.WebNetwork(c.base); got != c.network {
			t.Errorf("%s: network %s", c.base, got)
		}
		if got := did.Web(c.base, "eric"); got != c.issuer {
			t.Errorf("%s: issuer %s", c.base, got)
		}
		if got, err := did.WebURL(c.issuer); err != nil || got != c.document {
			t.Errorf("%s: document %s, %v", c.issuer, got, err)
		}
	}
}

func TestWebOfNoUsableBase(t *testing.T) {
	t.Parallel()
	for _, base := range []string{
		"", "https://", "https://médiation.example", "https://u:p@example.org", "https://example.org?q",
		"https://example.org#f", "http://[::1]:8080", "https://192.0.2.1", "https://exa_mple.org", "://",
		"https://example.org/a//b", "https://example.org/..", "https://example.org:0", "https://example.org:99999",
	} {
		if got := did.Web(base, "eric"); got != "" {
			t.Errorf("%q: %s", base, got)
		}
	}
	for _, slug := range []string{"", "a b", "a/b", "é", "a:b", "..", "a#b", "a%2fb"} {
		if got := did.Web("https://example.org", slug); got != "" {
			t.Errorf("slug %q: %s", slug, got)
		}
	}
}

// The examples of the did:web method text, and a path whose escapes stay.
func TestWebURLKnownAnswers(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{
		"did:web:w3c-ccg.github.io":                   "https://w3c-ccg.github.io/.well-known/did.json",
		"did:web:w3c-ccg.github.io:user:alice":        "https://w3c-ccg.github.io/user/alice/did.json",
		"did:web:example.com%3A3000:user:alice":       "https://example.com:3000/user/alice/did.json",
		"did:web:example.com%3a3000":                  "https://example.com:3000/.well-known/did.json",
		"did:web:example.com:%7Ealice":                "https://example.com/%7Ealice/did.json",
		"did:web:example.com:m%C3%A9diation:a_b-c.d~": "",
	} {
		got, err := did.WebURL(id)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, %v", id, got, err)
		}
	}
}

func TestWebURLRefuses(t *testing.T) {
	t.Parallel()
	for name, id := range map[string]string{
		"other method":      "did:webs:example.org",
		"upper-case method": "did:WEB:example.org",
		"nothing":           "did:web:",
		"empty host":        "did:web::a",
		"empty segment":     "did:web:example.org::a",
		"last empty":        "did:web:example.org:",
		"dot segment":       "did:web:example.org:..:a",
		"hidden dots":       "did:web:example.org:%2e%2e",
		"hidden slash":      "did:web:example.org:a%2Fb",
		"hidden backslash":  "did:web:example.org:a%5Cb",
		"hidden percent":    "did:web:example.org:a%252Fb",
		"hidden break":      "did:web:example.org:a%0d%0aHost",
		"broken escape":     "did:web:example.org:a%2",
		"slash":             "did:web:example.org/a",
		"query":             "did:web:example.org?a",
		"fragment":          "did:web:example.org#a",
		"user":              "did:web:user@example.org",
		"hidden user":       "did:web:user%40example.org",
		"blank":             "did:web:example.org:a b",
		"accent":            "did:web:médiation.example",
		"port 0":            "did:web:example.org%3A0",
		"port 65536":        "did:web:example.org%3A65536",
		"port 080":          "did:web:example.org%3A080",
		"port signed":       "did:web:example.org%3A+80",
		"no port":           "did:web:example.org%3A",
		"two ports":         "did:web:example.org%3A80%3A81",
		"IPv4":              "did:web:192.0.2.1",
		"IPv4 private":      "did:web:10.0.0.1%3A443",
		"IPv4 short":        "did:web:127.1",
		"IPv4 as a number":  "did:web:2130706433",
		"IPv6":              "did:web:%5B%3A%3A1%5D",
		"label too long":    "did:web:" + strings.Repeat("a", 64) + ".example",
		"host too long":     "did:web:" + strings.Repeat("a.", 130) + "example",
		"id too long":       "did:web:example.org:" + strings.Repeat("a", 2000),
		"hyphen first":      "did:web:-a.example",
		"hyphen last":       "did:web:a-.example",
		"trailing dot":      "did:web:example.org.",
	} {
		if got, err := did.WebURL(id); err == nil {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestLoopbackURL(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{
		"did:web:localhost%3A8080:issuers:eric": "http://localhost:8080/issuers/eric/did.json",
		"did:web:127.0.0.1%3A8080":              "http://127.0.0.1:8080/.well-known/did.json",
		"did:web:127.8.9.1":                     "http://127.8.9.1/.well-known/did.json",
		"did:web:example.org":                   "",
		"did:web:localhost.example.org":         "",
		"did:web:10.0.0.1":                      "",
	} {
		if got, err := did.LoopbackURL(id); got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, %v", id, got, err)
		}
	}
}

func FuzzWebURL(f *testing.F) {
	for _, seed := range []string{"did:web:example.org", "did:web:localhost%3A8080:issuers:eric", "did:web:a:%7Eb", "did:web:a%3A1:..", "did:web:127.0.0.1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, id string) {
		address, err := did.WebURL(id)
		if err != nil {
			return
		}
		rest := strings.TrimPrefix(address, "https://")
		if rest == address || !strings.HasSuffix(address, "/did.json") || strings.ContainsAny(rest, "@\\?# \r\n") || strings.Contains(rest, "//") || strings.Contains(rest, "/../") {
			t.Fatalf("%q leads to %q", id, address)
		}
	})
}
