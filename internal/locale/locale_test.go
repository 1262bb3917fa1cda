package locale

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// catalogue makes one out of two small files.
func catalogue(t *testing.T, french, english string) *Catalogue {
	t.Helper()
	c, err := Open(fstest.MapFS{
		"locales/fr.json": {Data: []byte(french)},
		"locales/en.json": {Data: []byte(english)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestMessages(t *testing.T) {
	t.Parallel()
	c := catalogue(t,
		`{"a":{"b":"Bonjour {name} !"},"flat.key":"plat","n":{"one":"{n} badge","other":"{n} badges"},"l":["un","deux"]}`,
		`{"a":{"b":"Hello {name}!"},"flat.key":"flat","n":{"one":"{n} badge","other":"{n} badges"},"l":["one","two"]}`)
	fr, en := c.Localizer(French), c.Localizer(English)
	tests := []struct{ got, want string }{
		{fr.T("a.b", "name", "Zoé"), "Bonjour Zoé\u202f!"},
		{en.T("a.b", "name", "Zoé"), "Hello Zoé!"},
		{fr.T("flat.key"), "plat"},
		{fr.T("a.b"), "Bonjour {name}\u202f!"},
		{fr.T("a.b", "name", "{name}"), "Bonjour {name}\u202f!"},
		{fr.Count("n", 0), "0 badge"},
		{fr.Count("n", 1), "1 badge"},
		{fr.Count("n", 12345), "12\u202f345 badges"},
		{en.Count("n", 0), "0 badges"},
		{en.Count("n", 1), "1 badge"},
		{en.Count("n", 1234567), "1,234,567 badges"},
		{en.Number(-1000), "-1,000"},
		{strings.Join(fr.List("l"), "+"), "un+deux"},
		{strings.Join(en.List("absent"), "+"), "⟦absent⟧"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

func TestMissingKeyIsSeenAndTold(t *testing.T) {
	t.Parallel()
	var told []string
	c := catalogue(t, `{"a":"x"}`, `{"a":"x","only":"here"}`).
		ObserveMissing(func(lang Language, key string) { told = append(told, string(lang)+":"+key) })
	if got := c.Localizer(French).T("only"); got != "⟦only⟧" {
		t.Errorf("a missing key shows %q: no other language may stand in", got)
	}
	c.Localizer(French).Count("none", 2)
	if want := []string{"fr:only", "fr:none"}; !slices.Equal(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	for name, french := range map[string]string{
		"not JSON":      `{`,
		"not an object": `["a"]`,
		"a number":      `{"a":1}`,
		"null":          `{"a":null}`,
		"twice":         `{"a.b":"x","a":{"b":"y"}}`,
		"empty":         `{"a":""}`,
		"empty one":     `{"a":{"one":"","other":"x"}}`,
	} {
		files := fstest.MapFS{"locales/fr.json": {Data: []byte(french)}, "locales/en.json": {Data: []byte(`{}`)}}
		if _, err := Open(files); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, err := Open(fstest.MapFS{}); err == nil {
		t.Error("absent files: accepted")
	}
}

func TestTypography(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"Oui : non ; si ! quoi ?":    "Oui\u202f: non\u202f; si\u202f! quoi\u202f?",
		"« Votre badge »":            "«\u202fVotre badge\u202f»",
		"https://exemple.fr à 14:05": "https://exemple.fr à 14:05",
		"l'adresse":                  "l’adresse",
		"50 % de 12 €":               "50\u202f% de 12\u202f€",
	} {
		if got := typeset(typed); got != want {
			t.Errorf("typeset(%q) = %q, want %q", typed, got, want)
		}
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	c := catalogue(t, `{"a":"x"}`, `{"a":"x"}`)
	plain := strings.NewReplacer(noBreakSpace, " ").Replace
	tests := []struct{ at, day, french, english string }{
		{"2026-11-22T13:05:00Z", "dimanche", "le 22 novembre 2026 à 14 h 05", "22 November 2026 at 14:05"},
		{"2026-07-31T22:00:00Z", "samedi", "le 1er août 2026 à 0 h 00", "1 August 2026 at 00:00"}, // summer time, next day
		{"2026-03-29T00:59:59Z", "dimanche", "le 29 mars 2026 à 1 h 59", "29 March 2026 at 01:59"},
		{"2026-03-29T01:00:00Z", "dimanche", "le 29 mars 2026 à 3 h 00", "29 March 2026 at 03:00"}, // the hour that is not
	}
	for _, test := range tests {
		at, err := time.Parse(time.RFC3339, test.at)
		if err != nil {
			t.Fatal(err)
		}
		fr, en := c.Localizer(French), c.Localizer(English)
		if got := plain(fr.DateTime(at)); got != test.french {
			t.Errorf("%s: %q, want %q", test.at, got, test.french)
		}
		if got := plain(en.DateTime(at)); got != test.english {
			t.Errorf("%s: %q, want %q", test.at, got, test.english)
		}
		if got := plain(fr.Date(at)); !strings.HasPrefix(test.french, got+" à") {
			t.Errorf("%s: day %q", test.at, got)
		}
		if got := fr.Weekday(at); got != test.day {
			t.Errorf("%s: weekday %q, want %q", test.at, got, test.day)
		}
	}
	reunion, err := time.LoadLocation("Indian/Reunion")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 12, 31, 21, 0, 0, 0, time.UTC)
	if got := plain(c.Localizer(French).In(reunion).Date(at)); got != "le 1er janvier 2027" {
		t.Errorf("another zone: %q", got)
	}
}

func TestEveryMonth(t *testing.T) {
	t.Parallel()
	c := catalogue(t, `{"a":"x"}`, `{"a":"x"}`)
	seen := map[string]bool{}
	for month := time.January; month <= time.December; month++ {
		seen[c.Localizer(French).Date(time.Date(2026, month, 15, 12, 0, 0, 0, time.UTC))] = true
	}
	if len(seen) != 12 {
		t.Errorf("%d different months", len(seen))
	}
}

func TestNegotiate(t *testing.T) {
	t.Parallel()
	c := catalogue(t, `{"a":"x"}`, `{"a":"x"}`)
	tests := []struct {
		asked, accept string
		want          Language
		chosen        bool
	}{
		{"", "", French, false},
		{"en", "fr", English, true},
		{"fr", "en", French, true},
		{"de", "en-GB,en;q=0.9", English, false},
		{"../en", "", French, false},
		{"", "de, en;q=0.5, fr;q=0.4", English, false},
		{"", "fr-CA, en", French, false},
		{"", "en;q=0, fr;q=0.1", French, false},
		{"", "en;q=0.2, *;q=0.8", French, false},
		{"", "EN-us", English, false},
		{"", "en;q=2", French, false},
		{"", "en;q=NaN", French, false},
		{"", strings.Repeat("xx,", 40) + "en", French, false},
	}
	for _, test := range tests {
		lang, chosen := c.Negotiate(test.asked, test.accept)
		if lang != test.want || chosen != test.chosen {
			t.Errorf("Negotiate(%q, %q) = %s %t, want %s %t", test.asked, test.accept, lang, chosen, test.want, test.chosen)
		}
	}
}

func TestUnknownLanguageIsFrench(t *testing.T) {
	t.Parallel()
	c := catalogue(t, `{"a":"fr"}`, `{"a":"en"}`)
	if got := c.Localizer("xx").T("a"); got != "fr" {
		t.Errorf("got %q", got)
	}
}

func FuzzNegotiate(f *testing.F) {
	c, err := Open(fstest.MapFS{"locales/fr.json": {Data: []byte(`{"a":"x"}`)}, "locales/en.json": {Data: []byte(`{"a":"x"}`)}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add("fr", "en-GB,en;q=0.9,*;q=0.1")
	f.Add("", ";;q=,,")
	f.Fuzz(func(t *testing.T, asked, accept string) {
		lang, chosen := c.Negotiate(asked, accept)
		if !slices.Contains(Languages(), lang) || chosen != (asked == string(lang) && asked != "") {
			t.Errorf("%q %q → %s %t", asked, accept, lang, chosen)
		}
	})
}
