package verifier

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"ramure/internal/baking"
)

// kind is what some bytes are, as far as their beginning and their letters tell.
type kind int

const (
	nothing   kind = iota // no bytes, or blanks alone
	picture               // a PNG, a JPEG or an SVG
	webPage               // HTML
	foreign               // a kind of file that never carries a badge here
	address               // one http or https address
	addresses             // several, one on each line
	object                // begins like a JSON object
	array                 // begins like a JSON array
	token                 // three parts in base64url with dots between
	other                 // anything else
)

// sniff says what bytes are. It reads no name and no declared type: whoever sends
// something chooses those.
func sniff(data []byte) kind {
	if jpeg(data) || hasAnyPrefix(data, foreignSignatures) {
		return signed(data)
	}
	text := plain(data)
	switch {
	case len(text) == 0:
		return nothing
	case text[0] == '<':
		return markup(text)
	case baking.Is(data):
		return picture
	case text[0] == '{':
		return object
	case text[0] == '[':
		return array
	case isToken(text):
		return token
	}
	return listed(text)
}

// foreignSignatures open files that people send for a badge, and that carry none:
// PDF, GIF, ZIP, gzip, RIFF (WebP), TIFF, HEIF and the like.
var foreignSignatures = []string{"%PDF-", "GIF8", "PK\x03\x04", "PK\x05\x06", "\x1f\x8b", "RIFF", "II*\x00", "MM\x00*", "\x00\x00\x00\x18ftyp", "\x00\x00\x00\x1cftyp", "\x00\x00\x00 ftyp", "\x7fELF", "MZ"}

func jpeg(data []byte) bool { return bytes.HasPrefix(data, []byte("\xff\xd8\xff")) }

func signed(data []byte) kind {
	if jpeg(data) {
		return picture
	}
	return foreign
}

func hasAnyPrefix(data []byte, prefixes []string) bool {
	for _, prefix := range prefixes {
		if bytes.HasPrefix(data, []byte(prefix)) {
			return true
		}
	}
	return false
}

// byteOrderMark is what some editors put before a text.
const byteOrderMark = "\ufeff"

// plain is a text without what stands around it.
func plain(data []byte) []byte {
	return bytes.TrimSpace(bytes.TrimPrefix(data, []byte(byteOrderMark)))
}

// markup tells a page from a drawing, which baking looks at.
func markup(text []byte) kind {
	start := strings.ToLower(string(text[:min(len(text), 512)]))
	if strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html") {
		return webPage
	}
	return picture
}

// isToken reports the look of a compact JWS. Line ends are none of it.
func isToken(text []byte) bool {
	return bytes.Count(text, []byte{'.'}) == 2 && !bytes.ContainsFunc(text, func(r rune) bool {
		return r != '.' && r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
}

// listed finds addresses: one, or one on each line.
func listed(text []byte) kind {
	if !utf8.Valid(text) {
		return other
	}
	count := 0
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line != "" && !isAddress(line) {
			return other
		}
		if line != "" {
			count++
		}
	}
	if count == 1 {
		return address
	}
	return addresses
}

// isAddress reports a text that can only be meant as one: a scheme of the web and
// no blank. What the address is worth is seen when it is asked.
func isAddress(text string) bool {
	scheme, rest, found := strings.Cut(text, "://")
	web := strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "http")
	return found && web && rest != "" && !strings.ContainsAny(rest, " \t")
}
