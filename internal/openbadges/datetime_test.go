package openbadges

import (
	"errors"
	"testing"
	"time"
)

func TestParseDateTime(t *testing.T) {
	t.Parallel()
	want := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	for _, s := range []string{
		"2026-11-22T10:00:00Z", "2026-11-22T11:00:00+01:00", "2026-11-22T10:00:00.000Z",
		"2026-11-22T10:00:00+00:00", "2026-11-21T20:00:00-14:00", "2026-11-23T00:00:00+14:00",
	} {
		if got, err := ParseDateTime(s); err != nil || !got.Equal(want) {
			t.Errorf("%s: %v, %v", s, got, err)
		}
	}
	for _, s := range []string{
		"", "2026-11-22", "2026-11-22T10:00:00", "2026-11-22 10:00:00Z", "2026-11-22t10:00:00z",
		"2026-11-22T10:00Z", "2026-11-22T1:00:00Z", "2026-11-22T10:00:00,5Z", "2026-11-22T10:00:60Z",
		"2026-11-22T24:00:00Z", "2026-02-30T10:00:00Z", "2026-11-22T10:00:00+0100", "2026-11-22T10:00:00+15:00",
		"2026-11-22T10:00:00+14:01", "2026-11-22T10:00:00.Z", "12026-11-22T10:00:00Z", "2026-11-22T10:00:00Z\n",
		"2026-11-22T10:00:00.1234567890Z",
	} {
		if got, err := ParseDateTime(s); !errors.Is(err, ErrDateTime) {
			t.Errorf("%q was read as %v, %v", s, got, err)
		}
	}
}

func TestFormatDateTime(t *testing.T) {
	t.Parallel()
	paris := time.FixedZone("", 3600)
	got := FormatDateTime(time.Date(2026, 11, 22, 11, 0, 0, 999_999_999, paris))
	if got != "2026-11-22T10:00:00Z" {
		t.Errorf("got %s", got)
	}
}
