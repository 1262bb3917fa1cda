package award_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"ramure/internal/award"
	"ramure/internal/problem"
)

// A bad order names what is wrong with it, and leaves nothing: neither award nor
// holder, nor its key.
func TestBadOrderLeavesNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	id := h.define(sc)
	long := func(n int) string { return strings.Repeat("é", n) }
	cases := []struct {
		path  string
		spoil func(*award.Order)
	}{
		{"header.Idempotency-Key", func(o *award.Order) { o.Key = "" }},
		{"header.Idempotency-Key", func(o *award.Order) { o.Key = strings.Repeat("k", 201) }},
		{"header.Idempotency-Key", func(o *award.Order) { o.Key = "clé" }},
		{"$.recipient.givenName", func(o *award.Order) { o.Recipient.GivenName = "" }},
		{"$.recipient.givenName", func(o *award.Order) { o.Recipient.GivenName = " Lucie" }},
		{"$.recipient.givenName", func(o *award.Order) { o.Recipient.GivenName = long(101) }},
		{"$.recipient.familyName", func(o *award.Order) { o.Recipient.FamilyName = "Le\nGoff" }},
		{"$.recipient.familyName", func(o *award.Order) { o.Recipient.FamilyName = "Goff\u202e" }},
		{"$.recipient.familyName", func(o *award.Order) { o.Recipient.FamilyName = "Goff\xff" }},
		{"$.recipient.email", func(o *award.Order) { o.Recipient.Email = "lucie" }},
		{"$.recipient.email", func(o *award.Order) { o.Recipient.Email = "Lucie <lucie@example.org>" }},
		{"$.recipient.ref", func(o *award.Order) { o.Recipient.Ref = "n° 1" }},
		{"$.birthYear", func(o *award.Order) { o.Recipient.BirthYear = 1895 }},
		{"$.birthYear", func(o *award.Order) { o.Recipient.BirthYear = 2027 }},
		{"$.level", func(o *award.Order) { o.Level = "8" }},
		{"$.evidence", func(o *award.Order) { o.Evidence = slices.Repeat([]award.Evidence{{Narrative: "x"}}, 11) }},
		{"$.evidence[0]", func(o *award.Order) { o.Evidence = []award.Evidence{{Name: "vide"}} }},
		{"$.evidence[0].url", func(o *award.Order) { o.Evidence = []award.Evidence{{URL: "preuves/1"}} }},
		{"$.evidence[0].url", func(o *award.Order) { o.Evidence = []award.Evidence{{URL: "javascript:alert(1)"}} }},
		{"$.evidence[0].url", func(o *award.Order) { o.Evidence = []award.Evidence{{URL: "https://u:p@example.org/"}} }},
		{"$.evidence[0].url", func(o *award.Order) { o.Evidence = []award.Evidence{{URL: "https://médiathèque.example/"}} }},
		{"$.evidence[0].url", func(o *award.Order) {
			o.Evidence = []award.Evidence{{URL: "https://example.org/" + strings.Repeat("a", 1980)}}
		}},
		{"$.evidence[0].narrative", func(o *award.Order) { o.Evidence = []award.Evidence{{Narrative: "\x07"}} }},
		{"$.evidence[0].narrative", func(o *award.Order) { o.Evidence = []award.Evidence{{Narrative: long(4001)}} }},
		{"$.awardedDate", func(o *award.Order) { o.AwardedOn = "2026-02-30" }},
		{"$.awardedDate", func(o *award.Order) { o.AwardedOn = "2026-11-23" }},
		{"$.awardedDate", func(o *award.Order) { o.AwardedOn = "1900-01-01" }},
		{"$.consent.at", func(o *award.Order) { o.Consent = &award.Consent{By: "Elle", How: "papier"} }},
		{"$.consent.by", func(o *award.Order) { o.Consent = &award.Consent{At: dawn, How: "papier"} }},
	}
	for i, c := range cases {
		order := h.order(id, c.spoil)
		order.Recipient.Ref = firstOf(order.Recipient.Ref, "person")
		_, err := h.Issue(t.Context(), sc, order)
		var broken *problem.Error
		if !errors.As(err, &broken) || broken.Kind != problem.Invalid ||
			!slices.ContainsFunc(broken.Violations, func(v problem.Violation) bool { return v.Path == c.path }) {
			t.Errorf("case %d: %v does not name %s", i, err, c.path)
		}
		if _, _, err := h.store.Answered(t.Context(), sc, order.Key); !problem.Is(err, problem.NotFound) {
			t.Errorf("case %d: its key is taken: %v", i, err)
		}
	}
	_, err := h.store.Holder(t.Context(), sc, "person")
	h.refused(err, problem.NotFound, "")
	if n := h.awards(sc); n != 0 {
		t.Errorf("%d awards", n)
	}
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
