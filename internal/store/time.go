package store

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Time is an instant on its way to or from the database: UTC, whole
// microseconds, as text of fixed width, so that the order of the texts is the
// order of the instants. PostgreSQL reads the text as a TIMESTAMPTZ. An instant
// is cut, never rounded, so that it does not move into the future.
type Time struct{ time.Time }

const timeLayout = "2006-01-02T15:04:05.000000Z"

// Value writes the instant.
func (t Time) Value() (driver.Value, error) { return t.UTC().Format(timeLayout), nil }

// Scan reads the instant as either engine gives it.
func (t *Time) Scan(value any) (err error) {
	switch v := value.(type) {
	case string:
		t.Time, err = time.Parse(timeLayout, v)
	case time.Time:
		t.Time = v.UTC()
	default:
		err = fmt.Errorf("an instant stored as %T", value)
	}
	return err
}

// stored is the instant as it will be read back.
func stored(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

func storedPointer(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	cut := stored(*t)
	return &cut
}

// optionalTime is an instant that may be NULL.
type optionalTime struct{ at *time.Time }

// Value writes the instant or NULL.
func (t optionalTime) Value() (driver.Value, error) {
	if t.at == nil {
		return nil, nil
	}
	return Time{*t.at}.Value()
}

// Scan reads the instant or NULL.
func (t *optionalTime) Scan(value any) error {
	t.at = nil
	if value == nil {
		return nil
	}
	var read Time
	if err := read.Scan(value); err != nil {
		return err
	}
	t.at = &read.Time
	return nil
}

const dayLayout = "2006-01-02"

// day reads a calendar day, which is text on SQLite and a DATE on PostgreSQL.
type day string

// Value writes the day.
func (d day) Value() (driver.Value, error) { return string(d), nil }

// Scan reads the day as either engine gives it.
func (d *day) Scan(value any) error {
	switch v := value.(type) {
	case string:
		*d = day(v)
	case time.Time:
		*d = day(v.Format(dayLayout))
	default:
		return fmt.Errorf("a day stored as %T", value)
	}
	return nil
}
