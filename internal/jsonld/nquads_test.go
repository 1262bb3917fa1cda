package jsonld

import (
	"context"
	"slices"
	"strings"
	"testing"
)

func TestParseNQuads(t *testing.T) {
	t.Parallel()
	text := "# un commentaire\n" +
		"\n" +
		"<urn:s> <urn:p> <urn:o> .\n" +
		"\t<urn:s>\t<urn:p> _:b.1-é <urn:g> . # fin\r\n" +
		"_:b.1-é<urn:p>\"a\\u00e9\\U0001F600\\\"\\t\"@fr-FR _:0.\r" +
		"<urn:\\u00e9> <urn:p> \"1\"^^<urn:d>."
	want := []Quad{
		{Subject: iriTerm("urn:s"), Predicate: iriTerm("urn:p"), Object: iriTerm("urn:o")},
		{Subject: iriTerm("urn:s"), Predicate: iriTerm("urn:p"), Object: blankTerm("b.1-é"), Graph: iriTerm("urn:g")},
		{Subject: blankTerm("b.1-é"), Predicate: iriTerm("urn:p"), Object: Term{Kind: Literal, Value: "aé😀\"\t", Language: "fr-FR"}, Graph: blankTerm("0")},
		{Subject: iriTerm("urn:é"), Predicate: iriTerm("urn:p"), Object: Term{Kind: Literal, Value: "1", Datatype: "urn:d"}},
	}
	got, err := ParseNQuads([]byte(text))
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
	if got, err := ParseNQuads(nil); err != nil || len(got) != 0 {
		t.Errorf("nothing: %v, %v", got, err)
	}
}

func TestParseNQuadsRefuses(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		`<urn:s> <urn:p> <urn:o>`:                   "syntax",
		`<urn:s> <urn:p> .`:                         "syntax",
		`<urn:s> <urn:p> <urn:o> <urn:g> <urn:h> .`: "syntax",
		`<urn:s> <urn:p> <urn:o> "g" .`:             "syntax",
		`<urn:s> <urn:p> <urn:o> . x`:               "syntax",
		`<urn:s> <urn:p> <urn:o> . <urn:s>`:         "syntax",
		`<urn:s> _:p <urn:o> .`:                     "syntax",
		`"s" <urn:p> <urn:o> .`:                     "syntax",
		`<urn:s <urn:p> <urn:o> .`:                  "iriCharacter",
		`<urn:s`:                                    "syntax",
		`<s> <urn:p> <urn:o> .`:                     "relativeIRI",
		`<> <urn:p> <urn:o> .`:                      "relativeIRI",
		`<urn:a b> <urn:p> <urn:o> .`:               "iriCharacter",
		`<urn:a\u0020b> <urn:p> <urn:o> .`:          "iriCharacter",
		`<urn:a\u003Eb> <urn:p> <urn:o> .`:          "iriCharacter",
		`<urn:a\tb> <urn:p> <urn:o> .`:              "escape",
		`<urn:s> <urn:p> "a\x" .`:                   "escape",
		`<urn:s> <urn:p> "a\u12" .`:                 "escape",
		`<urn:s> <urn:p> "a\u12g4" .`:               "escape",
		`<urn:s> <urn:p> "a\uD800" .`:               "escape",
		`<urn:s> <urn:p> "a\U00110000" .`:           "escape",
		`<urn:s> <urn:p> "a .`:                      "syntax",
		`<urn:s> <urn:p> "a\`:                       "syntax",
		`<urn:s> <urn:p> "a"^<urn:d> .`:             "syntax",
		`<urn:s> <urn:p> "a"^^"d" .`:                "syntax",
		`<urn:s> <urn:p> "a"^^<d> .`:                "relativeIRI",
		`<urn:s> <urn:p> "a"^^<` + rdfLang + `> .`:  "datatype",
		`<urn:s> <urn:p> "a"@ .`:                    "language",
		`<urn:s> <urn:p> "a"@1 .`:                   "language",
		`<urn:s> <urn:p> "a"@fr- .`:                 "language",
		`<urn:s> <urn:p> "a"@abcdefghi .`:           "language",
		`_: <urn:p> <urn:o> .`:                      "label",
		`_:-a <urn:p> <urn:o> .`:                    "label",
		`_a <urn:p> <urn:o> .`:                      "syntax",
		"<urn:s> <urn:p> \"a\xff\" .":               "utf8",
		"<urn:s> <urn:p> \"a\nb\" .":                "syntax",
	}
	for text, rule := range cases {
		_, err := ParseNQuads([]byte("<urn:s> <urn:p> <urn:o> .\n" + text))
		t.Run(text, func(t *testing.T) { wantRefusal(t, err, ErrQuad, rule, "line 2") })
	}
}

// What we write, we read, and write the same again.
func TestCanonicalLinesReadBack(t *testing.T) {
	t.Parallel()
	for name, document := range documents(t) {
		lines := mustCanonical(t, name, document)
		quads, err := ParseNQuads(lines)
		if err != nil || len(quads) != strings.Count(string(lines), "\n") {
			t.Fatalf("%s: %v", name, err)
		}
		again, err := Canonicalize(context.Background(), quads, Options{})
		if err != nil || string(again) != string(lines) {
			t.Errorf("%s: %v\n%s\nwant\n%s", name, err, again, lines)
		}
	}
}
