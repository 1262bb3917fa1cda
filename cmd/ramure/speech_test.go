package main

import (
	"testing"

	"ramure/internal/credential"
	"ramure/internal/locale"
	"ramure/web"
)

func TestLanguageOfTheTerminal(t *testing.T) {
	t.Parallel()
	cases := []struct {
		env  map[string]string
		want locale.Language
	}{
		{nil, locale.French},
		{map[string]string{"LANG": "C.UTF-8"}, locale.French},
		{map[string]string{"LANG": "en_US.UTF-8"}, locale.English},
		{map[string]string{"LANG": "en_US.UTF-8", "LC_MESSAGES": "fr_FR"}, locale.French},
		{map[string]string{"LANG": "fr_FR", "LC_MESSAGES": "fr_FR", "LC_ALL": "en_GB"}, locale.English},
	}
	for _, c := range cases {
		if got := language(func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("%v: %s, want %s", c.env, got, c.want)
		}
	}
}

func TestPrintableKeepsStrangersInTheirLine(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"ERIC d’Embrun (lieu fictif), l\u00a0été": "ERIC d’Embrun (lieu fictif), l\u00a0été",
		"a\nok       proof":                       "a?ok       proof",
		"\x1b[2Jvalid":                            "?[2Jvalid",
		"\u009b2J":                                "?2J",
		"gpj\u202etxe":                            "gpj?txe",
		"a\u2028b\u2029c":                         "a?b?c",
		"tab\there\r":                             "tab?here?",
	} {
		if got := printable(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

// Each reason that a check can give has a sentence in both languages.
func TestEveryReasonHasASentence(t *testing.T) {
	t.Parallel()
	catalogue, err := locale.Open(web.FS)
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for _, id := range append(credential.Order(), credential.CheckHolder) {
		for _, reason := range append(credential.Reasons(id), "notReached") {
			key := "check." + string(id) + "." + reason
			for _, lang := range locale.Languages() {
				if !catalogue.Localizer(lang).Has(key) && (id != credential.CheckHolder || reason != "notReached") {
					t.Errorf("%s is not said in %s", key, lang)
				}
			}
			said++
		}
	}
	if said < 100 {
		t.Errorf("only %d reasons were looked up", said)
	}
}
