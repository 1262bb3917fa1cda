package award

import (
	"regexp"
	"strconv"
	"time"
)

// periodShape is the part of ISO 8601 durations that a badge needs: years,
// months and days.
var periodShape = regexp.MustCompile(`^P(?:(\d{1,2})Y)?(?:(\d{1,3})M)?(?:(\d{1,4})D)?$`)

// period adds an ISO 8601 duration to a moment; false when it is malformed or
// empty. A 29 February plus a year is the 1 March, as calendars have it.
func period(from time.Time, iso string) (time.Time, bool) {
	parts := periodShape.FindStringSubmatch(iso)
	if parts == nil {
		return from, false
	}
	n := [3]int{}
	for i := range n {
		n[i], _ = strconv.Atoi(parts[i+1])
	}
	if n[0]+n[1]+n[2] == 0 {
		return from, false
	}
	return from.AddDate(n[0], n[1], n[2]), true
}
