package jsonld

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// ParseNQuads reads RDF 1.1 N-Quads strictly: one statement a line, absolute
// IRIs, well-formed language tags, valid UTF-8, no characters that an IRI may not
// hold even when escaped. Comments and empty lines are passed over. Errors are
// ErrQuad with the line, from 1, as Path.
func ParseNQuads(data []byte) ([]Quad, error) {
	var quads []Quad
	for number := 1; len(data) > 0; number++ {
		line, rest := data, []byte(nil)
		if end := bytes.IndexAny(data, "\r\n"); end >= 0 {
			line, rest = data[:end], data[end+1:]
			if data[end] == '\r' {
				rest = bytes.TrimPrefix(rest, []byte("\n"))
			}
		}
		data = rest
		r := lineReader{line: line}
		quad, some, rule := r.statement()
		if rule != "" {
			return nil, &Error{Err: ErrQuad, Path: "line " + strconv.Itoa(number), Rule: rule}
		}
		if some {
			quads = append(quads, quad)
		}
	}
	return quads, nil
}

// lineReader reads one line of N-Quads from left to right.
type lineReader struct {
	line []byte
	pos  int
}

// statement reads a whole line; some is false where it says nothing.
func (r *lineReader) statement() (quad Quad, some bool, rule string) {
	if !utf8.Valid(r.line) {
		return Quad{}, false, "utf8"
	}
	if r.blank(); r.ended() {
		return Quad{}, false, ""
	}
	parts := [...]struct {
		to       *Term
		accepted string // first characters of the terms that may stand here
	}{{&quad.Subject, "<_"}, {&quad.Predicate, "<"}, {&quad.Object, "<_\""}, {&quad.Graph, "<_."}}
	for _, part := range parts {
		if !strings.ContainsRune(part.accepted, rune(r.peek())) {
			return Quad{}, false, "syntax"
		}
		if r.peek() == '.' {
			break
		}
		if *part.to, rule = r.term(); rule != "" {
			return Quad{}, false, rule
		}
		r.blank()
	}
	if r.peek() != '.' {
		return Quad{}, false, "syntax"
	}
	r.pos++
	if r.blank(); !r.ended() {
		return Quad{}, false, "syntax"
	}
	return quad, true, ""
}

func (r *lineReader) blank() {
	for r.peek() == ' ' || r.peek() == '\t' {
		r.pos++
	}
}

// ended tells the end of the line or the beginning of a comment.
func (r *lineReader) ended() bool { return r.pos == len(r.line) || r.line[r.pos] == '#' }

func (r *lineReader) peek() byte {
	if r.pos < len(r.line) {
		return r.line[r.pos]
	}
	return 0
}
