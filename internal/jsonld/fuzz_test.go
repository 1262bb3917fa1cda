package jsonld

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func addDocuments(f *testing.F) {
	f.Helper()
	for _, folder := range []string{"canonical", "judged", "samples"} {
		paths, err := filepath.Glob(filepath.Join("testdata", folder, "*.json"))
		if err != nil {
			f.Fatal(err)
		}
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
}

// FuzzDecode: no input makes Decode panic; what it accepts, the standard library
// reads to the same value; what it refuses, it refuses with a place.
func FuzzDecode(f *testing.F) {
	addDocuments(f)
	for _, text := range []string{
		``, `{}`, `[1,2.5,-0,1e3]`, `{"a":1,"\u0061":2}`, `"\ud83d\ude00"`, `"\ud83d"`, "\"\x01\"", `[[[[[[]]]]]]`,
		`{"a":null,"b":true,"c":false}`, "\uFEFF{}", `{"é":"\u00e9\n"}`, `"\uFFFE"`, `{"a":1}{}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		value, err := Decode(data)
		if err != nil {
			if !isRefusal(err) {
				t.Fatalf("without a place: %v", err)
			}
			return
		}
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.UseNumber()
		var other any
		if err := decoder.Decode(&other); err != nil {
			t.Fatalf("encoding/json refuses: %v", err)
		}
		if !reflect.DeepEqual(value, other) {
			t.Fatalf("read %#v, encoding/json %#v", value, other)
		}
		again, err := Decode(appendJCS(nil, value))
		if err != nil || string(appendJCS(nil, again)) != string(appendJCS(nil, value)) {
			t.Fatalf("the canonical JSON does not read back: %v", err)
		}
	})
}

// FuzzQuads: what is accepted has all its text in the canonical lines, and the
// lines read back to themselves.
func FuzzQuads(f *testing.F) {
	addDocuments(f)
	heading := `{"@context":["` + vc2 + `","` + ob303 + `"],`
	for _, members := range []string{
		`"id":"urn:a","name":"a"}`, `"type":["Achievement"],"criteria":{"narrative":"a"}}`,
		`"name":{"@value":"a","@language":"fr"}}`, `"type":"ResultDescription","allowedValue":["a",["b"]]}`,
		`"type":"VerifiablePresentation","verifiableCredential":{"@context":["` + vc2 + `"],"name":"a"}}`,
		`"cnf":{"jwk":{"a":[1,null]}}}`, `"_sd":[],"exp":1}`, `"evidence":[{},{},{}]}`,
	} {
		f.Add([]byte(heading + members))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		document, err := DecodeObject(data)
		if err != nil {
			return
		}
		quads, err := Quads(context.Background(), document)
		if err != nil {
			if !isRefusal(err) {
				t.Fatalf("without a place: %v", err)
			}
			return
		}
		lines, err := Canonicalize(context.Background(), quads, Options{BlankNodes: MaxBlankNodes})
		if errors.Is(err, ErrBudget) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		again, err := ParseNQuads(lines)
		if err != nil {
			t.Fatalf("%v in\n%s", err, lines)
		}
		other, err := Canonicalize(context.Background(), again, Options{})
		if err != nil || !bytes.Equal(other, lines) {
			t.Fatalf("%v: got\n%s\nwant\n%s", err, other, lines)
		}
		for _, l := range leavesAt(document) {
			if text, isText := l.value.(string); isText && !said(lines, l.name, text) {
				t.Fatalf("%q is in no line of\n%s", text, lines)
			}
		}
	})
}

// said looks for a text of a document in its lines. Types and the values of
// @vocab terms are said by IRI, JSON literals escaped twice, languages in
// lower case: those are left to the other tests.
func said(lines []byte, name, text string) bool {
	if name == "" || strings.HasPrefix(name, "@") || strings.HasPrefix(name, "_sd") || name == "type" || name == "proofPurpose" || name == "jsonSchema" {
		return true
	}
	return bytes.Contains(lines, appendEscaped(nil, text)) || bytes.Contains(lines, []byte("<"+text+">")) || inJSON(lines)
}

func inJSON(lines []byte) bool { return bytes.Contains(lines, []byte("^^<"+rdfJSON+">")) }

// FuzzParseNQuads: what is accepted canonicalises, and its canonical lines read
// back to themselves.
func FuzzParseNQuads(f *testing.F) {
	paths, err := filepath.Glob(filepath.Join("testdata", "*", "*.nq"))
	if err != nil || len(paths) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, text := range []string{
		"", "# a\n", "<urn:s> <urn:p> <urn:o> <urn:g> .", "_:a <urn:p> _:b .\r\n_:b <urn:p> _:a .\r",
		`<urn:\u00e9> <urn:p> "\U0001F600\"\\"@fr-FR .`, `<urn:s> <urn:p> "a"^^<urn:d> _:g .`, `<urn:a\u003Eb> <urn:p> "" .`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<14 {
			return
		}
		quads, err := ParseNQuads(data)
		if err != nil {
			if !isRefusal(err) || !errors.Is(err, ErrQuad) {
				t.Fatal(err)
			}
			return
		}
		lines, err := Canonicalize(context.Background(), quads, Options{Budget: 2_000})
		if errors.Is(err, ErrBudget) {
			return
		}
		if err != nil {
			t.Fatalf("read but not written: %v", err)
		}
		again, err := ParseNQuads(lines)
		if err != nil {
			t.Fatalf("written but not read: %v\n%s", err, lines)
		}
		other, err := Canonicalize(context.Background(), again, Options{})
		if err != nil || !bytes.Equal(other, lines) {
			t.Fatalf("%v: got\n%s\nwant\n%s", err, other, lines)
		}
	})
}
