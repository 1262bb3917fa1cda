package openbadges

import (
	"errors"
	"regexp"
	"time"
)

// DateTime is an Open Badges DateTimeZ: an xsd:dateTime whose time zone is
// obligatory, such as 2026-11-22T10:00:00Z.
type DateTime = string

// ErrDateTime is the error of a text that is not a DateTimeZ.
var ErrDateTime = errors.New("openbadges: not a date-time with a time zone")

// dateTimeForm is narrower than time.RFC3339, which lets a comma, one-digit
// hours and small letters through. Offsets end at 14 hours (XML Schema Part 2
// §3.3.7).
var dateTimeForm = regexp.MustCompile(
	`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)$`)

// FormatDateTime writes t in UTC and whole seconds, so that the "nbf" of a JWT
// can be equal to it.
func FormatDateTime(t time.Time) DateTime {
	return t.UTC().Truncate(time.Second).Format(time.RFC3339)
}

// ParseDateTime reads a DateTimeZ; the error is ErrDateTime.
func ParseDateTime(s DateTime) (time.Time, error) {
	if !dateTimeForm.MatchString(s) {
		return time.Time{}, ErrDateTime
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}, ErrDateTime
	}
	return t, nil
}

func isDateTime(s string) bool {
	_, err := ParseDateTime(s)
	return err == nil
}

// isWholeSeconds asks for the very form that we write. What the lenient parser
// of package time lets through is not what the same moment is written as.
func isWholeSeconds(s string) bool {
	t, err := time.Parse(time.RFC3339, s)
	return err == nil && s == FormatDateTime(t)
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}
