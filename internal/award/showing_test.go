package award_test

import (
	"testing"

	"ramure/internal/award"
	"ramure/internal/problem"
)

// A name is shown from 15 years on, with a recorded consent, and not otherwise.
// Whoever turns 15 this year may not have had their birthday: then the venue
// vouches. A year of birth that says otherwise outweighs the venue's word.
func TestWhoseNameMayBeShown(t *testing.T) {
	t.Parallel()
	h := newHouse(t) // it is 2026
	sc := h.venue("atelier")
	id := h.define(sc)
	consent := &award.Consent{By: "Lucie Le Goff", At: dawn, How: "bulletin signé"}
	cases := []struct {
		name    string
		born    int
		over15  bool
		consent *award.Consent
		says    string // of the refusal; empty when it is shown
	}{
		{"age unknown", 0, false, consent, "$.showName: age"},
		{"the venue vouches", 0, true, consent, ""},
		{"born in 1987", 1987, false, consent, ""},
		{"16 this year", 2010, false, consent, ""},
		{"15 this year", 2011, false, consent, "$.showName: age"},
		{"15 this year, the venue vouches", 2011, true, consent, ""},
		{"14 this year", 2012, false, consent, "$.showName: age"},
		{"14 this year, the venue vouches", 2012, true, consent, "$.showName: age"},
		{"born this year", 2026, true, consent, "$.showName: age"},
		{"no consent", 1987, true, nil, "$.consent: required"},
		{"a consent to come", 1987, true, &award.Consent{By: "Lucie", At: dawn.AddDate(0, 0, 1), How: "papier"}, "$.consent.at: dateTime"},
		{"a consent of nobody", 1987, true, &award.Consent{At: dawn, How: "papier"}, "$.consent.by: text"},
		{"a consent in no way", 1987, true, &award.Consent{By: "Lucie", At: dawn}, "$.consent.how: text"},
	}
	for _, c := range cases {
		order := h.order(id, func(o *award.Order) {
			o.ShowName, o.Consent = true, c.consent
			o.Recipient.BirthYear, o.Recipient.Over15 = c.born, c.over15
		})
		r, err := h.Issue(t.Context(), sc, order)
		if c.says != "" {
			h.refused(err, problem.Invalid, c.says)
			continue
		}
		h.must(err)
		view, err := h.Examine(t.Context(), r.ID)
		h.must(err)
		if view.Name == nil || view.Name.Given != "Lucie" || view.Name.Family != "Le Goff-D’Œuvre" {
			t.Errorf("%s: shown as %+v", c.name, view.Name)
		}
	}
}

// The age rule turns with the year where the venue is.
func TestAgeTurnsWithTheYear(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	id := h.define(sc)
	ask := func() error {
		_, err := h.Issue(t.Context(), sc, h.order(id, func(o *award.Order) {
			o.ShowName, o.Consent = true, &award.Consent{By: "Son père", At: dawn, How: "papier"}
			o.Recipient.BirthYear = 2011
		}))
		return err
	}
	h.clock.advance(at("2026-12-31T22:59:59Z").Sub(dawn))
	h.refused(ask(), problem.Invalid, "$.showName: age")
	h.clock.advance(1e9) // 2027 in Marseille, still 2026 in UTC
	h.must(ask())
}

// A consent alone shows nothing, and a name that nobody asked to show is hidden.
func TestHiddenUnlessAskedFor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	id := h.define(sc)
	for name, change := range map[string]func(*award.Order){
		"nothing said": func(*award.Order) {},
		"consent alone": func(o *award.Order) {
			o.Consent = &award.Consent{By: "Lucie", At: dawn, How: "papier"}
			o.Recipient.Over15 = true
		},
	} {
		view, err := h.Examine(t.Context(), h.issue(sc, id, change).ID)
		h.must(err)
		if view.Name != nil {
			t.Errorf("%s: shown as %+v", name, view.Name)
		}
	}
}
