package jsonld

import (
	"errors"
	"slices"
	"testing"
)

// What a document may define by itself, where that is allowed.
func TestInlineContexts(t *testing.T) {
	t.Parallel()
	const extra = "https://example.org/#"
	for name, c := range map[string]struct {
		contexts string // after that of VC 2.0
		typeName string
		broken   string // rule, "" if the document is accepted
	}{
		"a type":                      {`{"Extra":"` + extra + `Extra"}`, "Extra", ""},
		"a context document":          {`{"@context":{"Extra":"` + extra + `Extra"}}`, "Extra", ""},
		"an expanded term":            {`{"Extra":{"@id":"` + extra + `Extra"}}`, "Extra", ""},
		"a vocabulary":                {`{"@vocab":"` + extra + `"}`, "Extra", ""},
		"one over the other":          {`{"Extra":"` + extra + `Other"},{"Extra":"` + extra + `Extra"}`, "Extra", ""},
		"nothing":                     {`{}`, "Extra", "undefinedType"},
		"a term that is no IRI":       {`{"Extra":"https ://not-an-iri#Extra"}`, "Extra", "termIRI"},
		"a term of the base context":  {`{"VerifiableCredential":"` + extra + `Extra"}`, "VerifiableCredential", "protectedTerm"},
		"a term protected before":     {`{"@protected":true,"Extra":"` + extra + `Extra"},{"Extra":"` + extra + `Other"}`, "Extra", "protectedTerm"},
		"no vocabulary":               {`{"@vocab":null}`, "Extra", "unsupported"},
		"a base":                      {`{"@base":"` + extra + `"}`, "Extra", "unsupported"},
		"an import":                   {`{"@import":"` + extra + `"}`, "Extra", "unsupported"},
		"a term without a name":       {`{"":"` + extra + `Extra"}`, "Extra", "unsupported"},
		"a document with more in it":  {`{"@context":{"Extra":"` + extra + `Extra"},"Extra":"` + extra + `Extra"}`, "Extra", "unsupported"},
		"a number in place of an IRI": {`{"Extra":1}`, "Extra", "unsupported"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			document := decodeObject(t, `{"@context":["`+vc2+`",`+c.contexts+`],"type":["VerifiableCredential","`+c.typeName+`"]}`)
			quads, err := Quads(t.Context(), document, WithInline())
			var refusal *Error
			switch {
			case c.broken == "" && err != nil:
				t.Fatal(err)
			case c.broken == "":
				want := Term{Kind: IRI, Value: extra + "Extra"}
				if !slices.ContainsFunc(quads, func(q Quad) bool { return q.Object == want }) {
					t.Errorf("the type is not said: %v", quads)
				}
			case !errors.As(err, &refusal) || refusal.Rule != c.broken:
				t.Errorf("%v, want %s", err, c.broken)
			}
		})
	}
}

// A stranger's contexts do not stay in the memory that all documents share.
func TestInlineContextsAreForgotten(t *testing.T) {
	t.Parallel()
	l, err := standard()
	if err != nil {
		t.Fatal(err)
	}
	document := `{"@context":["` + vc2 + `",{"Extra":"urn:extra"},"` + ob303 + `"],"type":["VerifiableCredential","Extra"]}`
	if _, err := Quads(t.Context(), decodeObject(t, document), WithInline()); err != nil {
		t.Fatal(err)
	}
	l.empty.memory.mu.RLock()
	defer l.empty.memory.mu.RUnlock()
	for _, generation := range []map[derivation]*vocabulary{l.empty.memory.young, l.empty.memory.old} {
		for _, made := range generation {
			if _, remembered := made.terms["Extra"]; remembered {
				t.Fatal("a vocabulary with the document's own term is remembered")
			}
		}
	}
}

// The canonical forms are those of jsonld 9.0.0 (npm) with rdfDirection
// i18n-datatype.
func TestDirection(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ value, want, broken string }{
		"both":               {`{"@value":"a","@language":"ar-EG","@direction":"rtl"}`, i18n + "ar-eg_rtl", ""},
		"direction alone":    {`{"@value":"a","@direction":"ltr"}`, i18n + "_ltr", ""},
		"another direction":  {`{"@value":"a","@direction":"up"}`, "", "direction"},
		"not a text":         {`{"@value":1,"@direction":"ltr"}`, "", "direction"},
		"malformed language": {`{"@value":"a","@language":"e n","@direction":"ltr"}`, "", "language"},
		"language no text":   {`{"@value":"a","@language":1,"@direction":"ltr"}`, "", "language"},
		"with a datatype":    {`{"@value":"a","@type":"urn:x","@direction":"ltr"}`, "", "typeAndLanguage"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			document := decodeObject(t, `{"@context":["`+vc2+`"],"type":"VerifiableCredential","name":`+c.value+`}`)
			quads, err := Quads(t.Context(), document, WithDirection())
			var refusal *Error
			if c.broken != "" {
				if !errors.As(err, &refusal) || refusal.Rule != c.broken {
					t.Errorf("%v, want %s", err, c.broken)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			want := Term{Kind: Literal, Value: "a", Datatype: c.want}
			if !slices.ContainsFunc(quads, func(q Quad) bool { return q.Object == want }) {
				t.Errorf("%v is not said in %v", want, quads)
			}
		})
	}
}

func decodeObject(t *testing.T, text string) map[string]any {
	t.Helper()
	document, err := DecodeObject([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return document
}
