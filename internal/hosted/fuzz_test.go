package hosted_test

import (
	"context"
	"slices"
	"testing"

	"ramure/internal/credential"
	"ramure/internal/hosted"
)

// FuzzVerify: whatever was handed in and whatever is published, the report is
// whole, and nothing is valid that its address does not say.
func FuzzVerify(f *testing.F) {
	w := newWorld()
	f.Add([]byte(text(w.docs[assertionID])), []byte(text(w.docs[assertionID])), []byte(text(w.docs[badgeID])))
	f.Add([]byte(assertionID), []byte(text(embed(w))), []byte(`{}`))
	f.Add([]byte(jws(w)), []byte(`{"revoked":true}`), []byte(`[]`))
	f.Fuzz(func(t *testing.T, given, published, badge []byte) {
		w := newWorld()
		w.texts[assertionID], w.texts[badgeID] = string(published), string(badge)
		report := hosted.Verify(context.Background(), given, w.sources())
		whole(t, "fuzz", report)
		if report.Verdict == credential.Valid && !slices.Contains(w.asked, assertionID) {
			t.Fatalf("valid unasked: %s", given)
		}
	})
}
