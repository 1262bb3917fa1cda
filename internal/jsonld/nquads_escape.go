package jsonld

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// unescape resolves \u and \U everywhere, and the short escapes in literals.
func unescape(text []byte, short bool) (string, bool) {
	if bytes.IndexByte(text, '\\') < 0 {
		return string(text), true
	}
	plain := make([]byte, 0, len(text))
	for len(text) > 0 {
		if text[0] != '\\' {
			plain = append(plain, text[0])
			text = text[1:]
			continue
		}
		r, size := escaped(text[1:], short)
		if size == 0 {
			return "", false
		}
		plain = utf8.AppendRune(plain, r)
		text = text[1+size:]
	}
	return string(plain), true
}

// escaped reads what stands after a backslash and tells how long it is, 0 for
// no escape.
func escaped(text []byte, short bool) (rune, int) {
	if len(text) == 0 {
		return 0, 0
	}
	size := 0
	switch text[0] {
	case 'u':
		size = 1 + 4
	case 'U':
		size = 1 + 8
	default:
		at := strings.IndexByte(`tbnrf"'\`, text[0])
		if !short || at < 0 {
			return 0, 0
		}
		return rune("\t\b\n\r\f\"'\\"[at]), 1
	}
	if len(text) < size {
		return 0, 0
	}
	r, ok := hexRune(text[1:size])
	if !ok || !utf8.ValidRune(r) {
		return 0, 0
	}
	return r, size
}
