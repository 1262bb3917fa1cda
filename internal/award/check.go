package award

import (
	"fmt"
	"net/mail"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"ramure/internal/mediation"
	"ramure/internal/problem"
)

// checker collects the broken rules of one input, each with its path.
type checker struct{ broken []problem.Violation }

func (c *checker) refuse(path, rule, detail string) {
	c.broken = append(c.broken, problem.Violation{Path: path, Rule: rule, Detail: detail})
}

// line asks for one line of plain text of 1 to max characters.
func (c *checker) line(path, s string, max int) {
	if !mediation.PlainText(s, 1, max) {
		c.refuse(path, "text", fmt.Sprintf("give 1 to %d characters on one line, without control characters or blanks at the ends", max))
	}
}

// lineOrNothing is line for what may be left out.
func (c *checker) lineOrNothing(path, s string, max int) {
	if s != "" {
		c.line(path, s, max)
	}
}

// prose asks for text of 1 to max characters; line breaks and tabs are allowed.
func (c *checker) prose(path, s string, max int) {
	n := utf8.RuneCountInString(s)
	if !utf8.ValidString(s) || strings.TrimSpace(s) == "" || n > max || strings.IndexFunc(s, unwritable) >= 0 {
		c.refuse(path, "text", fmt.Sprintf("give 1 to %d characters of text, without control characters", max))
	}
}

// unwritable tells control characters other than line feed. Signed text keeps
// to what every canonicaliser writes alike (credentials.md §0.5).
func unwritable(r rune) bool {
	return r != '\n' && (unicode.IsControl(r) || (r >= 0x202A && r <= 0x202E) || (r >= 0x2066 && r <= 0x2069))
}

// address asks for an absolute ASCII http or https address of a page.
func (c *checker) address(path, s string) {
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.User != nil || !plainASCII(s) || len(s) >= 2000 {
		c.refuse(path, "iri", "give a complete web address in ASCII that starts with https:// (write accented hosts in their xn-- form)")
	}
}

// plainASCII reports whether s can stand in an IRI reference of N-Quads as it is.
func plainASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return r <= ' ' || r >= 0x7F || strings.ContainsRune("<>\"{}|^`\\", r)
	}) < 0
}

func (c *checker) email(path, s string) {
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || len(s) > 254 {
		c.refuse(path, "email", "give one plain e-mail address, or leave it out")
	}
}

var reference = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:@/-]{0,99}$`)

func (c *checker) err(key string) error {
	if len(c.broken) == 0 {
		return nil
	}
	return problem.Violated(key, c.broken...)
}
