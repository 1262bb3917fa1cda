package did

import (
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

const webMethod = "did:web:"

// Web names the issuer of a slug under the deployment's base URL:
// https://host → did:web:host:issuers:slug; a port is percent-encoded, and a path
// of the base URL comes before "issuers". The base URL and the slug are checked by
// config and network; for an address that no did:web can stand for, Web returns "".
func Web(baseURL, slug string) string {
	network := WebNetwork(baseURL)
	if network == "" || !webSegment(slug) {
		return ""
	}
	return network + ":issuers:" + slug
}

// WebNetwork names the deployment itself: https://host:8080 → did:web:host%3A8080.
func WebNetwork(baseURL string) string {
	base, err := url.Parse(baseURL)
	if err != nil || base.User != nil || base.RawQuery != "" || base.Fragment != "" {
		return ""
	}
	id := webMethod + strings.ReplaceAll(strings.ToLower(base.Host), ":", "%3A")
	if path := strings.Trim(base.EscapedPath(), "/"); path != "" {
		id += ":" + strings.ReplaceAll(path, "/", ":")
	}
	if _, err := parseWeb(id); err != nil {
		return ""
	}
	return id
}

// WebURL is the https address of the document of a did:web: /.well-known/did.json
// of the host, or <path>/did.json.
func WebURL(id string) (string, error) {
	address, err := parseWeb(id)
	if err != nil {
		return "", err
	}
	return address.document("https"), nil
}

// LoopbackURL is WebURL over plain http, for a host that is this very machine
// (localhost, 127.0.0.0/8); for any other host it is an error.
func LoopbackURL(id string) (string, error) {
	address, err := parseWeb(id)
	if err != nil {
		return "", err
	}
	if !address.loopback() {
		return "", fmt.Errorf("%w: plain http is for this machine only", ErrUnsupported)
	}
	return address.document("http"), nil
}

// webAddress is a did:web taken apart; path segments stay percent-encoded.
type webAddress struct {
	host, port string
	path       []string
}

func (a webAddress) document(scheme string) string {
	authority := a.host
	if a.port != "" {
		authority += ":" + a.port
	}
	if len(a.path) == 0 {
		return scheme + "://" + authority + "/.well-known/did.json"
	}
	return scheme + "://" + authority + "/" + strings.Join(a.path, "/") + "/did.json"
}

func (a webAddress) loopback() bool {
	ip, err := netip.ParseAddr(a.host)
	return a.host == "localhost" || (err == nil && ip.IsLoopback())
}

func parseWeb(id string) (webAddress, error) {
	rest, ok := strings.CutPrefix(id, webMethod)
	if !ok || len(id) > maxIdentifier {
		return webAddress{}, fmt.Errorf("%w: not a did:web", ErrSyntax)
	}
	parts := strings.Split(rest, ":")
	host, port, hasPort := strings.Cut(strings.Replace(parts[0], "%3a", "%3A", 1), "%3A")
	address := webAddress{host: host, port: port, path: parts[1:]}
	if !webHost(host) || (hasPort && !webPort(port)) {
		return webAddress{}, fmt.Errorf("%w: host or port of did:web", ErrSyntax)
	}
	for _, segment := range address.path {
		if !webSegment(segment) {
			return webAddress{}, fmt.Errorf("%w: path of did:web", ErrSyntax)
		}
	}
	return address, nil
}

// webHost accepts ASCII names of letters, digits and hyphens (internationalised
// names in their xn-- form), and loopback IPv4 for trials on one machine: did:web
// forbids other addresses.
func webHost(host string) bool {
	if len(host) > 253 {
		return false
	}
	for label := range strings.SplitSeq(host, ".") {
		if !webLabel(label) {
			return false
		}
	}
	last := host[strings.LastIndexByte(host, '.')+1:]
	if strings.Trim(last, "0123456789") != "" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

func webLabel(label string) bool {
	if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
		return false
	}
	for _, c := range []byte(label) {
		if !letterOrDigit(c) && c != '-' {
			return false
		}
	}
	return true
}

func webPort(port string) bool {
	number, err := strconv.ParseUint(port, 10, 16)
	return err == nil && number > 0 && strconv.FormatUint(number, 10) == port
}

// webSegment accepts the characters of a DID (DID Core §3.1), and percent-encoded
// octets unless they would change the address: dots, slashes, percents, controls.
func webSegment(segment string) bool {
	for i := 0; i < len(segment); i++ {
		c := segment[i]
		if c == '%' {
			if !harmlessEscape(segment[i:]) {
				return false
			}
			i += 2
		} else if !letterOrDigit(c) && !strings.ContainsRune(".-_", rune(c)) {
			return false
		}
	}
	return segment != "" && strings.Trim(segment, ".") != ""
}

func harmlessEscape(text string) bool {
	if len(text) < 3 {
		return false
	}
	octet, err := strconv.ParseUint(text[1:3], 16, 8)
	return err == nil && octet >= 0x20 && octet != 0x7f && !strings.ContainsRune(`./\%:?#`, rune(octet))
}

func letterOrDigit(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
