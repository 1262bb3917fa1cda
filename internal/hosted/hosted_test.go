package hosted_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"ramure/internal/credential"
	"ramure/internal/hosted"
	"ramure/internal/jsonld"
	"ramure/internal/locale"
	"ramure/internal/problem"
	"ramure/web"
)

// embed puts the published badge class, with its issuer, into a copy of the
// assertion.
func embed(w *world) map[string]any {
	badge := clone(w.docs[badgeID])
	badge["issuer"] = clone(w.docs[issuerID])
	assertion := clone(w.docs[assertionID])
	assertion["badge"] = badge
	return assertion
}

func clone(doc map[string]any) map[string]any {
	out := make(map[string]any, len(doc))
	for name, value := range doc {
		if object, ok := value.(map[string]any); ok {
			value = clone(object)
		}
		out[name] = value
	}
	return out
}

func gone() error { return problem.New(problem.Gone, "error.outbound.status") }

// TestVerdicts changes one thing of a good badge: in the world, or in what is
// handed in, which is the published assertion unless given says another.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	type change = func(w *world)
	given := func(text string) func(*world) string { return func(*world) string { return text } }
	for name, test := range map[string]struct {
		world     change
		given     func(w *world) string
		recipient string
		offline   bool
		verdict   credential.Verdict
		want      string // answers, joined
	}{
		"a good badge":                  {verdict: credential.Valid},
		"by its address":                {given: given(assertionID + "\n"), verdict: credential.Valid},
		"everything inside":             {world: func(w *world) { w.docs[assertionID] = embed(w) }, verdict: credential.Valid},
		"inside here, by address there": {given: func(w *world) string { return text(embed(w)) }, verdict: credential.Valid},
		"by address here, inside there": {
			world: func(w *world) { w.docs[assertionID] = embed(w) },
			given: func(w *world) string { d := clone(w.docs[assertionID]); d["badge"] = badgeID; return text(d) }, verdict: credential.Valid,
		},
		"other spellings of the same": {
			given: func(w *world) string {
				d := clone(w.docs[assertionID])
				d["issuedOn"], d["type"], d["@context"] = "2026-11-02T09:00Z", []any{"Assertion"}, []any{"https://w3id.org/openbadges/v2"}
				d["revoked"], d["evidence"], d["endorsement"] = false, d["evidence"].([]any)[0], nil
				return text(d)
			}, verdict: credential.Valid,
		},
		"no end":       {world: func(w *world) { w.set(assertionID, "expires", nil) }, verdict: credential.Valid, want: "dates ok noEnd"},
		"expired":      {world: func(w *world) { w.set(assertionID, "expires", "2026-11-22T11:59:59Z") }, verdict: credential.Expired, want: "dates failed expired"},
		"too early":    {world: func(w *world) { w.set(assertionID, "issuedOn", "2026-11-22T12:05:01Z") }, verdict: credential.NotYetValid, want: "dates failed notYet"},
		"a fast clock": {world: func(w *world) { w.set(assertionID, "issuedOn", "2026-11-22T12:04:59Z") }, verdict: credential.Valid},
		"endorsed":     {world: func(w *world) { w.set(badgeID, "endorsement", "https://x.exemple/1") }, verdict: credential.Valid, want: "endorsements unknown unread"},

		"no network":             {offline: true, verdict: credential.Unverifiable, want: "proof unknown addressNotAsked, issuer unknown addressNotAsked, status unknown addressNotAsked"},
		"an address, no network": {offline: true, given: given(assertionID), verdict: credential.Unverifiable, want: "form unknown addressNotAsked"},
		"may not be asked":       {world: fails(assertionID, fmt.Errorf("x: %w", credential.ErrOffline)), verdict: credential.Unverifiable, want: "proof unknown addressNotAsked, issuer unknown addressNotAsked, status unknown addressNotAsked"},
		"silence":                {world: fails(assertionID, errors.New("no route")), verdict: credential.Unverifiable, want: "proof unknown addressSilent, issuer unknown addressSilent, status unknown addressSilent"},
		"nothing there":          {world: func(w *world) { delete(w.docs, assertionID) }, given: func(w *world) string { return text(newWorld().docs[assertionID]) }, verdict: credential.Unverifiable, want: "proof unknown addressSilent, issuer unknown addressSilent, status unknown addressSilent"},
		"a page there":           {world: answersText(assertionID, "<!DOCTYPE html>"), verdict: credential.Unverifiable, want: "proof unknown addressUnreadable, issuer unknown addressUnreadable, status unknown addressUnreadable"},
		"an array there":         {world: answersText(assertionID, "[]"), verdict: credential.Unverifiable, want: "proof unknown addressUnreadable, issuer unknown addressUnreadable, status unknown addressUnreadable"},
		"a duplicate member":     {world: answersText(assertionID, `{"id":"x","id":"y"}`), verdict: credential.Unverifiable, want: "proof unknown addressUnreadable, issuer unknown addressUnreadable, status unknown addressUnreadable"},
		"plain http": {given: func(w *world) string {
			return strings.ReplaceAll(text(w.docs[assertionID]), "https://lieu", "http://lieu")
		}, verdict: credential.Unverifiable, want: "proof unknown addressInsecure, issuer unknown addressInsecure, status unknown addressInsecure"},
		"the badge is silent":  {world: fails(badgeID, errors.New("no route")), verdict: credential.Unverifiable, want: "issuer unknown addressSilent"},
		"the issuer is silent": {world: fails(issuerID, errors.New("no route")), verdict: credential.Unverifiable, want: "issuer unknown addressSilent"},
		"the issuer is silent, and was given": {
			given: func(w *world) string { return text(embed(w)) }, world: fails(issuerID, errors.New("no route")),
			verdict: credential.Unverifiable, want: "proof unknown addressSilent, issuer unknown addressSilent",
		},
		"the badge is silent, and was given": {
			given: func(w *world) string { return text(embed(w)) }, world: fails(badgeID, errors.New("no route")),
			verdict: credential.Unverifiable, want: "proof unknown addressSilent, issuer unknown addressSilent",
		},

		"revoked in the document":    {world: func(w *world) { w.set(assertionID, "revoked", true) }, verdict: credential.Revoked, want: "status failed revoked"},
		"revoked since it was given": {world: func(w *world) { w.set(assertionID, "revoked", true) }, given: func(*world) string { return text(newWorld().docs[assertionID]) }, verdict: credential.Revoked, want: "status failed revoked"},
		"revoked, 410, all there":    {world: fails(assertionID, gone()), verdict: credential.Revoked, want: "status failed revoked"},
		"revoked, 410, a word": {
			world: func(w *world) {
				w.errors[assertionID] = gone()
				w.texts[assertionID] = `{"id":"` + assertionID + `","revoked":true,"revocationReason":"Erreur."}`
			},
			verdict: credential.Revoked, want: "proof unknown withdrawn, issuer unknown withdrawn, status failed revoked",
		},
		"revoked, 410, nothing": {world: func(w *world) { w.errors[assertionID] = gone(); w.texts[assertionID] = "Gone" }, verdict: credential.Revoked, want: "proof unknown withdrawn, issuer unknown withdrawn, status failed revoked"},
		"revoked, 200, a word": {
			world:   answersText(assertionID, `{"id":"`+assertionID+`","revoked":true}`),
			verdict: credential.Revoked, want: "proof unknown withdrawn, issuer unknown withdrawn, status failed revoked",
		},
		"revoked, by its address": {given: given(assertionID), world: fails(assertionID, gone()), verdict: credential.Revoked, want: "form unknown withdrawn, status failed revoked"},
		"revoked, as it was given": {
			given:   given(`{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"` + assertionID + `","revoked":true}`),
			offline: true, verdict: credential.Revoked,
			want: "subject unknown withdrawn, proof unknown addressNotAsked, issuer unknown addressNotAsked, status failed revoked, dates unknown withdrawn",
		},
		"revoked and expired": {world: func(w *world) {
			w.set(assertionID, "revoked", true)
			w.set(assertionID, "expires", "2026-11-03T10:00:00Z")
		}, verdict: credential.Revoked, want: "status failed revoked, dates failed expired"},

		"signed":            {world: func(w *world) { w.set(assertionID, "verification", map[string]any{"type": "SignedBadge"}) }, verdict: credential.Unverifiable, want: "proof unknown signed2, issuer unknown signed2, status unknown signed2"},
		"signed, as a JWS":  {given: func(w *world) string { return jws(w) }, verdict: credential.Unverifiable, want: "proof unknown signed2, issuer unknown signed2, status unknown signed2"},
		"nothing to ask":    {given: func(w *world) string { w.set(assertionID, "id", "urn:uuid:1"); return text(w.docs[assertionID]) }, verdict: credential.Invalid, want: "proof failed nowhere"},
		"an issuer nowhere": {world: func(w *world) { w.set(badgeID, "issuer", "urn:uuid:2") }, verdict: credential.Invalid, want: "issuer failed nowhere"},
		"a badge nowhere":   {world: func(w *world) { w.set(assertionID, "badge", "urn:uuid:2") }, verdict: credential.Invalid, want: "issuer failed nowhere"},

		"the right address":   {recipient: "a@example.com", verdict: credential.Valid, want: "recipient ok match"},
		"in capitals":         {recipient: " A@Example.COM ", verdict: credential.Valid, want: "recipient ok match"},
		"another address":     {recipient: "b@example.com", verdict: credential.Invalid, want: "recipient failed mismatch"},
		"a name":              {recipient: "Lucie Le Goff", verdict: credential.Unverifiable, want: "recipient unknown incomparable"},
		"a very long address": {recipient: strings.Repeat("a", 3000) + "@example.com", verdict: credential.Invalid, want: "recipient failed mismatch"},
		"a recipient of a URL": {world: func(w *world) {
			w.set(assertionID, "recipient", map[string]any{"type": "url", "hashed": false, "identity": "https://lucie.exemple"})
		}, recipient: "https://paul.exemple", verdict: credential.Invalid, want: "recipient failed mismatch"},
		"a plain recipient": {world: func(w *world) {
			w.set(assertionID, "recipient", map[string]any{"type": "email", "hashed": false, "identity": "a@example.com"})
		}, recipient: "a@example.com", verdict: credential.Valid, want: "recipient ok match"},

		"not JSON":        {given: given("{"), verdict: credential.Invalid, want: "form failed malformedJSON"},
		"a word":          {given: given("badge"), verdict: credential.Invalid, want: "form failed unknownForm"},
		"three odd words": {given: given("a.!.c"), verdict: credential.Invalid, want: "form failed unknownForm"},
		"another scheme":  {given: given("file:///etc/passwd"), verdict: credential.Invalid, want: "form failed unknownForm"},
		"much too large":  {given: given("{" + strings.Repeat(" ", jsonld.MaxBytes) + "}"), verdict: credential.Invalid, want: "form failed limits"},
		"much too deep":   {given: given(strings.Repeat(`{"a":`, 10_000)), verdict: credential.Invalid, want: "form failed limits"},
		"no context":      {given: given(`{"type":"Assertion"}`), verdict: credential.Invalid, want: "contexts failed required"},
		"words of its own": {given: func(w *world) string {
			d := clone(w.docs[assertionID])
			d["@context"] = []any{"https://w3id.org/openbadges/v2", map[string]any{"expires": "x:y"}}
			return text(d)
		}, verdict: credential.Invalid, want: "contexts failed context"},
		"a broken date":    {world: func(w *world) { w.set(assertionID, "issuedOn", "2 novembre") }, verdict: credential.Invalid, want: "schema failed violations"},
		"a broken badge":   {world: func(w *world) { w.set(badgeID, "criteria", nil) }, verdict: credential.Invalid, want: "schema failed violations"},
		"a broken issuer":  {world: func(w *world) { w.set(issuerID, "url", "lieu") }, verdict: credential.Invalid, want: "schema failed violations"},
		"a nameless badge": {world: func(w *world) { w.set(badgeID, "id", nil) }, verdict: credential.Invalid, want: "schema failed violations"},
	} {
		w := newWorld()
		handed := ""
		if test.given != nil {
			handed = test.given(w)
		}
		if test.world != nil {
			test.world(w)
		}
		if handed == "" {
			handed = text(w.docs[assertionID])
		}
		src := w.sources()
		src.Recipient = test.recipient
		if test.offline {
			src.Fetch = nil
		}
		report := hosted.Verify(context.Background(), []byte(handed), src)
		if got := strings.Join(answers(report), ", "); got != test.want || report.Verdict != test.verdict {
			t.Errorf("%s: %s, %s; want %s, %s", name, report.Verdict, got, test.verdict, test.want)
		}
		whole(t, name, report)
		if len(w.asked) > 4 {
			t.Errorf("%s: %d addresses were asked", name, len(w.asked))
		}
	}
}

func fails(address string, err error) func(*world) {
	return func(w *world) { w.errors[address] = err }
}

func answersText(address, answer string) func(*world) {
	return func(w *world) { w.texts[address] = answer }
}

func text(doc map[string]any) string {
	w := &world{docs: map[string]map[string]any{"": doc}}
	raw, _ := w.fetch(context.Background(), "", "json")
	return string(raw)
}

func jws(w *world) string {
	part := base64.RawURLEncoding.EncodeToString
	return part([]byte(`{"alg":"RS256"}`)) + "." + part([]byte(text(w.docs[assertionID]))) + "." + part([]byte("x"))
}

// whole: every report has all checks in their order, each with a listed reason.
func whole(t *testing.T, name string, r credential.Report) {
	t.Helper()
	var ids []credential.CheckID
	for _, c := range r.Checks {
		ids = append(ids, c.ID)
		if c.Reason != "notReached" && !slices.Contains(hosted.Reasons(c.ID), c.Reason) {
			t.Errorf("%s: %s.%s is not listed", name, c.ID, c.Reason)
		}
	}
	if !slices.Equal(ids, credential.Order()) || r.Form != hosted.Form || r.CheckedAt != now {
		t.Errorf("%s: %v, %q", name, ids, r.Form)
	}
}

// TestAskedOnce: a badge by its address costs three questions, none of them twice.
func TestAskedOnce(t *testing.T) {
	t.Parallel()
	w := newWorld()
	hosted.Verify(context.Background(), []byte(assertionID), w.sources())
	if want := []string{assertionID, badgeID, issuerID}; !slices.Equal(w.asked, want) {
		t.Errorf("%v", w.asked)
	}
}

func TestIs(t *testing.T) {
	t.Parallel()
	w := newWorld()
	for name, doc := range map[string]map[string]any{"badge": w.docs[badgeID], "nothing": {}, "3.0": {"@context": []any{"https://www.w3.org/ns/credentials/v2"}, "type": "Assertion"}} {
		if hosted.Is(doc) {
			t.Errorf("%s is taken for an assertion", name)
		}
	}
	if !hosted.Is(w.docs[assertionID]) {
		t.Error("an assertion is not known as one")
	}
}

// TestEveryReasonIsWorded in both languages.
func TestEveryReasonIsWorded(t *testing.T) {
	t.Parallel()
	catalogue, err := locale.Open(web.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range locale.Languages() {
		for _, id := range credential.Order() {
			for _, reason := range hosted.Reasons(id) {
				if key := "check." + string(id) + "." + reason; !catalogue.Localizer(lang).Has(key) {
					t.Errorf("%s: no sentence %s", lang, key)
				}
			}
		}
	}
}
