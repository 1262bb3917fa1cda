package jsonld

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func TestDecodeAccepts(t *testing.T) {
	t.Parallel()
	cases := map[string]any{
		` {"a" : [1, -2.50, true, false, null] } `: map[string]any{"a": []any{json.Number("1"), json.Number("-2.50"), true, false, nil}},
		`"\"\\\/\t\n\r\u00e9\uD83D\uDE00"`:         "\"\\/\t\n\ré😀",
		`"œuvre"`:                                  "œuvre",
		`{}`:                                       map[string]any{},
		`[[],{}]`:                                  []any{[]any{}, map[string]any{}},
		`0`:                                        json.Number("0"),
		`9007199254740991`:                         json.Number("9007199254740991"),
		`-9007199254740991`:                        json.Number("-9007199254740991"),
		`0.000001`:                                 json.Number("0.000001"),
		`123456789012.345`:                         json.Number("123456789012.345"),
		`0.0`:                                      json.Number("0.0"),
		`{"A":1,"a":2}`:                            map[string]any{"A": json.Number("1"), "a": json.Number("2")},
		strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth): nested(MaxDepth),
	}
	for text, want := range cases {
		if got, err := Decode([]byte(text)); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %#v, %v; want %#v", text, got, err, want)
		}
	}
}

func nested(depth int) any {
	value := []any{}
	for range depth - 1 {
		value = []any{value}
	}
	return value
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, text string
		family     error
		rule, path string
	}{
		{"empty", ``, ErrJSON, "syntax", "$"},
		{"two values", `{} {}`, ErrJSON, "trailing", "$"},
		{"byte order mark", "\uFEFF{}", ErrJSON, "syntax", "$"},
		{"invalid UTF-8", "{\"a\":\"\xff\"}", ErrJSON, "utf8", "$"},
		{"encoded surrogate", "\"\xed\xa0\x80\"", ErrJSON, "utf8", "$"},
		{"duplicate name", `{"a":{"b":1,"b":1}}`, ErrJSON, "duplicateKey", "$.a.b"},
		{"duplicate name, escaped", `{"issuer":1,"\u0069ssuer":2}`, ErrJSON, "duplicateKey", "$.issuer"},
		{"duplicate in array", `[0,{"x":[],"x":[]}]`, ErrJSON, "duplicateKey", "$[1].x"},
		{"raw control", "{\"a\":\"\x01\"}", ErrJSON, "control", "$.a"},
		{"raw line feed", "\"a\nb\"", ErrJSON, "control", "$"},
		{"escaped control", `{"a":["\u0001"]}`, ErrJSON, "control", "$.a[0]"},
		{"escaped NUL", `"\u0000"`, ErrJSON, "control", "$"},
		{"backspace", `"\b"`, ErrJSON, "control", "$"},
		{"raw DEL", "\"\x7f\"", ErrJSON, "control", "$"},
		{"raw DEL after an escape", "\"\\n\x7f\"", ErrJSON, "control", "$"},
		{"escaped DEL", `"\u007F"`, ErrJSON, "control", "$"},
		{"control in a name", `{"a\u001f":1}`, ErrJSON, "control", "$"},
		{"noncharacter", "\"\uFFFE\"", ErrJSON, "control", "$"},
		{"escaped noncharacter", `"\uffff"`, ErrJSON, "control", "$"},
		{"high surrogate alone", `"\ud83d"`, ErrJSON, "surrogate", "$"},
		{"high surrogate, then text", `"\ud83dabcdef"`, ErrJSON, "surrogate", "$"},
		{"low surrogate first", `"\ude00\ud83d"`, ErrJSON, "surrogate", "$"},
		{"two high surrogates", `"\ud83d\ud83d"`, ErrJSON, "surrogate", "$"},
		{"unknown escape", `"\x41"`, ErrJSON, "syntax", "$"},
		{"short escape", `"\u12`, ErrJSON, "syntax", "$"},
		{"not hexadecimal", `"\u12g4"`, ErrJSON, "syntax", "$"},
		{"unfinished string", `"abc`, ErrJSON, "syntax", "$"},
		{"unfinished escape", `"abc\`, ErrJSON, "syntax", "$"},
		{"unfinished object", `{"a":1`, ErrJSON, "syntax", "$"},
		{"unfinished array", `[1,`, ErrJSON, "syntax", "$[1]"},
		{"trailing comma", `{"a":1,}`, ErrJSON, "syntax", "$"},
		{"no colon", `{"a" 1}`, ErrJSON, "syntax", "$.a"},
		{"name without quotes", `{a:1}`, ErrJSON, "syntax", "$"},
		{"other case", `True`, ErrJSON, "syntax", "$"},
		{"not a number", `NaN`, ErrJSON, "syntax", "$"},
		{"plus", `+1`, ErrJSON, "syntax", "$"},
		{"leading zero", `01`, ErrJSON, "number", "$"},
		{"no fraction", `1.`, ErrJSON, "number", "$"},
		{"no whole part", `-.5`, ErrJSON, "number", "$"},
		{"minus alone", `-`, ErrJSON, "number", "$"},
		{"negative zero", `-0`, ErrJSON, "number", "$"},
		{"negative zero with fraction", `-0.00`, ErrJSON, "number", "$"},
		{"exponent", `{"a":1e3}`, ErrJSON, "number", "$.a"},
		{"2^53", `9007199254740992`, ErrJSON, "number", "$"},
		{"2^53 with fraction", `9007199254740993.0`, ErrJSON, "number", "$"},
		{"huge", strings.Repeat("9", 400), ErrJSON, "number", "$"},
		{"sixteen digits", `1.000000000000001`, ErrJSON, "number", "$"},
		{"below 1e-6", `0.0000009`, ErrJSON, "number", "$"},
		{"too deep", strings.Repeat("[", MaxDepth+1), ErrLimit, "depth", ""},
		{"too deep in objects", strings.Repeat(`{"a":`, MaxDepth+1), ErrLimit, "depth", ""},
		{"too many nodes", "[" + strings.Repeat("0,", MaxNodes) + "0]", ErrLimit, "nodes", "$[1999]"},
		{"too long", `"` + strings.Repeat("a", MaxBytes) + `"`, ErrLimit, "size", "$"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := Decode([]byte(c.text))
			wantRefusal(t, err, c.family, c.rule, c.path)
		})
	}
}

func TestDecodeObject(t *testing.T) {
	t.Parallel()
	_, err := DecodeObject([]byte(`[{}]`))
	wantRefusal(t, err, ErrJSON, "object", "$")
	if got, err := DecodeObject([]byte(`{"a":1}`)); err != nil || len(got) != 1 {
		t.Errorf("got %v, %v", got, err)
	}
}

// A path may come into a log or an answer: it must not carry what a stranger
// wrote beyond short plain names, and the refused value never.
func TestPathsAreSafe(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		`{"@context":{"a":-0}}`: "$['@context'].a",
		`{"a b":-0}`:            "$['a b']",
		`{"1a":-0}`:             "$['1a']",
		`{"":-0}`:               "$['']",
		`{"é'\n\\":-0}`:         "$['?????']",
		fmt.Sprintf(`{%q:-0}`, strings.Repeat("x", 9_000)):   "$['" + strings.Repeat("x", maxPathKey) + "...']",
		`{"a":[[0,"secret\u0001"]]}`:                         "$.a[0][1]",
		`{"a_very_long_but_still_quite_ordinary_name":-0}`:   "$['a_very_long_but_still_quite_ordinary_nam...']",
		`{"narrative":"secret secret secret \ud800 secret"}`: "$.narrative",
	}
	for text, want := range cases {
		_, err := Decode([]byte(text))
		var refusal *Error
		if !errors.As(err, &refusal) || refusal.Path != want {
			t.Errorf("%.60s: got %v, want path %s", text, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error repeats the value: %v", text, err)
		}
	}
}
