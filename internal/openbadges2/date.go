package openbadges2

import (
	"errors"
	"regexp"
	"time"
)

// DateTime is a moment with its time zone, in the forms of ISO 8601 that 2.0 allows
// (§Primitive datatypes, DateTime): seconds and their fractions may be missing, and
// so may the colon of the offset.
type DateTime = string

// ErrDateTime is the error of a text that is no DateTime.
var ErrDateTime = errors.New("openbadges2: not a date-time with a time zone")

var dateTimeForm = regexp.MustCompile(
	`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-](0\d|1[0-4]):?[0-5]\d)$`)

// ParseDateTime reads a DateTime; the error is ErrDateTime.
func ParseDateTime(s DateTime) (time.Time, error) {
	if !dateTimeForm.MatchString(s) {
		return time.Time{}, ErrDateTime
	}
	for _, layout := range []string{
		time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z0700", "2006-01-02T15:04Z07:00", "2006-01-02T15:04Z0700",
	} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	return time.Time{}, ErrDateTime
}

func isDateTime(s string) bool {
	_, err := ParseDateTime(s)
	return err == nil
}
