package jsonld

import "strings"

// iriByte tells the ASCII bytes that an IRI may hold: printable, without those
// that RFC 3987 keeps out and that would break an N-Quads line.
var iriByte = func() (allowed [256]bool) {
	for c := byte('!'); c <= '~'; c++ {
		allowed[c] = !strings.ContainsRune("<>\"{}|^`\\", rune(c))
	}
	return allowed
}()

// checkIRI gives the rule that an IRI of a document breaks, or "": absolute,
// ASCII, without spaces and shorter than MaxIRI. A data: IRI carries a picture
// or a credential, and only the size of the document bounds it.
func checkIRI(iri string) string {
	for i := range len(iri) {
		if !iriByte[iri[i]] {
			return "iriCharacter"
		}
	}
	colon := schemeEnd(iri)
	if colon < 0 || colon == len(iri)-1 {
		return "relativeIRI"
	}
	if len(iri) >= MaxIRI && !strings.EqualFold(iri[:colon], "data") {
		return "iriLength"
	}
	return ""
}

// schemeEnd gives the place of the colon after the scheme of an absolute IRI
// (RFC 3986 §3.1), and -1 where there is no scheme.
func schemeEnd(iri string) int {
	for i := range len(iri) {
		c := iri[i]
		switch {
		case isAlpha(c):
		case c == ':' && i > 0:
			return i
		case i > 0 && (isDigit(c) || c == '+' || c == '-' || c == '.'):
		default:
			return -1
		}
	}
	return -1
}

// wellFormedLanguage reports whether a language tag has the shape of BCP 47:
// letters, then letters and digits, in parts of one to eight.
func wellFormedLanguage(tag string) bool {
	for i, part := range strings.Split(tag, "-") {
		if len(part) < 1 || len(part) > 8 {
			return false
		}
		for j := range len(part) {
			if !isAlpha(part[j]) && (i == 0 || !isDigit(part[j])) {
				return false
			}
		}
	}
	return true
}
