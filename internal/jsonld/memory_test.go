package jsonld

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"ramure/schemas"
)

// What is asked for again stays remembered, whatever is asked for once in between,
// and the memory does not grow beyond its limit.
func TestMemoryKeepsWhatIsUsed(t *testing.T) {
	t.Parallel()
	l, err := openLibrary(pins, schemas.Context)
	if err != nil {
		t.Fatal(err)
	}
	first, _ := l.empty.apply(l.contexts[vc2], byDocument)
	second, _ := first.apply(l.contexts[ob303], byDocument)
	once := l.empty
	for n := range 3 * memoryLimit {
		once, _ = once.apply(l.contexts[extensions], byProperty)
		if n%100 != 0 {
			continue
		}
		again, _ := l.empty.apply(l.contexts[vc2], byDocument)
		if beside, _ := again.apply(l.contexts[ob303], byDocument); again != first || beside != second {
			t.Fatalf("after %d others it is made anew", n)
		}
		if size := l.empty.memory.size(); size > memoryLimit {
			t.Fatalf("%d are remembered", size)
		}
	}
	if got, broken := once.apply(l.contexts[vc2], byDocument); broken != "" || got.terms["type"].iri != "@type" {
		t.Errorf("with a full memory: %s", broken)
	}
	for range 2 * memoryLimit {
		once, _ = once.apply(l.contexts[extensions], byProperty)
	}
	if made, _ := l.empty.apply(l.contexts[vc2], byDocument); made == first {
		t.Error("what nobody asked for is still there")
	}
}

// crowded are documents that ask for many vocabularies: by contexts, by types.
func crowded(t *testing.T, n int) map[string]map[string]any {
	t.Helper()
	l, err := openLibrary(pins, schemas.Context)
	if err != nil {
		t.Fatal(err)
	}
	var contexts, evidence []any
	for i := range n {
		contexts = append(contexts, []any{vc2, ob303}[i%2])
	}
	v, _ := l.empty.apply(l.contexts[vc2], byDocument)
	v, _ = v.apply(l.contexts[ob303], byDocument)
	for i := 0; len(evidence) < n && i < 16*16*16; i++ {
		if types := typesThatGoTogether(v, i); types != nil {
			evidence = append(evidence, map[string]any{"id": fmt.Sprintf("urn:x:%d", i), "type": types})
		}
	}
	return map[string]map[string]any{
		"contexts": {"@context": contexts, "id": "urn:x", "name": "x"},
		"types":    {"@context": []any{vc2, ob303}, "id": "urn:x", "type": "VerifiableCredential", "evidence": evidence},
	}
}

// typesThatGoTogether gives the i-th set of two types or three with contexts of
// their own, nil where they contradict one another.
func typesThatGoTogether(v *vocabulary, i int) (types []any) {
	kinds := []string{"Achievement", "AchievementSubject", "Address", "Alignment", "Evidence", "GeoCoordinates", "IdentifierEntry", "IdentityObject",
		"Image", "JsonSchema", "Profile", "Related", "Result", "ResultDescription", "RubricCriterionLevel", "EndorsementSubject"}
	for _, k := range []int{i % 16, i / 16 % 16, i / 256 % 16} {
		if len(types) > 0 && types[len(types)-1].(string) >= kinds[k] {
			return nil
		}
		types = append(types, kinds[k])
		next, broken := v.derive(v.terms[kinds[k]].scoped, byType)
		if broken != "" {
			return nil
		}
		v = next
	}
	return types
}

// A document that asks for too many vocabularies is refused, at the same place
// whether or not they are remembered; equal contexts and types count once.
func TestVocabulariesOfOneDocument(t *testing.T) {
	t.Parallel()
	for range 3 {
		for name, document := range crowded(t, 300) {
			_, err := Quads(context.Background(), document)
			want := map[string]string{"contexts": "$['@context'][256]", "types": ""}[name]
			wantRefusal(t, err, ErrLimit, "vocabularies", want)
		}
	}
	for name, document := range crowded(t, 30) {
		if _, err := Quads(context.Background(), document); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	repeated := map[string]any{"@context": []any{vc2, ob303}, "id": "urn:x", "name": "x", "type": slices.Repeat([]any{"Achievement"}, 1_900)}
	_, err := Quads(context.Background(), repeated)
	wantRefusal(t, err, ErrLoss, "repeated", "$.type")
}
