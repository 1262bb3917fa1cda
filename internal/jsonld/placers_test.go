package jsonld

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"testing"
)

// What a placer and a desk did before leaves no mark on what they do next: refused
// documents, hostile graphs and good documents in turn, on many goroutines.
func TestMemoryOfOthersLeavesNoMark(t *testing.T) {
	t.Parallel()
	want := map[string][]byte{}
	all := documents(t)
	for name, document := range all {
		want[name] = mustCanonical(t, name, document)
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 5 {
				for name, document := range all {
					spoilt := clone(document).(map[string]any)
					spoilt["undefinedTermOfNobody"] = []any{"x"}
					if _, err := Canonical(context.Background(), spoilt); err == nil && name != "examples.json" {
						t.Errorf("%s: an undefined term is accepted", name)
					}
					if _, err := Canonicalize(context.Background(), clique(9), Options{Budget: 100}); !errors.Is(err, ErrBudget) {
						t.Errorf("a clique: %v", err)
					}
					if got, err := Canonical(context.Background(), document, optionsFor(name)...); err != nil || !bytes.Equal(got, want[name]) {
						t.Errorf("%s: %v\n%s", name, err, got)
					}
				}
			}
		})
	}
	group.Wait()
}

// A placer at rest keeps no text of a document.
func TestPlacerForgets(t *testing.T) {
	t.Parallel()
	p := setOut(context.Background())
	if err := p.place(readDocument(t, "canonical", "doc0.json"), nil); err != nil {
		t.Fatal(err)
	}
	quads, members, objects := p.quads[:cap(p.quads)], p.members[:cap(p.members)], p.objects[:cap(p.objects)]
	p.rest()
	for i := range quads {
		if quads[i] != (Quad{}) {
			t.Fatalf("a statement is left: %v", quads[i])
		}
	}
	for i := range members {
		if members[i].name != "" || members[i].value != nil {
			t.Fatalf("a member is left: %v", members[i])
		}
	}
	for i := range objects {
		if objects[i].id.Value != "" || objects[i].body != nil {
			t.Fatalf("an object is left: %v", objects[i])
		}
	}
}
