package locale

import (
	"strconv"
	"strings"
)

// maxPreferences bounds the work that an Accept-Language header can ask for.
const maxPreferences = 32

// Negotiate chooses the language of an answer: the one that the address asks
// for (?lang=) if it is spoken here, else the best of the Accept-Language
// header, else French. chosen tells that the address decided, so that links
// can carry the choice on (there is no cookie to remember it).
func (c *Catalogue) Negotiate(asked, acceptLanguage string) (lang Language, chosen bool) {
	if _, spoken := c.messages[Language(asked)]; spoken {
		return Language(asked), true
	}
	best, bestQuality := French, 0.0
	for i, preference := range strings.Split(acceptLanguage, ",") {
		if i == maxPreferences {
			break
		}
		lang, quality := c.preference(preference)
		if quality > bestQuality {
			best, bestQuality = lang, quality
		}
	}
	return best, false
}

// preference reads one member, as "en-GB;q=0.7"; quality 0 means "not this".
// A regional variety counts as its language; "*" as French.
func (c *Catalogue) preference(member string) (Language, float64) {
	tag, parameter, _ := strings.Cut(member, ";")
	tag, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
	if tag == "*" {
		tag = string(French)
	}
	if _, spoken := c.messages[Language(tag)]; !spoken {
		return French, 0
	}
	return Language(tag), quality(parameter)
}

func quality(parameter string) float64 {
	value, found := strings.CutPrefix(strings.TrimSpace(parameter), "q=")
	if !found {
		return 1
	}
	q, err := strconv.ParseFloat(value, 64)
	if err != nil || !(q >= 0 && q <= 1) {
		return 0
	}
	return q
}
