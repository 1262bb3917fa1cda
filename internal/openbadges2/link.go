package openbadges2

import (
	"bytes"
	"encoding/json"
)

// Link is another object: where it is, what it is, or both. Address is "" for an
// object inside that has no id; Object is nil for an address alone.
type Link[T any] struct {
	Address string
	Object  *T
}

// UnmarshalJSON reads an address, or an object that may tell its own.
func (l *Link[T]) UnmarshalJSON(data []byte) error {
	*l = Link[T]{}
	if isText(data) {
		return json.Unmarshal(data, &l.Address)
	}
	var named struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(data, &named); err != nil {
		return err
	}
	l.Address, l.Object = named.ID, new(T)
	return json.Unmarshal(data, l.Object)
}

// addressOr reads an address alone, or else the whole object.
func addressOr(data []byte, address *string, whole any) error {
	if isText(data) {
		return json.Unmarshal(data, address)
	}
	return json.Unmarshal(data, whole)
}

func isText(data []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte(`"`))
}

// Plain is a document without the members that say nothing: null, and arrays of
// nothing (JSON-LD 1.1 §9.2, §4.3). Everything else in this package is meant for
// what it gives. The document itself is left as it is.
func Plain(doc map[string]any) map[string]any {
	out := make(map[string]any, len(doc))
	for name, value := range doc {
		if said := plain(value); said != nil {
			out[name] = said
		}
	}
	return out
}

func plain(value any) any {
	switch v := value.(type) {
	case map[string]any:
		return Plain(v)
	case []any:
		var out []any
		for _, one := range v {
			if said := plain(one); said != nil {
				out = append(out, said)
			}
		}
		if out == nil {
			return nil
		}
		return out
	}
	return value
}
