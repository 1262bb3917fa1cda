package jsonld

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// The limits of a document, the same for all that is read from strangers
// (design rule: work is bounded before anything is understood).
const (
	MaxBytes      = 512 << 10 // size of the JSON text
	MaxDepth      = 32        // objects and arrays inside one another
	MaxNodes      = 2_000     // values of any kind
	MaxIRI        = 2_000     // characters of an IRI, data: excepted; must be fewer
	MaxBlankNodes = 64        // blank nodes of a foreign document
)

// Decode reads exactly one JSON value (RFC 8259), strictly: what two readers
// could understand in two ways is refused.
//
// Objects become map[string]any, arrays []any, numbers json.Number in their
// own digits, strings string, literals bool and nil. Refused with ErrJSON are
// invalid UTF-8, a name used twice in one object (after unescaping), control
// characters other than tab, line feed and carriage return, U+FFFE and U+FFFF,
// surrogates without their other half, numbers that plainNumber refuses, and anything after the value;
// with ErrLimit, what is over MaxBytes, MaxDepth or MaxNodes.
func Decode(data []byte) (any, error) {
	s := scanner{data: data}
	if len(data) > MaxBytes {
		return nil, s.refuse(ErrLimit, "size")
	}
	if !utf8.Valid(data) {
		return nil, s.refuse(ErrJSON, "utf8")
	}
	if bytes.Contains(data, []byte("\uFFFE")) || bytes.Contains(data, []byte("\uFFFF")) {
		return nil, s.refuse(ErrJSON, "control")
	}
	value, err := s.value(0)
	if err != nil {
		return nil, err
	}
	if s.space(); s.pos < len(data) {
		return nil, s.refuse(ErrJSON, "trailing")
	}
	return value, nil
}

// DecodeObject is Decode for a text whose value must be an object.
func DecodeObject(data []byte) (map[string]any, error) {
	value, err := Decode(data)
	if err != nil {
		return nil, err
	}
	object, ok := value.(map[string]any)
	if !ok {
		return nil, trail{}.refuse(ErrJSON, "object")
	}
	return object, nil
}

// scanner reads JSON text from left to right. Its trail says where it stands.
type scanner struct {
	trail
	data  []byte
	pos   int
	nodes int
}

// value reads one value that stands inside depth containers.
func (s *scanner) value(depth int) (any, error) {
	s.space()
	if s.nodes++; s.nodes > MaxNodes {
		return nil, s.refuse(ErrLimit, "nodes")
	}
	switch c := s.peek(); {
	case c == '{':
		return s.object(depth + 1)
	case c == '[':
		return s.array(depth + 1)
	case c == '"':
		return s.text()
	case c == '-' || isDigit(c):
		return s.number()
	default:
		return s.literal()
	}
}

func (s *scanner) object(depth int) (map[string]any, error) {
	if depth > MaxDepth {
		return nil, s.refuse(ErrLimit, "depth")
	}
	s.pos++
	members := make(map[string]any, 8)
	if s.space(); s.accept('}') {
		return members, nil
	}
	for {
		if err := s.member(members, depth); err != nil {
			return nil, err
		}
		if s.space(); s.accept('}') {
			return members, nil
		}
		if !s.accept(',') {
			return nil, s.refuse(ErrJSON, "syntax")
		}
	}
}

// member reads one name and its value into members.
func (s *scanner) member(members map[string]any, depth int) error {
	if s.space(); s.peek() != '"' {
		return s.refuse(ErrJSON, "syntax")
	}
	name, err := s.text()
	if err != nil {
		return err
	}
	s.enter(name)
	if _, twice := members[name]; twice {
		return s.refuse(ErrJSON, "duplicateKey")
	}
	if s.space(); !s.accept(':') {
		return s.refuse(ErrJSON, "syntax")
	}
	value, err := s.value(depth)
	if err != nil {
		return err
	}
	members[name] = value
	s.leave()
	return nil
}

func (s *scanner) array(depth int) ([]any, error) {
	if depth > MaxDepth {
		return nil, s.refuse(ErrLimit, "depth")
	}
	s.pos++
	items := []any{}
	if s.space(); s.accept(']') {
		return items, nil
	}
	for {
		s.item(len(items))
		value, err := s.value(depth)
		if err != nil {
			return nil, err
		}
		s.leave()
		items = append(items, value)
		if s.space(); s.accept(']') {
			return items, nil
		}
		if !s.accept(',') {
			return nil, s.refuse(ErrJSON, "syntax")
		}
	}
}

func (s *scanner) literal() (any, error) {
	for _, known := range [...]struct {
		text  string
		value any
	}{{"true", true}, {"false", false}, {"null", nil}} {
		if s.has(known.text) {
			s.pos += len(known.text)
			return known.value, nil
		}
	}
	return nil, s.refuse(ErrJSON, "syntax")
}

func (s *scanner) number() (json.Number, error) {
	start := s.pos
	for s.pos < len(s.data) && inNumber(s.data[s.pos]) {
		s.pos++
	}
	text := string(s.data[start:s.pos])
	if !plainNumber(text) {
		return "", s.refuse(ErrJSON, "number")
	}
	return json.Number(text), nil
}

// space moves over the four blanks of JSON.
func (s *scanner) space() {
	for s.pos < len(s.data) {
		switch s.data[s.pos] {
		case ' ', '\t', '\n', '\r':
			s.pos++
		default:
			return
		}
	}
}

// peek gives the next byte, and 0, which begins no value, at the end.
func (s *scanner) peek() byte {
	if s.pos < len(s.data) {
		return s.data[s.pos]
	}
	return 0
}

func (s *scanner) accept(c byte) bool {
	if s.peek() != c {
		return false
	}
	s.pos++
	return true
}

func (s *scanner) has(text string) bool {
	return len(s.data)-s.pos >= len(text) && string(s.data[s.pos:s.pos+len(text)]) == text
}
