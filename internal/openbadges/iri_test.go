package openbadges

import (
	"strings"
	"testing"
)

func TestIsIRI(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"https://usages.example/a?b=c&d=%C3%A9#e", "http://127.0.0.1:8080/v/x", "http://[::1]/x",
		"urn:uuid:0f5c2b1e-0000-4000-8000-000000000001", "did:web:usages.example%3A8080:issuers:maison#key-1",
		"mailto:a@example.com", "tag:example.com,2026:x", "HTTPS://usages.example",
		"data:image/png;base64,iVBORw0KGgo=", "data:," + strings.Repeat("a", 5000),
		"https://e.example/" + strings.Repeat("a", MaxIRI-1-len("https://e.example/")),
	} {
		if !IsIRI(s) {
			t.Errorf("%.60s was refused", s)
		}
	}
	for _, s := range []string{
		"", "x", ":", "a:", "/relative", "//host/x", "#fragment", "credentials/1", "1a:b", "a b:c", "é:x",
		"https://usages.example/é", "https://été.example/", "https://usages.example/a b", "https://usages.example/%G0",
		"https://usages.example/%e", "https://usages.example/<x>", "https://usages.example/{x}", `https://usages.example/"`,
		`https://usages.example\x`, "https://usages.example/^", "https://usages.example/`", "https://usages.example/|",
		"https://usages.example/a#b#c", "https://", "https:///path", "https:usages.example", "https://:443/", "http://[::1",
		"https://usages.example:port/", "did:web", "did:web:", "did::x", "urn:uuid", "data:image/png",
		"https://usages.example/\n", "https://usages.example/\x00", "https://usages.example/\x7f",
		"https://e.example/" + strings.Repeat("a", MaxIRI-len("https://e.example/")),
	} {
		if IsIRI(s) {
			t.Errorf("%.60q was taken", s)
		}
	}
}
