package jsonld

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// text reads a string whose opening quote is next. The input is known to be
// valid UTF-8.
func (s *scanner) text() (string, error) {
	s.pos++
	start := s.pos
	for s.pos < len(s.data) {
		switch c := s.data[s.pos]; {
		case c == '"':
			s.pos++
			return string(s.data[start : s.pos-1]), nil
		case c == '\\':
			return s.escapedText(start)
		case c < ' ' || c == 0x7F:
			return "", s.refuse(ErrJSON, "control")
		}
		s.pos++
	}
	return "", s.refuse(ErrJSON, "syntax")
}

// escapedText reads on from the first backslash of a string.
func (s *scanner) escapedText(start int) (string, error) {
	text := bytes.Clone(s.data[start:s.pos])
	for s.pos < len(s.data) {
		c := s.data[s.pos]
		s.pos++
		switch {
		case c == '"':
			return string(text), nil
		case c == '\\':
			r, err := s.escape()
			if err != nil {
				return "", err
			}
			text = utf8.AppendRune(text, r)
		case c < ' ' || c == 0x7F:
			return "", s.refuse(ErrJSON, "control")
		default:
			text = append(text, c)
		}
	}
	return "", s.refuse(ErrJSON, "syntax")
}

// escape reads what stands after a backslash.
func (s *scanner) escape() (rune, error) {
	c := s.peek()
	s.pos++
	switch c {
	case '"', '\\', '/':
		return rune(c), nil
	case 't':
		return '\t', nil
	case 'n':
		return '\n', nil
	case 'r':
		return '\r', nil
	case 'b', 'f':
		return 0, s.refuse(ErrJSON, "control")
	case 'u':
		return s.unicode()
	}
	return 0, s.refuse(ErrJSON, "syntax")
}

// unicode reads what stands after \u: four digits, and a second escape where
// the first is the upper half of a surrogate pair.
func (s *scanner) unicode() (rune, error) {
	r, err := s.hex()
	if err != nil {
		return 0, err
	}
	if utf16.IsSurrogate(r) {
		return s.pair(r)
	}
	if forbidden(r) {
		return 0, s.refuse(ErrJSON, "control")
	}
	return r, nil
}

func (s *scanner) pair(high rune) (rune, error) {
	if !s.has(`\u`) {
		return 0, s.refuse(ErrJSON, "surrogate")
	}
	s.pos += len(`\u`)
	low, err := s.hex()
	if err != nil {
		return 0, err
	}
	r := utf16.DecodeRune(high, low)
	if r == utf8.RuneError { // no pair decodes to U+FFFD
		return 0, s.refuse(ErrJSON, "surrogate")
	}
	return r, nil
}

func (s *scanner) hex() (rune, error) {
	if len(s.data)-s.pos < 4 {
		return 0, s.refuse(ErrJSON, "syntax")
	}
	r, ok := hexRune(s.data[s.pos : s.pos+4])
	if !ok {
		return 0, s.refuse(ErrJSON, "syntax")
	}
	s.pos += 4
	return r, nil
}

// hexRune reads hexadecimal digits of either case.
func hexRune(digits []byte) (rune, bool) {
	var r rune
	for _, c := range digits {
		switch {
		case isDigit(c):
			r = r<<4 | rune(c-'0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return r, true
}

// forbidden tells the characters that no string may hold: C0 and DEL without
// the three that ordinary text needs (Markdown has lines), and the two that
// XML does not have, which canonicalisers escape or not.
func forbidden(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7F || r == 0xFFFE || r == 0xFFFF
}

// holdsForbidden is forbidden for a whole text.
func holdsForbidden(text string) bool {
	for i := range len(text) {
		if !literalByte[text[i]] && text[i] != '"' && text[i] != '\\' {
			if r, _ := utf8.DecodeRuneInString(text[i:]); forbidden(r) {
				return true
			}
		}
	}
	return false
}
