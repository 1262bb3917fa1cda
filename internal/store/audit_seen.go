package store

import (
	"encoding/json"
	"reflect"
	"time"
)

// What an audit reads may be damaged. These read what is there, and nothing,
// which equals nothing that we ever write, where it can't be read.

// seenTime is an instant; zero for NULL and for what is none.
type seenTime struct{ time.Time }

// Scan never fails.
func (t *seenTime) Scan(value any) error {
	var read Time
	if err := read.Scan(value); err != nil {
		read = Time{}
	}
	t.Time = read.Time
	return nil
}

// seenOptional is an instant or NULL; zero for what is neither.
type seenOptional struct{ at *time.Time }

// Scan never fails.
func (t *seenOptional) Scan(value any) error {
	var read seenTime
	_ = read.Scan(value)
	t.at = nil
	if value != nil {
		t.at = &read.Time
	}
	return nil
}

// seenHash is 32 bytes; zero for anything else.
type seenHash [32]byte

// Scan never fails.
func (h *seenHash) Scan(value any) error {
	var read hash32
	if err := read.Scan(value); err != nil {
		read = hash32{}
	}
	*h = seenHash(read)
	return nil
}

// sameJSON reports whether two texts hold the same members and values, whatever
// their order and blanks, which an engine may change.
func sameJSON(one, other string) bool {
	var a, b any
	return json.Unmarshal([]byte(one), &a) == nil && json.Unmarshal([]byte(other), &b) == nil && reflect.DeepEqual(a, b)
}
