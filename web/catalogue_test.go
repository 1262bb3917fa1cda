package web_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"ramure/internal/locale"
	"ramure/web"
)

func open(t *testing.T) *locale.Catalogue {
	t.Helper()
	catalogue, err := locale.Open(web.FS)
	if err != nil {
		t.Fatal(err)
	}
	return catalogue
}

func TestSameKeys(t *testing.T) {
	t.Parallel()
	catalogue := open(t)
	french, english := catalogue.Keys(locale.French), catalogue.Keys(locale.English)
	for _, key := range french {
		if !slices.Contains(english, key) {
			t.Errorf("%s: in French only", key)
		}
	}
	for _, key := range english {
		if !slices.Contains(french, key) {
			t.Errorf("%s: in English only", key)
		}
	}
	if len(french) < 100 {
		t.Errorf("only %d keys were read", len(french))
	}
}

var place = regexp.MustCompile(`\{[a-zA-Z]+\}`)

// TestSamePlaces compares the named arguments of each text, in both plural
// forms (a "one" that leaves {n} out is a way to write, so it is not asked for).
func TestSamePlaces(t *testing.T) {
	t.Parallel()
	catalogue := open(t)
	french, english := catalogue.Localizer(locale.French), catalogue.Localizer(locale.English)
	for _, key := range catalogue.Keys(locale.French) {
		for _, n := range []int{1, 2} {
			fr, en := places(french.Count(key, n)), places(english.Count(key, n))
			if !slices.Equal(fr, en) {
				t.Errorf("%s: French takes %v, English %v", key, fr, en)
			}
		}
	}
}

func places(text string) []string {
	found := place.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// TestFrenchTypography finds high punctuation that the typist stuck to its word
// or that a plain space would let go to the next line.
func TestFrenchTypography(t *testing.T) {
	t.Parallel()
	catalogue := open(t)
	french := catalogue.Localizer(locale.French)
	wrong := regexp.MustCompile(`[^\x{202f}\s][;!?»]|«[^\x{202f}]|[^\x{202f}\d/]:([^/\d]|$)| [:;!?»%]|['"]`)
	for _, key := range catalogue.Keys(locale.French) {
		if found := wrong.FindString(french.T(key)); found != "" {
			t.Errorf("%s: %q in %q", key, found, french.T(key))
		}
	}
}

func TestEnglishIsNotTypesetAsFrench(t *testing.T) {
	t.Parallel()
	catalogue := open(t)
	english := catalogue.Localizer(locale.English)
	for _, key := range catalogue.Keys(locale.English) {
		text := english.T(key)
		if strings.ContainsAny(text, "«»\u202f'") || strings.Contains(text, " :") || strings.Contains(text, " ?") {
			t.Errorf("%s: %q", key, text)
		}
	}
}
