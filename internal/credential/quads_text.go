package credential

import (
	"math"
	"strconv"
	"strings"

	"ramure/internal/jsonld"
)

// reader follows the JSON that will be stored, as encoding/json wrote it, while
// the walk goes through the struct.
type reader struct {
	text []byte
	pos  int
}

// takes moves over s, if s is what comes next.
func (r *reader) takes(s string) bool {
	end := r.pos + len(s)
	if end > len(r.text) || string(r.text[r.pos:end]) != s {
		return false
	}
	r.pos = end
	return true
}

// takesText moves over a JSON string, if it is one that every reader reads as s.
// Nearly all are written as they are.
func (r *reader) takesText(s string) bool {
	start, end := r.pos+1, r.pos+1+len(s)
	if end < len(r.text) && r.text[r.pos] == '"' && r.text[end] == '"' && string(r.text[start:end]) == s && isPlain(s) {
		r.pos = end + 1
		return true
	}
	return r.takesEscaped(s)
}

// takesEscaped reads a string with the short escapes of ordinary texts.
// Whatever else there is, such as characters that may be forbidden, it leaves to
// the strict decoder.
func (r *reader) takesEscaped(s string) bool {
	at := r.pos + 1
	for i := range len(s) {
		c, escaped := s[i], shortEscapes[s[i]]
		switch {
		case escaped != 0 && at+1 < len(r.text) && r.text[at] == '\\' && r.text[at+1] == escaped:
			at += 2
		case plainByte[c] && at < len(r.text) && r.text[at] == c:
			at++
		default:
			return r.decodes(s)
		}
	}
	if at >= len(r.text) || r.text[r.pos] != '"' || r.text[at] != '"' {
		return false
	}
	r.pos = at + 1
	return true
}

// decodes asks the strict decoder whether the string that comes next is s.
func (r *reader) decodes(s string) bool {
	end := r.pos + 1
	for end < len(r.text) && r.text[end] != '"' {
		if r.text[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(r.text) {
		return false
	}
	read, err := jsonld.Decode(r.text[r.pos : end+1])
	r.pos = end + 1
	return err == nil && read == any(s)
}

// shortEscapes are the letters that stand, after a backslash, for what lines of
// text hold besides plain characters.
var shortEscapes = [256]byte{'\t': 't', '\n': 'n', '\r': 'r', '"': '"', '\\': '\\'}

// plainByte tells the bytes that stand for themselves in JSON and are allowed in
// a credential. 0xEF begins the two characters that are not, U+FFFE and U+FFFF.
var plainByte = func() (plain [256]bool) {
	for c := range plain {
		plain[c] = c >= ' ' && c != '"' && c != '\\' && c != 0x7F && c != 0xEF
	}
	return plain
}()

func isPlain(s string) bool {
	for i := range len(s) {
		if !plainByte[s[i]] {
			return false
		}
	}
	return true
}

// Bounds inside which every reader of JSON and every JSON-LD processor gives a
// number the same value.
const (
	wholeLimit = 1 << 53 // the first whole number that a double confuses
	mostDigits = 15      // decimal digits that a double always keeps
)

// lexical gives the RDF form of a number that JSON writes as text, and its
// datatype (JSON-LD API §8.2.2); false for numbers on which readers differ.
func lexical(x float64, text string) (form, datatype string, ok bool) {
	if x == math.Trunc(x) {
		return text, nsXSD + "integer", math.Abs(x) < wholeLimit && text != "-0"
	}
	digits := len(strings.TrimLeft(text, "-0."))
	if math.Abs(x) >= 1 {
		digits-- // the point
	}
	return double(x), nsXSD + "double", digits <= mostDigits
}

// double is the canonical form of xsd:double: a mantissa of one digit, a point and
// no more zeros than one, an exponent without sign or zeros.
func double(x float64) string {
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(x, 'E', 15, 64), "E")
	mantissa = strings.TrimRight(mantissa, "0")
	if strings.HasSuffix(mantissa, ".") {
		mantissa += "0"
	}
	n, _ := strconv.Atoi(exponent) // written by FormatFloat
	return mantissa + "E" + strconv.Itoa(n)
}
