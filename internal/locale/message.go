package locale

import "time"

// Message gives the message of a key whose arguments are those of a failure or
// of a check: names and values in text. A value that is a machine's date
// (RFC 3339: a whole date-time, or a day) is written in words.
func (l *Localizer) Message(key string, args map[string]string) string {
	pairs := make([]any, 0, 2*len(args))
	for name, value := range args {
		pairs = append(pairs, name, l.inWords(value))
	}
	return l.T(key, pairs...)
}

func (l *Localizer) inWords(value string) string {
	if at, err := time.Parse(time.RFC3339, value); err == nil {
		return l.DateTime(at)
	}
	if day, err := time.ParseInLocation(time.DateOnly, value, l.zone); err == nil {
		return l.Date(day)
	}
	return value
}
