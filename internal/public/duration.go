package public

import (
	"regexp"
	"strconv"
	"strings"

	"ramure/internal/locale"
)

// durationShape is the part of ISO 8601 durations that achievements use.
var durationShape = regexp.MustCompile(`^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$`)

// durationInWords says « 3 ans », « 1 an et 6 mois », or that there is no end.
func durationInWords(say *locale.Localizer, iso string) string {
	if iso == "" {
		return say.T("duration.none")
	}
	parts := durationShape.FindStringSubmatch(iso)
	if parts == nil {
		return iso
	}
	var words []string
	for i, unit := range []string{"duration.years", "duration.months", "duration.days"} {
		if n, err := strconv.Atoi(parts[i+1]); err == nil && n > 0 {
			words = append(words, say.Count(unit, n))
		}
	}
	return strings.Join(words, " "+say.T("duration.and")+" ")
}
