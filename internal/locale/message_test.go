package locale

import (
	"strings"
	"testing"
	"time"
)

func TestMessageWritesDatesInWords(t *testing.T) {
	t.Parallel()
	c := catalogue(t, `{"end":"Fini {until}.","who":"De {slug}."}`, `{"end":"Ended on {until}.","who":"Of {slug}."}`)
	plain := strings.NewReplacer(noBreakSpace, " ").Replace
	west, err := time.LoadLocation("America/Martinique")
	if err != nil {
		t.Fatal(err)
	}
	fr, en := c.Localizer(French), c.Localizer(English)
	tests := []struct {
		say       *Localizer
		key, name string
		value     string
		want      string
	}{
		{fr, "end", "until", "2026-11-22T13:05:00Z", "Fini le 22 novembre 2026 à 14 h 05."},
		{en, "end", "until", "2026-11-22T13:05:00+02:00", "Ended on 22 November 2026 at 12:05."},
		{fr, "end", "until", "2026-11-01", "Fini le 1er novembre 2026."},
		{fr.In(west), "end", "until", "2026-11-22", "Fini le 22 novembre 2026."}, // a day has no zone to be moved by
		{fr, "end", "until", "2026-02-30", "Fini 2026-02-30."},
		{fr, "who", "slug", "eric-embrun", "De eric-embrun."},
		{fr, "who", "other", "x", "De {slug}."},
	}
	for _, test := range tests {
		if got := plain(test.say.Message(test.key, map[string]string{test.name: test.value})); got != test.want {
			t.Errorf("%s: %q, want %q", test.value, got, test.want)
		}
	}
}
