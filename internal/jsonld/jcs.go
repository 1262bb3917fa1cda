package jsonld

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"
)

// JCS writes a decoded value in the JSON Canonicalization Scheme (RFC 8785): no
// spaces, members sorted by UTF-16 code units, shortest escapes, numbers as
// ECMAScript writes them. The value is made of map[string]any, []any, string,
// json.Number, bool and nil.
//
// It takes all of JSON, control characters and numbers that Decode refuses
// included, within the same limits of size, depth and nodes. A number is that of
// the nearest float64, as the scheme wants: two spellings of many digits may come
// out as one, so what strangers send goes through Decode first. Errors are ErrJSON
// (kind, utf8, number) and ErrLimit.
func JCS(value any) ([]byte, error) {
	c := checker{wide: true}
	if err := c.value(value, 0); err != nil {
		return nil, err
	}
	return appendJCS(make([]byte, 0, c.bytes+4*c.nodes), value), nil
}

// appendJCS writes a value that was checked.
func appendJCS(to []byte, value any) []byte {
	switch v := value.(type) {
	case map[string]any:
		to = append(to, '{')
		for i, name := range slices.SortedFunc(maps.Keys(v), compareUTF16) {
			if i > 0 {
				to = append(to, ',')
			}
			to = append(appendJCSText(to, name), ':')
			to = appendJCS(to, v[name])
		}
		return append(to, '}')
	case []any:
		to = append(to, '[')
		for i, item := range v {
			if i > 0 {
				to = append(to, ',')
			}
			to = appendJCS(to, item)
		}
		return append(to, ']')
	case string:
		return appendJCSText(to, v)
	case json.Number:
		f, _ := v.Float64() // a number, by the check
		return appendES6(to, f)
	case bool:
		return strconv.AppendBool(to, v)
	}
	return append(to, "null"...)
}

// appendJCSText writes a string between quotes (RFC 8785 §3.2.2.2).
func appendJCSText(to []byte, text string) []byte {
	to = append(to, '"')
	from := 0
	for i := range len(text) {
		c := text[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		to = append(to, text[from:i]...)
		from = i + 1
		if short := shortEscape(c); short != 0 {
			to = append(to, '\\', short)
		} else {
			to = append(to, '\\', 'u', '0', '0', lowerHex[c>>4], lowerHex[c&0xF])
		}
	}
	return append(append(to, text[from:]...), '"')
}

const lowerHex = "0123456789abcdef"

// shortEscape gives the letter of a two-character escape, or 0. JSON and
// N-Quads share them.
func shortEscape(c byte) byte {
	switch c {
	case '\b':
		return 'b'
	case '\t':
		return 't'
	case '\n':
		return 'n'
	case '\f':
		return 'f'
	case '\r':
		return 'r'
	case '"', '\\':
		return c
	}
	return 0
}

// compareUTF16 compares texts by their UTF-16 code units. That is the order of
// their code points, but for those beyond U+FFFF: their surrogates sort before
// U+E000.
func compareUTF16(a, b string) int {
	for i := 0; i < len(a) && i < len(b); i++ {
		if a[i] == b[i] {
			continue
		}
		if a[i] < utf8.RuneSelf || b[i] < utf8.RuneSelf {
			return int(a[i]) - int(b[i])
		}
		return firstUnit(a, i) - firstUnit(b, i)
	}
	return len(a) - len(b)
}

// firstUnit gives a number that sorts like the UTF-16 code units of the character
// that byte i of a text belongs to.
func firstUnit(text string, i int) int {
	for !utf8.RuneStart(text[i]) {
		i--
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	const surrogates, after = 0xD800, 0xE000
	switch {
	case r > 0xFFFF:
		return surrogates + int(r)
	case r >= after:
		return utf8.MaxRune + surrogates + int(r)
	}
	return int(r)
}
