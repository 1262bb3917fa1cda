package store

import (
	"testing"
	"time"
)

// Texts of instants must stand in the order of the instants.
func TestTimeKeepsOrder(t *testing.T) {
	t.Parallel()
	instants := []time.Time{
		{},
		time.Date(1969, 12, 31, 23, 59, 59, 999_999_999, time.UTC),
		time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC),
		time.Date(2026, 11, 22, 11, 0, 0, 1_000, time.FixedZone("later", 3600)),
		time.Date(2026, 11, 22, 10, 0, 0, 10_000, time.UTC),
		time.Date(2026, 11, 22, 10, 0, 0, 100_000_000, time.UTC),
		time.Date(2026, 11, 22, 10, 0, 1, 0, time.UTC),
		time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC),
	}
	last := ""
	for _, instant := range instants {
		value, err := Time{instant}.Value()
		if err != nil {
			t.Fatal(err)
		}
		text := value.(string)
		if len(text) != len(timeLayout) || text <= last {
			t.Errorf("%s follows %s", text, last)
		}
		var read Time
		if err := read.Scan(text); err != nil || !read.Equal(stored(instant)) || instant.Before(read.Time) {
			t.Errorf("%s was read as %s, %v", instant, read, err)
		}
		last = text
	}
}

func TestRowKeysGrow(t *testing.T) {
	t.Parallel()
	s := &Store{rand: zeros{}}
	early, err := s.newID(time.UnixMilli(0x0123456789ab))
	if err != nil {
		t.Fatal(err)
	}
	if want := "0123456789ab70008000000000000000"; early.String() != want { // RFC 9562 §5.7
		t.Errorf("got %s, want %s", early, want)
	}
	late, err := s.newID(time.UnixMilli(0x0123456789ac))
	if err != nil || late.String() <= early.String() {
		t.Errorf("%s follows %s, %v", late, early, err)
	}
	for _, value := range []any{early[:], "01234567-89ab-7000-8000-000000000000"} {
		var read rowID
		if err := read.Scan(value); err != nil || read != early {
			t.Errorf("%v was read as %s, %v", value, read, err)
		}
	}
	for _, value := range []any{nil, "0123", []byte("short"), 7, "zz234567-89ab-7000-8000-000000000000"} {
		var read rowID
		if err := read.Scan(value); err == nil {
			t.Errorf("%v was read as %s", value, read)
		}
	}
}

// zeros is a source of chance without any.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }
