package jsonld

import (
	"encoding/json"
	"testing"
)

// Expected forms follow ECMAScript's toExponential(15) and the examples of
// JSON-LD 1.1 API §8.2.
func TestNumberTerm(t *testing.T) {
	t.Parallel()
	const decimal = "https://www.w3.org/2001/XMLSchema#float"
	cases := []struct{ text, datatype, value, want string }{
		{"0", "", "0", xsdInteger},
		{"-7", "", "-7", xsdInteger},
		{"3.0", "", "3", xsdInteger},
		{"0.0", "", "0", xsdInteger},
		{"9007199254740991", "", "9007199254740991", xsdInteger},
		{"2.5", "", "2.5E0", xsdDouble},
		{"-0.5", "", "-5.0E-1", xsdDouble},
		{"0.000001", "", "1.0E-6", xsdDouble},
		{"44.5644", "", "4.45644E1", xsdDouble},
		{"123456789012.345", "", "1.23456789012345E11", xsdDouble},
		{"100.10", "", "1.001E2", xsdDouble},
		{"3", decimal, "3", decimal},
		{"2.5", decimal, "2.5E0", decimal},
		{"1e21", decimal, "1.0E21", decimal},
		{"3", xsdDouble, "3.0E0", xsdDouble},
		{"100", xsdDouble, "1.0E2", xsdDouble},
	}
	for _, c := range cases {
		want := Term{Kind: Literal, Value: c.value, Datatype: c.want}
		if got := numberTerm(c.text, c.datatype); got != want {
			t.Errorf("%s %s: got %v, want %v", c.text, c.datatype, got, want)
		}
	}
}

// The sample of RFC 8785 §3.2.3 for the order of names, and its escapes.
func TestJCS(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		`{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","ö":"Latin Small Letter O With Diaeresis"}`: `{"\r":"Carriage Return","1":"One","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face","` + "\ufb33" + `":"Hebrew Letter Dalet With Dagesh"}`,
		`[ 1.0, 2.50, -3, 0.000001, 9007199254740991, 100 ]`: `[1,2.5,-3,0.000001,9007199254740991,100]`,
		`[true,false,null,{},[]]`:                            `[true,false,null,{},[]]`,
		`"\"\\\/\n\t\r"`:                                     `"\"\\/\n\t\r"`,
	}
	for text, want := range cases {
		value, err := Decode([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if got := string(appendJCS(nil, value)); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if got, want := string(appendJCS(nil, "\x01\b\f\x1f\x7f")), `"\u0001\b\f\u001f`+"\x7f\""; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestLanguageTags(t *testing.T) {
	t.Parallel()
	for tag, want := range map[string]bool{
		"fr": true, "fr-FR": true, "de-CH-1996": true, "x-a1": true, "abcdefgh": true,
		"": false, "-": false, "fr-": false, "-fr": false, "fr--FR": false, "f1": false, "fr_FR": false,
		"abcdefghi": false, "fr-abcdefghi": false, "fr é": false,
	} {
		if got := wellFormedLanguage(tag); got != want {
			t.Errorf("%q: %t", tag, got)
		}
	}
}

// Contexts give some classes and properties one IRI; each word keeps its use.
func TestClassAndPropertyOfOneIRI(t *testing.T) {
	t.Parallel()
	l, err := parseContext([]byte(`{"@context":{"Criteria":"https://example.org/Criteria","criteria":"https://example.org/Criteria","cred":"https://example.org/"}}`))
	if err != nil {
		t.Fatal(err)
	}
	v, broken := newVocabulary(new(memory)).apply(l, byDocument)
	if broken != "" {
		t.Fatal(broken)
	}
	for word, want := range map[string]string{
		"Criteria": "", "criteria": "propertyAsType", "cred:Criteria": "compactIRI",
		"https://example.org/Criteria": "notCompact", "https://example.org/Other": "", "Other": "undefinedType",
	} {
		if _, rule := v.word(word); rule != want {
			t.Errorf("%s: %q, want %q", word, rule, want)
		}
	}
	if rule := v.reference("cred:Criteria"); rule != "compactIRI" {
		t.Errorf("a compact identifier: %q", rule)
	}
}

func TestLiteralTakesOneKind(t *testing.T) {
	t.Parallel()
	const schema = "https://www.w3.org/2001/XMLSchema#"
	cases := []struct {
		value    any
		datatype string
		fits     bool
	}{
		{true, schema + "boolean", true}, {"true", schema + "boolean", false}, {json.Number("1"), schema + "boolean", false},
		{json.Number("1"), schema + "float", true}, {"1", schema + "float", false}, {true, schema + "integer", false},
		{"2026-11-22", schema + "date", true}, {json.Number("2026"), schema + "date", false}, {false, "urn:d", false},
		{"a", "", true}, {json.Number("1"), "", true}, {true, "", true}, {nil, "", false}, {[]any{}, "", false},
		{"a", xsdString, true}, {"a", rdfLang, false}, {"a", "https://example.org/XMLSchema#boolean", true},
	}
	for _, c := range cases {
		if _, rule := literal(c.value, c.datatype); (rule == "") != c.fits {
			t.Errorf("%v as %s: %q", c.value, c.datatype, rule)
		}
	}
}
