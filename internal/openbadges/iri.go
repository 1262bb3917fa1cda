package openbadges

import (
	"net/url"
	"strings"
)

// MaxIRI is the length in bytes that an IRI must stay under, unless it carries
// its content itself (data:). JSON-LD engines disagree about longer ones.
const MaxIRI = 2000

// IsIRI reports whether s is an absolute IRI in the form that every JSON-LD
// engine reads alike: ASCII only, the characters of RFC 3986 §2, whole
// percent-escapes, a scheme, and a host where the scheme has one.
func IsIRI(s string) bool {
	scheme, rest, found := strings.Cut(s, ":")
	if !found || rest == "" || !isScheme(scheme) || !hasIRICharacters(rest) {
		return false
	}
	if strings.EqualFold(scheme, "data") {
		return strings.Contains(rest, ",")
	}
	return len(s) < MaxIRI && hasSchemeForm(strings.ToLower(scheme), s, rest)
}

func isScheme(s string) bool {
	for i, r := range s {
		if isLetter(r) || i > 0 && (isLetterOrDigit(r) || r == '+' || r == '-' || r == '.') {
			continue
		}
		return false
	}
	return s != ""
}

// iriCharacter tells the unreserved and the reserved characters of RFC 3986 §2.
var iriCharacter = func() (allowed [256]bool) {
	for c := range allowed {
		allowed[c] = isLetterOrDigit(rune(c)) || strings.IndexByte(":/?#[]@!$&'()*+,;=-._~", byte(c)) >= 0
	}
	return allowed
}()

// hasIRICharacters allows unreserved and reserved characters, one fragment and
// escapes of two hexadecimal digits.
func hasIRICharacters(s string) bool {
	fragments := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '#':
			fragments++
		case iriCharacter[c]:
		case c != '%' || i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2]):
			return false
		}
	}
	return fragments <= 1
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// hasSchemeForm looks into the schemes that credentials use.
func hasSchemeForm(scheme, s, rest string) bool {
	switch scheme {
	case "http", "https":
		if hasPlainHost(rest) {
			return true
		}
		parsed, err := url.Parse(s)
		return err == nil && parsed.Hostname() != "" && strings.HasPrefix(rest, "//")
	case "did", "urn": // did:method:id, urn:nid:nss
		name, specific, found := strings.Cut(rest, ":")
		return found && name != "" && specific != ""
	}
	return true
}

// hasPlainHost knows the ordinary beginning of a web address, a name of letters,
// digits, dots and hyphens: the parser, which is dear, has nothing to say there.
func hasPlainHost(rest string) bool {
	host, found := strings.CutPrefix(rest, "//")
	if end := strings.IndexAny(host, "/?#"); end >= 0 {
		host = host[:end]
	}
	for i := range len(host) {
		if c := rune(host[i]); !isLetterOrDigit(c) && c != '.' && c != '-' {
			return false
		}
	}
	return found && host != ""
}
