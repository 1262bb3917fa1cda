package credential_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// variant is what may become of a value; false when it does not apply.
type variant func(any) (any, bool)

// gone stands for a value that is taken out, twin for a member that is written
// twice.
type (
	gone struct{}
	twin struct{ value, again any }
)

const overlong = "https://example.org/"

func always(v any) variant { return func(any) (any, bool) { return v, true } }

func text(change func(string) any) variant {
	return func(v any) (any, bool) {
		s, ok := v.(string)
		if !ok {
			return nil, false
		}
		return change(s), true
	}
}

func object(change func(map[string]any)) variant {
	return func(v any) (any, bool) {
		o, ok := v.(map[string]any)
		if !ok {
			return nil, false
		}
		o = maps.Clone(o)
		change(o)
		return o, true
	}
}

func with(name string, value any) variant {
	return object(func(o map[string]any) { o[name] = value })
}

func array(change func([]any) []any) variant {
	return func(v any) (any, bool) {
		a, ok := v.([]any)
		if !ok {
			return nil, false
		}
		return change(slices.Clone(a)), true
	}
}

// variants are applied to every value of a document.
var variants = map[string]variant{
	"gone": always(gone{}), "null": always(nil), "true": always(true), "a number": always(json.Number("7")),
	"another text": always("autre"), "empty": always(""), "an empty list": always([]any{}), "an empty object": always(map[string]any{}),
	"an IRI": always("https://evil.example/x"), "a relative IRI": always("preuves/1"), "a blank node": always("_:b0"),
	"an accented host":    always("https://médiathèque.example/x"),
	"an over-long IRI":    always(overlong + strings.Repeat("a", 2000-len(overlong))),
	"an object with @id":  always(map[string]any{"@id": "https://evil.example/x"}),
	"in a list":           func(v any) (any, bool) { return []any{v}, true },
	"in a list in a list": func(v any) (any, bool) { return []any{[]any{v}}, true },
	"twice in a list":     func(v any) (any, bool) { return []any{v, v}, true },
	"written twice":       func(v any) (any, bool) { return twin{v, v}, true },
	"and another":         func(v any) (any, bool) { return twin{v, "autre"}, true },
	"longer":              text(func(s string) any { return s + "x" }),
	"with a blank":        text(func(s string) any { return s + " " }),
	"with another first":  text(func(s string) any { return "Z" + strings.TrimPrefix(s, s[:1]) }),
	"with a mark":         text(func(s string) any { return s + "\u0301" }),
	"in capitals":         text(func(s string) any { return strings.ToUpper(s) }),
	"with a direction":    text(func(s string) any { return map[string]any{"@value": s, "@direction": "rtl"} }),
	"in a language":       text(func(s string) any { return map[string]any{"@value": s, "@language": "en"} }),
	"of a type":           text(func(s string) any { return map[string]any{"@value": s, "@type": "https://evil.example/t"} }),
	"as a value object":   text(func(s string) any { return map[string]any{"@value": s} }),
	"with an unknown":     with("colour", "gold"),
	"with an IRI member":  with("https://evil.example/p", "x"),
	"with a neighbour":    with("narrative", "autre"),
	"with an id":          with("id", "urn:uuid:00000000-0000-4000-8000-000000000000"),
	"with a level":        with("achievedLevel", achievement+"#niveau-5"),
	"with a type":         with("type", []any{"Evidence"}),
	"with a type unknown": with("type", []any{"Golden"}),
	"with @type":          with("@type", "Golden"),
	"with @id":            with("@id", "https://evil.example/x"),
	"with @direction":     with("@direction", "rtl"),
	"with @language":      with("@language", "en"),
	"with @index":         with("@index", "x"),
	"with @graph":         with("@graph", []any{}),
	"with @included":      with("@included", []any{map[string]any{"id": "https://evil.example/x"}}),
	"with @reverse":       with("@reverse", map[string]any{"evidence": map[string]any{"id": "https://evil.example/x"}}),
	"with a context":      with("@context", map[string]any{"name": "https://evil.example/name"}),
	"with one more":       array(func(a []any) []any { return append(a, "autre") }),
	"with a null more":    array(func(a []any) []any { return append(a, nil) }),
	"with the first more": array(func(a []any) []any { return append(a, a[0]) }),
	"without the first":   array(func(a []any) []any { return a[1:] }),
	"turned round":        array(func(a []any) []any { slices.Reverse(a); return a }),
	"its first alone": func(v any) (any, bool) {
		a, ok := v.([]any)
		if !ok {
			return nil, false
		}
		return a[0], true
	},
}

// renamings are applied to the name of every member.
var renamings = map[string]func(string) string{
	"under a longer name":        func(s string) string { return s + "x" },
	"under its name in capitals": strings.ToUpper,
	"under @id":                  func(string) string { return "@id" },
	"under description":          func(string) string { return "description" },
	"under an IRI":               func(s string) string { return "https://purl.imsglobal.org/spec/vc/ob/vocab.html#" + s },
}
