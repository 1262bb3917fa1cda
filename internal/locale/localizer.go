package locale

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Localizer speaks one language in one zone. The zero value is of no use: ask
// a Catalogue for one.
type Localizer struct {
	catalogue *Catalogue
	lang      Language
	zone      *time.Location
}

// Lang is the language spoken, for the lang attribute and Content-Language.
func (l *Localizer) Lang() Language { return l.lang }

// In returns a Localizer whose dates are those of another zone, for a
// territory that does not live at Paris's hours.
func (l *Localizer) In(zone *time.Location) *Localizer {
	copied := *l
	copied.zone = zone
	return &copied
}

// Has tells whether a key is in the catalogue.
func (l *Localizer) Has(key string) bool {
	_, ok := l.catalogue.messages[l.lang][key]
	return ok
}

// T gives the message of a key. Arguments come in pairs, name then value, for
// the {name} places of the text: T("badge.by", "issuer", name). A string is
// put in as it is, an integer with the language's separators. A key that is
// missing is shown as ⟦key⟧, an argument that is missing as its {name}.
func (l *Localizer) T(key string, args ...any) string {
	m, ok := l.catalogue.messages[l.lang][key]
	if !ok {
		return l.hole(key)
	}
	return l.fill(m.other, args)
}

// Count gives the plural form of a message for a number, which is also its
// argument {n}. French counts 0 and 1 as one, English only 1 (CLDR).
func (l *Localizer) Count(key string, n int, args ...any) string {
	m, ok := l.catalogue.messages[l.lang][key]
	if !ok {
		return l.hole(key)
	}
	text := m.other
	if m.plural && l.isOne(n) {
		text = m.one
	}
	return l.fill(text, append([]any{"n", n}, args...))
}

// List gives the messages key.0, key.1, … of a list.
func (l *Localizer) List(key string) []string {
	var items []string
	for i := 0; l.Has(join(key, strconv.Itoa(i))); i++ {
		items = append(items, l.T(join(key, strconv.Itoa(i))))
	}
	if items == nil {
		return []string{l.hole(key)}
	}
	return items
}

// Number writes an integer with the language's thousands separator.
func (l *Localizer) Number(n int) string {
	separator := ","
	if l.lang == French {
		separator = narrowSpace
	}
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + separator + digits[i:]
	}
	return sign + digits
}

func (l *Localizer) isOne(n int) bool {
	return n == 1 || (n == 0 && l.lang == French)
}

// hole makes a missing key visible to the reader and known to the operator.
func (l *Localizer) hole(key string) string {
	l.catalogue.missing(l.lang, key)
	return "⟦" + key + "⟧"
}

// fill puts the arguments into their places in one pass, so that a value that
// happens to look like a place is left alone.
func (l *Localizer) fill(text string, args []any) string {
	if len(args) < 2 || !strings.Contains(text, "{") {
		return text
	}
	pairs := make([]string, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		pairs = append(pairs, "{"+fmt.Sprint(args[i])+"}", l.word(args[i+1]))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

func (l *Localizer) word(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case int:
		return l.Number(v)
	default:
		return fmt.Sprint(v)
	}
}
