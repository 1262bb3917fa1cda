package jsonld

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func readFile(t testing.TB, path ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(append([]string{"testdata"}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// readDocument decodes a file of testdata.
func readDocument(t testing.TB, path ...string) map[string]any {
	t.Helper()
	document, err := DecodeObject(readFile(t, path...))
	if err != nil {
		t.Fatalf("%v: %v", path, err)
	}
	return document
}

// documents gives every document of testdata that Decode accepts, by name.
func documents(t testing.TB) map[string]map[string]any {
	t.Helper()
	found := map[string]map[string]any{}
	for _, folder := range []string{"canonical", "judged", "samples"} {
		paths, err := filepath.Glob(filepath.Join("testdata", folder, "*.json"))
		if err != nil || len(paths) == 0 {
			t.Fatalf("no documents in %s: %v", folder, err)
		}
		for _, path := range paths {
			name := filepath.Base(path)
			if name != "doc4.json" { // refused by Decode, on purpose
				found[name] = readDocument(t, folder, name)
			}
		}
	}
	return found
}

// options gives what a document of testdata needs.
func optionsFor(name string) []Option {
	if name == "examples.json" {
		return []Option{WithExamples()}
	}
	return nil
}

// loose decodes JSON as the standard library does, with what we refuse.
func loose(t testing.TB, data []byte) map[string]any {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var document map[string]any
	if err := decoder.Decode(&document); err != nil {
		t.Fatal(err)
	}
	return document
}

// clone copies a decoded value.
func clone(value any) any {
	switch v := value.(type) {
	case map[string]any:
		copied := make(map[string]any, len(v))
		for name, member := range v {
			copied[name] = clone(member)
		}
		return copied
	case []any:
		copied := make([]any, len(v))
		for i, item := range v {
			copied[i] = clone(item)
		}
		return copied
	}
	return value
}

// wantRefusal checks family, rule and path of an error; an empty path is not
// compared.
func wantRefusal(t *testing.T, err, family error, rule, path string) {
	t.Helper()
	var refusal *Error
	if !errors.As(err, &refusal) || !errors.Is(err, family) {
		t.Fatalf("got %v, want %v (%s)", err, family, rule)
	}
	if refusal.Rule != rule || path != "" && refusal.Path != path {
		t.Errorf("got %s at %s, want %s at %s", refusal.Rule, refusal.Path, rule, path)
	}
	if !strings.Contains(err.Error(), rule) {
		t.Errorf("the error does not say its rule: %v", err)
	}
}
