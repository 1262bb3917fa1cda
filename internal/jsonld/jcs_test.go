package jsonld

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// anyJSON decodes all of JSON, as RFC 8785 takes it.
func anyJSON(t testing.TB, text string) any {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

// The examples of RFC 8785 §3.2.2 and §3.2.3, and one of French order.
func TestJCSOfTheRFC(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],
		  "string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`: `{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],` +
			`"string":"€$\u000f\nA'B\"\\\\\"/"}`,
		`{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
		  "\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}`: `{"\r":"Carriage Return","1":"One",` + "\"\u0080\"" + `:"Control","ö":"Latin Small Letter O With Diaeresis",` +
			`"€":"Euro Sign","😀":"Emoji: Grinning Face",` + "\"\ufb33\"" + `:"Hebrew Letter Dalet With Dagesh"}`,
		`{"peach":1,"péché":2,"pêche":3,"sin":4}`:         `{"peach":1,"péché":2,"pêche":3,"sin":4}`,
		`[56,{"d":true,"10":null,"1":[]},{},"\u007f\b/"]`: "[56,{\"1\":[],\"10\":null,\"d\":true},{},\"\u007f\\b/\"]",
		` "a" `: `"a"`, `true`: `true`, `null`: `null`, `-0.0`: `0`, `[]`: `[]`,
	} {
		got, err := JCS(anyJSON(t, text))
		if err != nil || string(got) != want {
			t.Errorf("got  %s\nwant %s\n%v", got, want, err)
		}
	}
}

// The table of RFC 8785 appendix B: the bits of a float64 and what ECMAScript
// writes for it.
var es6 = map[uint64]string{
	0x0000000000000000: "0", 0x8000000000000000: "0", 0x0000000000000001: "5e-324", 0x8000000000000001: "-5e-324",
	0x7fefffffffffffff: "1.7976931348623157e+308", 0xffefffffffffffff: "-1.7976931348623157e+308",
	0x4340000000000000: "9007199254740992", 0xc340000000000000: "-9007199254740992", 0x4430000000000000: "295147905179352830000",
	0x44b52d02c7e14af5: "9.999999999999997e+22", 0x44b52d02c7e14af6: "1e+23", 0x44b52d02c7e14af7: "1.0000000000000001e+23",
	0x444b1ae4d6e2ef4e: "999999999999999700000", 0x444b1ae4d6e2ef4f: "999999999999999900000", 0x444b1ae4d6e2ef50: "1e+21",
	0x3eb0c6f7a0b5ed8c: "9.999999999999997e-7", 0x3eb0c6f7a0b5ed8d: "0.000001",
	0x41b3de4355555553: "333333333.3333332", 0x41b3de4355555554: "333333333.33333325", 0x41b3de4355555555: "333333333.3333333",
	0x41b3de4355555556: "333333333.3333334", 0x41b3de4355555557: "333333333.33333343",
	0xbecbf647612f3696: "-0.0000033333333333333333", 0x43143ff3c1cb0959: "1424953923781206.2",
}

func TestES6Numbers(t *testing.T) {
	t.Parallel()
	for bits, want := range es6 {
		f := math.Float64frombits(bits)
		for _, format := range "efg" {
			text := strconv.FormatFloat(f, byte(format), -1, 64)
			if got, err := JCS(json.Number(text)); err != nil || string(got) != want {
				t.Errorf("%x as %s: %s, want %s, %v", bits, text, got, want, err)
			}
		}
	}
	random := rand.New(rand.NewPCG(8785, 0))
	for range 20_000 {
		f := math.Float64frombits(random.Uint64())
		if math.IsNaN(f) || math.IsInf(f, 0) {
			continue
		}
		text := string(appendES6(nil, f))
		if again, err := strconv.ParseFloat(text, 64); err != nil || again != f || !jsonNumber(text) {
			t.Fatalf("%x is written %s", math.Float64bits(f), text)
		}
	}
}

// The order of names is that of their UTF-16 code units, which Go has a slow way
// to find too.
func TestCompareUTF16(t *testing.T) {
	t.Parallel()
	random, alphabet := rand.New(rand.NewPCG(16, 0)), []rune("\x00a~\u007f\u0080é\u07ff\u0800€\ud7ff\ue000\uffff😀😁\U0010ffff")
	word := func() string {
		letters := make([]rune, random.IntN(4))
		for i := range letters {
			letters[i] = alphabet[random.IntN(len(alphabet))]
		}
		return string(letters)
	}
	for range 50_000 {
		a, b := word(), word()
		want := slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
		if got := compareUTF16(a, b); (got < 0) != (want < 0) || (got > 0) != (want > 0) {
			t.Fatalf("%q and %q: %d, want %d", a, b, got, want)
		}
	}
}

func TestJCSRefuses(t *testing.T) {
	t.Parallel()
	deep := any("x")
	for range MaxDepth {
		deep = []any{deep}
	}
	for name, c := range map[string]struct {
		value any
		want  error
		path  string
	}{
		"too deep":             {[]any{deep}, ErrLimit, "$" + strings.Repeat("[0]", MaxDepth)},
		"too many values":      {make([]any, MaxNodes), ErrLimit, ""},
		"too large":            {[]any{strings.Repeat("a", MaxBytes), "b"}, ErrLimit, "$[1]"},
		"too large a number":   {json.Number(strings.Repeat("1", MaxBytes+1)), ErrLimit, "$"},
		"broken UTF-8":         {map[string]any{"a": "\xff"}, ErrJSON, "$.a"},
		"half a surrogate":     {"\xed\xa0\x80", ErrJSON, "$"},
		"broken name":          {map[string]any{"\xff": "a"}, ErrJSON, ""},
		"infinity":             {json.Number("1e400"), ErrJSON, "$"},
		"Infinity":             {json.Number("Infinity"), ErrJSON, "$"},
		"NaN":                  {json.Number("NaN"), ErrJSON, "$"},
		"hexadecimal":          {json.Number("0x1p4"), ErrJSON, "$"},
		"underscores":          {json.Number("1_000"), ErrJSON, "$"},
		"a plus":               {json.Number("+1"), ErrJSON, "$"},
		"a zero in front":      {json.Number("01"), ErrJSON, "$"},
		"no digits":            {json.Number("."), ErrJSON, "$"},
		"nothing before":       {json.Number(".5"), ErrJSON, "$"},
		"nothing behind":       {json.Number("5."), ErrJSON, "$"},
		"an empty exponent":    {json.Number("5e"), ErrJSON, "$"},
		"a signed exponent":    {json.Number("5e+-1"), ErrJSON, "$"},
		"two exponents":        {json.Number("5e1e1"), ErrJSON, "$"},
		"a number's emptiness": {json.Number(""), ErrJSON, "$"},
		"a float64":            {1.5, ErrJSON, "$"},
		"an int":               {map[string]any{"a": []any{1}}, ErrJSON, "$.a[0]"},
		"bytes":                {[]byte("{}"), ErrJSON, "$"},
	} {
		got, err := JCS(c.value)
		var refusal *Error
		if !errors.Is(err, c.want) || got != nil || !errors.As(err, &refusal) || c.path != "" && refusal.Path != c.path {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := JCS(deep); err != nil {
		t.Errorf("at the limit: %v", err)
	}
}

// What Decode reads is read back from its canonical form, and written alike.
func TestJCSOfDocuments(t *testing.T) {
	t.Parallel()
	tried := 0
	for name, document := range documents(t) {
		tried++
		text, err := JCS(document)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		again, err := DecodeObject(text)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if other, err := JCS(again); err != nil || !bytes.Equal(other, text) {
			t.Errorf("%s: %v", name, err)
		}
		var names []string
		for _, member := range slices.Sorted(maps.Keys(document)) {
			names = append(names, strconv.Itoa(bytes.Index(text, []byte(strconv.Quote(member)+":"))))
		}
		if slices.Contains(names, "-1") {
			t.Errorf("%s: a member is missing", name)
		}
	}
	if tried < 8 {
		t.Errorf("only %d documents", tried)
	}
}

// FuzzJCS: the canonical form of any JSON is JSON of the same value, and its own
// canonical form; two values have one form only if they are equal, numbers as
// float64.
func FuzzJCS(f *testing.F) {
	addDocuments(f)
	for _, text := range []string{`[1e30,-0,5e-324,1.7976931348623157e308,9007199254740993,1e-7]`, `{"\u0000":"\u001f","😀":1,"\ufb33":2}`, `"\/"`, `1e400`, `{"a":{"a":[[],{}]}}`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.UseNumber()
		var value any
		if decoder.Decode(&value) != nil {
			return
		}
		text, err := JCS(value)
		if err != nil {
			if !isRefusal(err) {
				t.Fatalf("without a place: %v", err)
			}
			return
		}
		again, err := JCS(anyJSON(t, string(text)))
		if err != nil || !bytes.Equal(again, text) {
			t.Fatalf("%v: got\n%s\nwant\n%s", err, again, text)
		}
		var one, other any
		if json.Unmarshal(data[:decoder.InputOffset()], &one) == nil && json.Unmarshal(text, &other) == nil && !equalValues(one, other) {
			t.Fatalf("%s stands for %s", text, data)
		}
	})
}

// equalValues compares what encoding/json reads with float64.
func equalValues(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(bytes.ReplaceAll(x, []byte("-0"), []byte("0")), bytes.ReplaceAll(y, []byte("-0"), []byte("0")))
}
