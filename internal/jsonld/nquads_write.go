package jsonld

import "errors"

// errTerm is what the writers below return; callers wrap it with its place.
var errTerm = errors.New("term that no N-Quads line can hold")

// appendTerm writes an IRI or a literal in canonical N-Quads (RDFC-1.0 §5). What
// would break the line, and so could pass for another statement, is an error.
func appendTerm(to []byte, t *Term) ([]byte, error) {
	switch t.Kind {
	case IRI:
		return appendIRI(to, t.Value)
	case Literal:
		return appendLiteral(to, t)
	}
	return to, errTerm
}

func appendIRI(to []byte, iri string) ([]byte, error) {
	if iri == "" {
		return to, errTerm
	}
	for i := range len(iri) {
		if c := iri[i]; c < 0x80 && !iriByte[c] {
			return to, errTerm
		}
	}
	to = append(to, '<')
	to = append(to, iri...)
	return append(to, '>'), nil
}

func appendLiteral(to []byte, t *Term) ([]byte, error) {
	to = append(to, '"')
	to = appendEscaped(to, t.Value)
	to = append(to, '"')
	switch {
	case t.Language != "":
		if !wellFormedLanguage(t.Language) || t.Datatype != "" && t.Datatype != rdfLang {
			return to, errTerm
		}
		to = append(to, '@')
		return append(to, t.Language...), nil
	case t.Datatype == "" || t.Datatype == xsdString:
		return to, nil
	case t.Datatype == rdfLang:
		return to, errTerm
	}
	to = append(to, "^^"...)
	return appendIRI(to, t.Datatype)
}

// literalByte tells the bytes that a literal holds as they are. 0xEF begins the
// two characters that XML does not have, U+FFFE and U+FFFF.
var literalByte = func() (plain [256]bool) {
	for c := range plain {
		plain[c] = c >= ' ' && c != '"' && c != '\\' && c != 0x7F && c != 0xEF
	}
	return plain
}()

// appendEscaped writes the text of a literal with the escapes that the canonical
// form has, and no other.
func appendEscaped(to []byte, text string) []byte {
	from := 0
	for i := range len(text) {
		c := text[i]
		if literalByte[c] {
			continue
		}
		escape := escapeOf(c, text[i:])
		if escape == "" {
			continue
		}
		to = append(to, text[from:i]...)
		to = append(to, escape...)
		from = i + 1
		if c == 0xEF {
			from = i + len("\uFFFE")
		}
	}
	return append(to, text[from:]...)
}

// escapeOf gives the escape for the character that begins with c, or "" where
// it needs none.
func escapeOf(c byte, rest string) string {
	const upperHex = "0123456789ABCDEF"
	if c == 0xEF {
		switch {
		case len(rest) >= 3 && rest[:3] == "\uFFFE":
			return `\uFFFE`
		case len(rest) >= 3 && rest[:3] == "\uFFFF":
			return `\uFFFF`
		}
		return ""
	}
	if short := shortEscape(c); short != 0 {
		return string([]byte{'\\', short})
	}
	return string([]byte{'\\', 'u', '0', '0', upperHex[c>>4], upperHex[c&0xF]})
}
