package store

import (
	"database/sql/driver"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"
)

// rowID is the primary key of a row: a UUIDv7 (RFC 9562 §5.7). It is in no
// answer of this package.
type rowID [16]byte

// newID makes a row key for a row of that time; keys of later times are greater,
// so that new rows stand at the end of the index.
func (s *Store) newID(at time.Time) (id rowID, err error) {
	if _, err := io.ReadFull(s.rand, id[6:]); err != nil {
		return rowID{}, fmt.Errorf("read random bytes: %w", err)
	}
	var milliseconds [8]byte
	binary.BigEndian.PutUint64(milliseconds[:], uint64(at.UnixMilli()))
	copy(id[:6], milliseconds[2:])
	id[6] = id[6]&0x0f | 0x70 // version 7
	id[8] = id[8]&0x3f | 0x80 // variant of RFC 9562
	return id, nil
}

// Value writes the 16 bytes: a BLOB, or a UUID in its binary form.
func (id rowID) Value() (driver.Value, error) { return id[:], nil }

// Scan reads the key as either engine gives it.
func (id *rowID) Scan(value any) error {
	switch v := value.(type) {
	case []byte:
		if len(v) == len(id) {
			copy(id[:], v)
			return nil
		}
	case string:
		raw, err := hex.DecodeString(strings.ReplaceAll(v, "-", ""))
		if err == nil && len(raw) == len(id) {
			copy(id[:], raw)
			return nil
		}
	}
	return fmt.Errorf("a row key stored as %T", value)
}

// String writes the key for translog, which hands it back to Assign.
func (id rowID) String() string { return hex.EncodeToString(id[:]) }

func parseRowID(text string) (id rowID, err error) {
	err = id.Scan(text)
	return id, err
}

// orNull writes an empty text or a zero as NULL.
func orNull[T string | int](value T) any {
	var empty T
	if value == empty {
		return nil
	}
	return value
}

// hash32 reads exactly 32 bytes.
type hash32 [32]byte

// Scan reads the bytes.
func (h *hash32) Scan(value any) error {
	raw, ok := value.([]byte)
	if !ok || len(raw) != len(h) {
		return fmt.Errorf("a hash stored as %d bytes of %T", len(raw), value)
	}
	copy(h[:], raw)
	return nil
}
