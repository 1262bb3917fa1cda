package mediation

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"ramure/internal/problem"
)

// Venue is a place of digital mediation that issues badges. Its slug never
// changes: it is inside its DID and so inside every badge that it issued.
type Venue struct {
	Slug      string
	Name      string
	Commune   string // INSEE code: 13055, 2A004
	JWTAlg    string // RS256, or ES256 for bodies held to the RGS
	CreatedAt time.Time
}

var (
	slugShape    = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	communeShape = regexp.MustCompile(`^(\d{2}|2[AB])\d{3}$`)
)

// Check reports every rule that the venue breaks, as an Invalid problem.
func (v Venue) Check() error {
	var broken []problem.Violation
	if !slugShape.MatchString(v.Slug) || len(v.Slug) < 2 || len(v.Slug) > 63 {
		broken = append(broken, problem.Violation{Path: "$.slug", Rule: "slug",
			Detail: "use 2 to 63 lower-case letters, digits and single hyphens, such as eric-embrun"})
	}
	if !PlainText(v.Name, 1, 120) {
		broken = append(broken, problem.Violation{Path: "$.name", Rule: "text",
			Detail: "give a name of 1 to 120 characters on one line"})
	}
	if !communeShape.MatchString(v.Commune) {
		broken = append(broken, problem.Violation{Path: "$.commune", Rule: "insee",
			Detail: "give the INSEE code of the commune, five characters such as 13055 or 2A004"})
	}
	if v.JWTAlg != "RS256" && v.JWTAlg != "ES256" {
		broken = append(broken, problem.Violation{Path: "$.jwtAlg", Rule: "enum",
			Detail: "choose RS256 or ES256"})
	}
	if len(broken) > 0 {
		return problem.Violated("error.venue.invalid", broken...)
	}
	return nil
}

// PlainText reports whether s is valid text of min to max characters that has
// no control character, no bidirectional override and no blank end.
func PlainText(s string, min, max int) bool {
	n := utf8.RuneCountInString(s)
	if !utf8.ValidString(s) || n < min || n > max || strings.TrimSpace(s) != s {
		return false
	}
	return strings.IndexFunc(s, unprintable) < 0
}

// unprintable tells the characters that could hide or reorder what is read:
// controls, and the bidirectional embeddings and isolates of UAX #9.
func unprintable(r rune) bool {
	return unicode.IsControl(r) || (r >= 0x202A && r <= 0x202E) || (r >= 0x2066 && r <= 0x2069) || r == 0xFEFF
}
