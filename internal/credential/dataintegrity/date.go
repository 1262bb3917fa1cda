package dataintegrity

import (
	"fmt"
	"regexp"
	"time"
)

// dateForm is an xsd:dateTimeStamp or an xsd:dateTime without zone; narrower than
// time.RFC3339, which lets a comma, one-digit hours and small letters through.
var dateForm = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?$`)

// ParseDate reads the created or expires of a proof. A date-time without zone is
// one in UTC (VC Data Integrity §2.1). The error is an ErrProof.
func ParseDate(text string) (time.Time, error) {
	match := dateForm.FindStringSubmatch(text)
	if match == nil {
		return time.Time{}, fmt.Errorf("%w: not a date-time", ErrProof)
	}
	if match[2] == "" {
		text += "Z"
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return time.Time{}, fmt.Errorf("%w: not a date-time", ErrProof)
	}
	return at, nil
}
