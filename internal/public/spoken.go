package public

import (
	"errors"
	"strings"
	"unicode"

	"ramure/internal/problem"
)

// spokenLimit is how much of a stranger's name a sentence of ours takes, in
// characters; the whole of it stands in its field.
const spokenLimit = 120

// spoken makes a stranger's text fit to stand inside a sentence of ours: one line,
// bounded, and without the marks that turn the direction of what surrounds them
// (Unicode Standard Annex #9) or that nobody sees.
func spoken(text string) string {
	var out strings.Builder
	length, blank := 0, false
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			blank = length > 0
			continue
		case !unicode.IsGraphic(r):
			continue
		}
		if length >= spokenLimit {
			out.WriteString("…")
			break
		}
		if blank {
			out.WriteByte(' ')
			length++
		}
		out.WriteRune(r)
		length, blank = length+1, false
	}
	return out.String()
}

// asProblem finds the problem in an error's chain.
func asProblem(err error) (*problem.Error, bool) {
	var failure *problem.Error
	found := errors.As(err, &failure)
	return failure, found
}
