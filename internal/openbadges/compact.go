package openbadges

import (
	"bytes"
	"encoding/json"
)

// Compact is a set that JSON-LD lets a writer shorten to its one value. It
// reads both forms and always writes the array (Open Badges 3.0 §7, "array" as
// the canonical form of a set).
type Compact[T any] []T

// Types is the value of "type" in classes that allow several.
type Types = Compact[string]

// UnmarshalJSON reads an array, or one value as a set of one.
func (c *Compact[T]) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte("[")) {
		return json.Unmarshal(data, (*[]T)(c))
	}
	var one T
	if err := json.Unmarshal(data, &one); err != nil {
		return err
	}
	*c = Compact[T]{one}
	return nil
}
