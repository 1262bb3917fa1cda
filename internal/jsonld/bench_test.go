package jsonld

import (
	"context"
	"errors"
	"testing"
)

// The standard workload document: 95 statements, 10 blank nodes.
func BenchmarkDecode(b *testing.B) {
	data := readFile(b, "canonical", "doc0.json")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Decode(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkQuads(b *testing.B) {
	document := readDocument(b, "canonical", "doc0.json")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Quads(context.Background(), document); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCanonicalize(b *testing.B) {
	quads, err := Quads(context.Background(), readDocument(b, "canonical", "doc0.json"))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Canonicalize(context.Background(), quads, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// The floor beside it: json-gold does decoding's successor, from the document to
// the canonical lines, in one call.
func BenchmarkJSONGoldNormalize(b *testing.B) {
	j, document := newJudge(b), readDocument(b, "canonical", "doc0.json")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := j.canonical(b, document); err != nil {
			b.Fatal(err)
		}
	}
}

// The dearest refusal: a graph that takes the whole budget.
func BenchmarkRefuseClique(b *testing.B) {
	quads := clique(40)
	for b.Loop() {
		if _, err := Canonicalize(context.Background(), quads, Options{}); !errors.Is(err, ErrBudget) {
			b.Fatal(err)
		}
	}
}
