package credential_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// walk visits every value below the top; put gives the whole document with
// another value in that place.
func walk(path string, value any, whole func(any) any, visit func(string, any, func(any) any)) {
	each(value, func(step string, child any, replace func(any) any) {
		put := func(v any) any { return whole(replace(v)) }
		visit(path+step, child, put)
		walk(path+step, child, put, visit)
	})
}

// rename visits every member with another name.
func rename(path string, value any, whole func(any) any, keep func(change)) {
	if o, ok := value.(map[string]any); ok {
		for name, member := range o {
			for kind, becomes := range renamings {
				renamed := maps.Clone(o)
				delete(renamed, name)
				renamed[becomes(name)] = member
				keep(change{path + "." + name, kind, write(whole(renamed))})
			}
		}
	}
	each(value, func(step string, child any, replace func(any) any) {
		rename(path+step, child, func(v any) any { return whole(replace(v)) }, keep)
	})
}

// each visits the values directly inside an object or a list.
func each(value any, visit func(step string, child any, replace func(any) any)) {
	switch v := value.(type) {
	case map[string]any:
		for name, child := range v {
			visit("."+name, child, func(n any) any {
				copied := maps.Clone(v)
				if copied[name] = n; n == any(gone{}) {
					delete(copied, name)
				}
				return copied
			})
		}
	case []any:
		for at, child := range v {
			visit(fmt.Sprintf("[%d]", at), child, func(n any) any {
				if n == any(gone{}) {
					return slices.Delete(slices.Clone(v), at, at+1)
				}
				copied := slices.Clone(v)
				copied[at] = n
				return copied
			})
		}
	}
}

// write is json.Marshal with sorted members, that can write a member twice.
func write(value any) []byte {
	var b bytes.Buffer
	writeTo(&b, value)
	return b.Bytes()
}

func writeTo(b *bytes.Buffer, value any) {
	switch v := value.(type) {
	case map[string]any:
		var parts [][]byte
		for _, name := range slices.Sorted(maps.Keys(v)) {
			values := []any{v[name]}
			if t, ok := v[name].(twin); ok {
				values = []any{t.value, t.again}
			}
			for _, one := range values {
				parts = append(parts, slices.Concat(quoted(name), []byte(":"), write(one)))
			}
		}
		fmt.Fprintf(b, "{%s}", bytes.Join(parts, []byte(",")))
	case []any:
		parts := make([][]byte, len(v))
		for i, one := range v {
			parts[i] = write(one)
		}
		fmt.Fprintf(b, "[%s]", bytes.Join(parts, []byte(",")))
	case twin: // in a list
		fmt.Fprintf(b, "%s,%s", write(v.value), write(v.again))
	default:
		b.Write(quoted(v))
	}
}

func quoted(v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return raw
}
