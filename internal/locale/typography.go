package locale

import "strings"

// The spaces that a line is never broken at.
const (
	narrowSpace  = "\u202f" // before high punctuation and inside guillemets
	noBreakSpace = "\u00a0" // between a number and its unit
)

// french puts a narrow no-break space wherever French wants one and the typist
// left a plain space. It adds no space where there was none, so that addresses
// (https://…) and times stay whole.
var french = strings.NewReplacer(
	" :", narrowSpace+":", " ;", narrowSpace+";", " !", narrowSpace+"!", " ?", narrowSpace+"?",
	" »", narrowSpace+"»", "« ", "«"+narrowSpace, " %", narrowSpace+"%", " €", narrowSpace+"€",
)

// typeset sets a French text: narrow no-break spaces and curved apostrophes.
func typeset(text string) string {
	return strings.ReplaceAll(french.Replace(text), "'", "’")
}
