package jsonld

import (
	"context"
	"crypto"
	"encoding/csv"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"testing"
)

// The W3C tests of RDF canonicalisation are no part of the project: they run
// when their folder stands beside it. There must be 64 tests of the output, 21 of
// the map of names, and 1 graph that must be refused.
func TestW3CCanonicalization(t *testing.T) {
	t.Parallel()
	folder := filepath.Join("..", "..", "..", "shared", "data", "rdf-canon")
	file, err := os.Open(filepath.Join(folder, "manifest.csv"))
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("no W3C tests beside the project")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var evaluated, mapped, refused int
	for _, row := range rows[1:] {
		test := w3cTest{folder: filepath.Join(folder, "rdfc10"), name: row[0]}
		if row[5] == "SHA384" {
			test.options.Hash = crypto.SHA384
		}
		if row[6] == "TRUE" {
			evaluated += test.evaluate(t)
		}
		if row[7] == "TRUE" {
			mapped += test.mapNames(t)
		}
		if row[6] == "RDFC10NegativeEvalTest" {
			refused += test.refuse(t)
		}
	}
	t.Logf("W3C rdf-canon: %d + %d + %d passed", evaluated, mapped, refused)
	if evaluated != 64 || mapped != 21 || refused != 1 {
		t.Errorf("passed %d + %d + %d, want 64 + 21 + 1", evaluated, mapped, refused)
	}
}

type w3cTest struct {
	folder, name string
	options      Options
}

func (w w3cTest) read(t *testing.T, suffix string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(w.folder, w.name+suffix))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func (w w3cTest) quads(t *testing.T) []Quad {
	t.Helper()
	quads, err := ParseNQuads(w.read(t, "-in.nq"))
	if err != nil {
		t.Fatalf("%s: %v", w.name, err)
	}
	return quads
}

func (w w3cTest) evaluate(t *testing.T) int {
	t.Helper()
	got, err := Canonicalize(context.Background(), w.quads(t), w.options)
	if err != nil {
		t.Errorf("%s: %v", w.name, err)
		return 0
	}
	if want := w.read(t, "-rdfc10.nq"); string(got) != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", w.name, got, want)
		return 0
	}
	return 1
}

func (w w3cTest) mapNames(t *testing.T) int {
	t.Helper()
	got, err := CanonicalizeMap(context.Background(), w.quads(t), w.options)
	if err != nil {
		t.Errorf("%s: %v", w.name, err)
		return 0
	}
	var want map[string]string
	if err := json.Unmarshal(w.read(t, "-rdfc10map.json"), &want); err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(got, want) {
		t.Errorf("%s: got %v, want %v", w.name, got, want)
		return 0
	}
	return 1
}

func (w w3cTest) refuse(t *testing.T) int {
	t.Helper()
	if _, err := Canonicalize(context.Background(), w.quads(t), w.options); !errors.Is(err, ErrBudget) {
		t.Errorf("%s: got %v, want %v", w.name, err, ErrBudget)
		return 0
	}
	return 1
}
