package hosted_test

import (
	"context"
	"testing"

	"ramure/internal/credential"
	"ramure/internal/hosted"
)

// TestWhatIsGivenOtherwise changes each member of what is handed in, at every
// depth: whatever says something is refused.
func TestWhatIsGivenOtherwise(t *testing.T) {
	t.Parallel()
	w := newWorld()
	count := 0
	for _, document := range []map[string]any{w.docs[assertionID], embed(w)} {
		for path, changed := range variants(document) {
			report := hosted.Verify(context.Background(), []byte(text(changed)), w.sources())
			count++
			silent := path == "$.id changed" // another address is asked, where nothing is
			if report.Verdict != credential.Invalid && !(silent && report.Verdict == credential.Unverifiable) {
				t.Errorf("%s: %s %v", path, report.Verdict, answers(report))
			}
		}
	}
	t.Logf("%d changed documents, none of them valid", count)
	if count < 100 {
		t.Errorf("only %d", count)
	}
}

// variants gives the document with each member left out, changed, or joined by
// another; what may differ (unsaid) is left alone.
func variants(doc map[string]any) map[string]map[string]any {
	out := map[string]map[string]any{}
	var visit func(path string, object map[string]any, rebuild func(map[string]any) map[string]any)
	visit = func(path string, object map[string]any, rebuild func(map[string]any) map[string]any) {
		with := func(name string, value any) map[string]any {
			changed := clone(object)
			if changed[name] = value; value == nil {
				delete(changed, name)
			}
			return rebuild(changed)
		}
		out[path+" more"] = with("extensions:plus", "x")
		for name, value := range object {
			if name == "@context" {
				continue
			}
			at := path + "." + name
			out[at+" less"] = with(name, nil)
			if s, ok := value.(string); ok {
				out[at+" changed"] = with(name, s+"x")
				out[at+" doubled"] = with(name, []any{s, s})
			}
			if inside, ok := value.(map[string]any); ok {
				visit(at, inside, func(changed map[string]any) map[string]any { return with(name, changed) })
			}
		}
	}
	visit("$", doc, func(changed map[string]any) map[string]any { return changed })
	return out
}
