package jsonld

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"unicode/utf16"
)

// jsonLiteral places a value that is kept as JSON, whatever it holds.
func (p *placer) jsonLiteral(value any) Term {
	p.placed += leavesOf(value)
	return jsonTerm(value)
}

func jsonTerm(value any) Term {
	return Term{Kind: Literal, Value: string(appendJCS(nil, value)), Datatype: rdfJSON}
}

// leavesOf counts leaves in the way of check.
func leavesOf(value any) int {
	n := 0
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			if name != "@context" {
				n += leavesOf(member)
			}
		}
	case []any:
		for _, item := range v {
			n += leavesOf(item)
		}
	default:
		n = 1
	}
	return n
}

// appendJCS writes a decoded value in the JSON Canonicalization Scheme (RFC
// 8785): no spaces, members sorted by UTF-16 code units, shortest escapes.
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
		return appendJCSNumber(to, v)
	case bool:
		return strconv.AppendBool(to, v)
	}
	return append(to, "null"...)
}

// appendJCSNumber writes a number that keeps the rules of Decode: within them
// the form of ECMAScript never has an exponent.
func appendJCSNumber(to []byte, n json.Number) []byte {
	f, _ := n.Float64() // a number by Decode
	return strconv.AppendFloat(to, f, 'f', -1, 64)
}

func appendJCSText(to []byte, text string) []byte {
	to = append(to, '"')
	for i := range len(text) {
		c := text[i]
		if short := shortEscape(c); short != 0 {
			to = append(to, '\\', short)
		} else if c < ' ' {
			to = append(to, '\\', 'u', '0', '0', lowerHex[c>>4], lowerHex[c&0xF])
		} else {
			to = append(to, c)
		}
	}
	return append(to, '"')
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

func compareUTF16(a, b string) int {
	return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
}
