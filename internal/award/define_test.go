package award_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"ramure/internal/award"
	"ramure/internal/openbadges"
	"ramure/internal/problem"
)

// replaced is the document with one text changed.
func replaced(document []byte, old, new string) []byte {
	return bytes.Replace(document, []byte(old), []byte(new), 1)
}

// What a venue publishes is a valid Achievement that says what it defined.
func TestDefine(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	d := definition()
	d.RequiredLevel = "5"
	a, err := h.Define(t.Context(), sc, d)
	h.must(err)
	if broken := openbadges.ValidateAchievement(decode(t, a.Document), openbadges.Strict); len(broken) > 0 {
		t.Error(broken)
	}
	read, err := h.Achievement(t.Context(), sc, a.ID)
	h.must(err)
	if !bytes.Equal(read.Document, a.Document) || read.Version != 1 || len(a.ID) != 22 {
		t.Errorf("%+v", read)
	}
	description := decode(t, a.Document)["resultDescription"].([]any)[0].(map[string]any)
	if description["requiredLevel"] != h.Addresses.Achievement(a.ID)+"#niveau-5" {
		t.Error(description["requiredLevel"])
	}
}

// A level is known by the venue's own mark where that is short and unique, else
// by its rank.
func TestIdsOfLevels(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	for name, c := range map[string]struct {
		marks, ids []string
	}{
		"numbers": {[]string{"3", "5"}, []string{"3", "5"}}, "letters": {[]string{"A", "B-2"}, []string{"A", "B-2"}},
		"none": {[]string{"", ""}, []string{"rang-1", "rang-2"}}, "twice": {[]string{"3", "3"}, []string{"rang-1", "rang-2"}},
		"words": {[]string{"très bien", "5"}, []string{"rang-1", "5"}},
	} {
		d := definition()
		d.Levels = []award.Level{{Name: "Un", Level: c.marks[0]}, {Name: "Deux", Level: c.marks[1]}}
		a, err := h.Define(t.Context(), sc, d)
		h.must(err)
		if got := []string{a.Definition.Levels[0].ID, a.Definition.Levels[1].ID}; !slices.Equal(got, c.ids) {
			t.Errorf("%s: %v, want %v", name, got, c.ids)
		}
		h.issue(sc, a.ID, func(o *award.Order) { o.Level = c.ids[1] })
	}
}

func TestDefinitionsThatAreRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	level := award.Level{Name: "Un", Level: "1"}
	cases := []struct {
		path  string
		spoil func(*award.Definition)
	}{
		{"$.name", func(d *award.Definition) { d.Name = "" }},
		{"$.name", func(d *award.Definition) { d.Name = strings.Repeat("é", 121) }},
		{"$.name", func(d *award.Definition) { d.Name = "Vérifier\u202e" }},
		{"$.description", func(d *award.Definition) { d.Description = " " }},
		{"$.criteria", func(d *award.Definition) { d.Criteria = "" }},
		{"$.criteria", func(d *award.Definition) { d.Criteria = "a\x00b" }},
		{"$.criteria", func(d *award.Definition) { d.Criteria = strings.Repeat("é", 10001) }},
		{"$.achievementType", func(d *award.Definition) { d.Type = "Golden" }},
		{"$.competences[0]", func(d *award.Definition) { d.Competences = []string{"acunum.c9.9"} }},
		{"$.competences[0]", func(d *award.Definition) { d.Competences = []string{"acunum"} }},
		{"$.competences[1]", func(d *award.Definition) { d.Competences = []string{"acunum.c1.4", "acunum.c1.4"} }},
		{"$.competences", func(d *award.Definition) { d.Competences = slices.Repeat([]string{"acunum.c1.4"}, 21) }},
		{"$.levels", func(d *award.Definition) { d.Levels = slices.Repeat([]award.Level{level}, 13) }},
		{"$.levels[0].name", func(d *award.Definition) { d.Levels = []award.Level{{Level: "1"}} }},
		{"$.levels[0].level", func(d *award.Definition) { d.Levels = []award.Level{{Name: "Un", Level: "a\nb"}} }},
		{"$.levels[0].description", func(d *award.Definition) { d.Levels = []award.Level{{Name: "Un", Description: "\x07"}} }},
		{"$.requiredLevel", func(d *award.Definition) { d.RequiredLevel = "9" }},
		{"$.validFor", func(d *award.Definition) { d.ValidFor = "3 ans" }},
		{"$.validFor", func(d *award.Definition) { d.ValidFor = "P0Y" }},
		{"$.validFor", func(d *award.Definition) { d.ValidFor = "PT1H" }},
		{"$.validFor", func(d *award.Definition) { d.ValidFor = "P" }},
		{"$.validFor", func(d *award.Definition) { d.ValidFor = "P99Y999M" }},
		{"$.tags", func(d *award.Definition) { d.Tags = slices.Repeat([]string{"a"}, 13) }},
		{"$.tags[0]", func(d *award.Definition) { d.Tags = []string{""} }},
		{"$.tags[1]", func(d *award.Definition) { d.Tags = []string{"a", "a"} }},
	}
	for i, c := range cases {
		d := definition()
		c.spoil(&d)
		_, err := h.Define(t.Context(), sc, d)
		var broken *problem.Error
		if !errors.As(err, &broken) || broken.Kind != problem.Invalid ||
			!slices.ContainsFunc(broken.Violations, func(v problem.Violation) bool { return v.Path == c.path }) {
			t.Errorf("case %d: %v does not name %s", i, err, c.path)
		}
	}
	list, _, err := h.Achievements(t.Context(), sc, "", 100)
	h.must(err)
	if len(list) != 0 {
		t.Errorf("%d achievements", len(list))
	}
}

// Whatever is defined can be awarded: no definition is accepted whose badges the
// lint would refuse.
func TestWhatIsDefinedCanBeAwarded(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	for name, change := range map[string]func(*award.Definition){
		"the least":      func(d *award.Definition) { *d = award.Definition{Name: "a", Description: "b", Criteria: "c"} },
		"line breaks":    func(d *award.Definition) { d.Criteria = "a\nb\n\n* c" },
		"markup":         func(d *award.Definition) { d.Criteria = "<script>\"'&</script> \\ \u2028" },
		"a name in full": func(d *award.Definition) { d.Name = strings.Repeat("😀", 120) },
		"one description twice": func(d *award.Definition) {
			d.Levels[0].Description, d.Levels[1].Description = "même", "même"
		},
		"two names alike": func(d *award.Definition) { d.Levels[0].Name, d.Levels[1].Name = "Un", "Un" },
		"many competences": func(d *award.Definition) {
			d.Competences = []string{"acunum.c1.1", "acunum.c1.2", "acunum.c1.3", "acunum.c1.4", "pix.1.1", "pix.1.2"}
		},
		"a hundred years": func(d *award.Definition) { d.ValidFor = "P99Y" },
		"twelve levels": func(d *award.Definition) {
			d.Levels = slices.Repeat([]award.Level{{Name: "Niveau"}}, 12)
		},
	} {
		d := definition()
		change(&d)
		a, err := h.Define(t.Context(), sc, d)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		order := h.order(a.ID, func(o *award.Order) {
			o.Level = ""
			if n := len(a.Definition.Levels); n > 0 {
				o.Level = a.Definition.Levels[n-1].ID
			}
		})
		if _, err := h.Issue(t.Context(), sc, order); err != nil {
			t.Errorf("%s: defined, and not to be awarded: %v", name, err)
		}
	}
}
