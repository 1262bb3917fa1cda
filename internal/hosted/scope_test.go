package hosted_test

import (
	"context"
	"strings"
	"testing"

	"ramure/internal/credential"
	"ramure/internal/hosted"
)

// TestScope: where an issuer says that its assertions stand.
func TestScope(t *testing.T) {
	t.Parallel()
	const far = "https://badges.exemple"
	for _, test := range []struct {
		id     string
		starts any
		hosts  any
		want   bool
	}{
		{"https://lieu.exemple/a", nil, nil, true},
		{"https://LIEU.exemple:443/a", nil, nil, true},
		{"https://lieu.exemple:8443/a", nil, nil, false},
		{"https://autre.exemple/a", nil, nil, false},
		{"https://lieu.exemple.autre.exemple/a", nil, nil, false},
		{"https://lieu.exemple@autre.exemple/a", nil, nil, false},
		{"https://contact:x@lieu.exemple/a", nil, nil, false},
		{"https://autre.exemple/https://lieu.exemple/a", nil, nil, false},
		{far + "/lieu/a", far + "/lieu/", nil, true},
		{far + "/lieu/a", []any{"https://x.exemple/", far + "/lieu/"}, nil, true},
		{far + "/autre/a", far + "/lieu/", nil, false},
		{far + "/lieu/../autre/a", far + "/lieu/", nil, false},
		{far + "/lieu/%2e%2e/autre/a", far + "/lieu/", nil, false},
		{far + "/lieu/./a", far + "/lieu/", nil, false},
		{far + "/lieu/..%5cautre/a", far + "/lieu/", nil, false},
		{far + ".autre.exemple/a", far, nil, false},
		{far + "@autre.exemple/a", far, nil, false},
		{far + ":8443/a", far, nil, false},
		{far + "/a", "https://", nil, false},
		{far + "/a", "h", nil, false},
		{"https://lieu.exemple/a", far, nil, false},
		{far + "/a", nil, "badges.exemple", true},
		{far + "/a", nil, []any{"x.exemple", "BADGES.exemple"}, true},
		{far + "/a", nil, "badges.exemple:443", true},
		{far + "/a", nil, far, true},
		{far + ":8443/a", nil, "badges.exemple", false},
		{far + ":8443/a", nil, "badges.exemple:8443", true},
		{far + ":8443/a", nil, far, false},
		{"https://x.badges.exemple/a", nil, "badges.exemple", false},
		{"https://lieu.exemple/a", nil, "badges.exemple", false},
		{far + "/lieu/a", far + "/lieu/", "badges.exemple", true},
		{far + "/autre/a", far + "/lieu/", "badges.exemple", false},
		{far + "/lieu/a", far + "/lieu/", "x.exemple", false},
	} {
		w := newWorld()
		w.docs[test.id] = clone(w.docs[assertionID])
		w.set(test.id, "id", test.id)
		policy := map[string]any{"type": "VerificationObject"}
		if test.starts != nil {
			policy["startsWith"] = test.starts
		}
		if test.hosts != nil {
			policy["allowedOrigins"] = test.hosts
		}
		w.set(issuerID, "verification", policy)
		report := hosted.Verify(context.Background(), []byte(text(w.docs[test.id])), w.sources())
		want := "failed outOfScope"
		if test.want {
			want = "ok scope"
		}
		c := report.Check(credential.CheckIssuer)
		if got := string(c.Status) + " " + c.Reason; got != want || (report.Verdict == credential.Valid) != test.want {
			t.Errorf("%s, startsWith %v, allowedOrigins %v: %s, %s", test.id, test.starts, test.hosts, report.Verdict, got)
		}
	}
}

// TestNobodySpeaksForAnother: profiles and badge classes that somebody else's
// documents hold prove nothing.
func TestNobodySpeaksForAnother(t *testing.T) {
	t.Parallel()
	const forged = "https://faux.exemple/assertions/1"
	for name, change := range map[string]func(w *world, assertion map[string]any){
		"the badge of another": func(*world, map[string]any) {},
		"with its profile inside, allowing us": func(w *world, a map[string]any) {
			badge := clone(w.docs[badgeID])
			badge["issuer"] = clone(w.docs[issuerID])
			badge["issuer"].(map[string]any)["verification"] = map[string]any{"allowedOrigins": "faux.exemple"}
			a["badge"] = badge
		},
		"with a profile at our place, of its id": func(w *world, a map[string]any) {
			badge := clone(w.docs[badgeID])
			badge["id"], badge["issuer"] = "https://faux.exemple/badge", "https://faux.exemple/emetteur"
			w.docs["https://faux.exemple/badge"] = badge
			profile := clone(w.docs[issuerID]) // its id says another place
			profile["verification"] = map[string]any{"allowedOrigins": "faux.exemple"}
			w.docs["https://faux.exemple/emetteur"] = profile
			a["badge"] = "https://faux.exemple/badge"
		},
		"with a badge at our place, of its id": func(w *world, a map[string]any) {
			w.docs["https://faux.exemple/badge"] = clone(w.docs[badgeID])
			a["badge"] = "https://faux.exemple/badge"
		},
	} {
		w := newWorld()
		a := clone(w.docs[assertionID])
		a["id"] = forged
		change(w, a)
		w.docs[forged] = a
		report := hosted.Verify(context.Background(), []byte(text(a)), w.sources())
		if report.Verdict != credential.Invalid {
			t.Errorf("%s: %s %v", name, report.Verdict, answers(report))
		}
	}
	for name, change := range map[string]struct {
		do     func(w *world)
		reason string
	}{
		"a badge of another id": {func(w *world) {
			w.docs["https://lieu.exemple/badges/2"] = clone(w.docs[badgeID])
			w.set(assertionID, "badge", "https://lieu.exemple/badges/2")
		}, "misplaced"},
		"a profile of another id": {func(w *world) {
			w.docs["https://lieu.exemple/autre"] = clone(w.docs[issuerID])
			w.set(badgeID, "issuer", "https://lieu.exemple/autre")
		}, "misplaced"},
		"a badge from elsewhere": {func(w *world) {
			w.docs["https://ailleurs.exemple/b"] = clone(w.docs[badgeID])
			w.set("https://ailleurs.exemple/b", "id", "https://ailleurs.exemple/b")
			w.set(assertionID, "badge", "https://ailleurs.exemple/b")
		}, "outOfScope"},
	} {
		w := newWorld()
		change.do(w)
		report := hosted.Verify(context.Background(), []byte(assertionID), w.sources())
		if report.Verdict != credential.Invalid || report.Check(credential.CheckIssuer).Reason != change.reason {
			t.Errorf("%s: %s %v", name, report.Verdict, answers(report))
		}
	}
	// The id of a true badge, at an address of ours: its own address is asked.
	w := newWorld()
	lie := clone(w.docs[assertionID])
	lie["recipient"].(map[string]any)["identity"] = "sha256$" + strings.Repeat("0", 64)
	w.docs[forged] = lie
	report := hosted.Verify(context.Background(), []byte(forged), w.sources())
	if report.Verdict != credential.Invalid || report.Check(credential.CheckProof).Reason != "differs" {
		t.Errorf("an address that gives another's id: %s %v", report.Verdict, answers(report))
	}
}
