package jsonld

import (
	"bytes"
	"unicode/utf8"
)

func (r *lineReader) term() (Term, string) {
	switch r.peek() {
	case '<':
		iri, rule := r.iri()
		return iriTerm(iri), rule
	case '_':
		return r.label()
	}
	return r.literal()
}

// iri reads an IRI between angle brackets.
func (r *lineReader) iri() (string, string) {
	r.pos++
	end := bytes.IndexByte(r.line[r.pos:], '>')
	if end < 0 {
		return "", "syntax"
	}
	iri, ok := unescape(r.line[r.pos:r.pos+end], false)
	if !ok {
		return "", "escape"
	}
	r.pos += end + 1
	for i := range len(iri) {
		if c := iri[i]; c < 0x80 && !iriByte[c] {
			return "", "iriCharacter"
		}
	}
	if schemeEnd(iri) < 0 {
		return "", "relativeIRI"
	}
	return iri, ""
}

// label reads a blank node: _: and letters, digits and marks, as in the grammar
// of N-Quads; a dot may not end it.
func (r *lineReader) label() (Term, string) {
	if !bytes.HasPrefix(r.line[r.pos:], []byte("_:")) {
		return Term{}, "syntax"
	}
	r.pos += len("_:")
	start := r.pos
	for r.pos < len(r.line) {
		c, size := utf8.DecodeRune(r.line[r.pos:])
		if !inLabel(c, r.pos > start) {
			break
		}
		r.pos += size
	}
	for r.pos > start && r.line[r.pos-1] == '.' {
		r.pos--
	}
	if r.pos == start {
		return Term{}, "label"
	}
	return blankTerm(string(r.line[start:r.pos])), ""
}

// nameStart holds the ranges of PN_CHARS_BASE beyond ASCII.
var nameStart = [...][2]rune{
	{0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x2FF}, {0x370, 0x37D}, {0x37F, 0x1FFF}, {0x200C, 0x200D},
	{0x2070, 0x218F}, {0x2C00, 0x2FEF}, {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF},
}

func inLabel(c rune, inside bool) bool {
	if c < 0x80 {
		b := byte(c)
		return isAlpha(b) || isDigit(b) || b == '_' || b == ':' || inside && (b == '-' || b == '.')
	}
	if inside && (c == 0xB7 || 0x300 <= c && c <= 0x36F || 0x203F <= c && c <= 0x2040) {
		return true
	}
	for _, span := range nameStart {
		if span[0] <= c && c <= span[1] {
			return true
		}
	}
	return false
}

// literal reads a text between quotes and its language or datatype.
func (r *lineReader) literal() (Term, string) {
	r.pos++
	start := r.pos
	for r.pos < len(r.line) && r.line[r.pos] != '"' {
		if r.line[r.pos] == '\\' {
			r.pos++
		}
		r.pos++
	}
	if r.pos >= len(r.line) {
		return Term{}, "syntax"
	}
	text, ok := unescape(r.line[start:r.pos], true)
	if !ok {
		return Term{}, "escape"
	}
	r.pos++
	t := Term{Kind: Literal, Value: text}
	var rule string
	switch {
	case r.peek() == '@':
		t.Language, rule = r.language()
	case bytes.HasPrefix(r.line[r.pos:], []byte("^^<")):
		r.pos += len("^^")
		t.Datatype, rule = r.iri()
	case r.peek() == '^':
		rule = "syntax"
	}
	if rule == "" && t.Datatype == rdfLang {
		rule = "datatype"
	}
	if t.Datatype == xsdString {
		t.Datatype = ""
	}
	return t, rule
}

func (r *lineReader) language() (string, string) {
	r.pos++
	start := r.pos
	for isAlpha(r.peek()) || isDigit(r.peek()) || r.peek() == '-' {
		r.pos++
	}
	tag := string(r.line[start:r.pos])
	if !wellFormedLanguage(tag) {
		return "", "language"
	}
	return tag, ""
}
