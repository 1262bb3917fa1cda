package openbadges

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// apostrophes are the characters that people and keyboards write for one. The
// full-width form is gone after NFKD, the acute accent has become a blank.
const apostrophes = "'`\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb" +
	"\u055a\u05f3\u07f4\u07f5\u2018\u2019\u201a\u201b\u2032\u2035\ua78b\ua78c"

var ligatures = strings.NewReplacer("œ", "oe", "æ", "ae")

// FoldName is the form of a name that is hashed into a credential: given name
// first, compatibility-decomposed (NFKD), without marks, in lower case, œ and æ
// as two letters, hyphens and apostrophes of every kind as blanks, blanks
// collapsed. So « Zoé  LE GOFF-D’Œuvre » is "zoe le goff d oeuvre", however it
// is typed. Folding a folded name changes nothing.
func FoldName(given, family string) string {
	decomposed := norm.NFKD.String(given + " " + family)
	lowered := strings.ToLower(strings.Map(foldRune, decomposed))
	return strings.Join(strings.Fields(ligatures.Replace(lowered)), " ")
}

// foldRune drops marks and turns the joints of a name into blanks.
func foldRune(r rune) rune {
	switch {
	case unicode.IsMark(r):
		return -1
	case unicode.In(r, unicode.Hyphen, unicode.Dash) || strings.ContainsRune(apostrophes, r):
		return ' '
	}
	return r
}
