package locale

import (
	"fmt"
	"strconv"
	"time"
)

var (
	frenchMonths = [...]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet",
		"août", "septembre", "octobre", "novembre", "décembre"}
	frenchDays = [...]string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"}
)

// Date writes the day of an instant in words, in the Localizer's zone:
// « le 22 novembre 2026 », "22 November 2026".
func (l *Localizer) Date(at time.Time) string {
	at = at.In(l.zone)
	if l.lang == French {
		return "le " + frenchDay(at)
	}
	return at.Format("2" + noBreakSpace + "January 2006")
}

// DateTime writes an instant in words, in the Localizer's zone:
// « le 22 novembre 2026 à 14 h 05 », "22 November 2026 at 14:05".
func (l *Localizer) DateTime(at time.Time) string {
	at = at.In(l.zone)
	if l.lang == French {
		return fmt.Sprintf("le %s à %d"+noBreakSpace+"h"+noBreakSpace+"%02d", frenchDay(at), at.Hour(), at.Minute())
	}
	return at.Format("2" + noBreakSpace + "January 2006 at 15:04")
}

// Weekday names the day of the week of an instant: « dimanche », "Sunday".
func (l *Localizer) Weekday(at time.Time) string {
	at = at.In(l.zone)
	if l.lang == French {
		return frenchDays[at.Weekday()]
	}
	return at.Weekday().String()
}

// frenchDay writes the day without its article; the first of a month is « 1er ».
func frenchDay(at time.Time) string {
	day := strconv.Itoa(at.Day())
	if at.Day() == 1 {
		day = "1er"
	}
	return fmt.Sprintf("%s"+noBreakSpace+"%s %d", day, frenchMonths[at.Month()-1], at.Year())
}
