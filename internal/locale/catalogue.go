package locale

import (
	"fmt"
	"io/fs"
	"slices"
	"time"

	// The program runs in empty containers, where no zone is installed.
	_ "time/tzdata"
)

// Language is a language that the service speaks, as a BCP 47 tag.
type Language string

// The languages, the first being the one of a person who names none.
const (
	French  Language = "fr"
	English Language = "en"
)

// Languages lists what the service speaks, in order of preference.
func Languages() []Language { return []Language{French, English} }

// DefaultZone is the zone of dates in words, unless a territory says otherwise.
const DefaultZone = "Europe/Paris"

// Catalogue holds every message in every language. It does not change after
// Open, and may be used by many requests at once.
type Catalogue struct {
	messages map[Language]map[string]message
	zone     *time.Location
	missing  func(Language, string)
}

// message is one text in its forms: "other" always, "one" for plurals.
type message struct {
	one, other string
	plural     bool
}

// Open reads locales/<language>.json of every language from the resources.
// It fails on a file that is absent, on one that is not a tree of texts, and
// on a key that is given twice.
func Open(files fs.FS) (*Catalogue, error) {
	zone, err := time.LoadLocation(DefaultZone)
	if err != nil {
		return nil, fmt.Errorf("load zone %s: %w", DefaultZone, err)
	}
	c := &Catalogue{messages: map[Language]map[string]message{}, zone: zone, missing: func(Language, string) {}}
	for _, lang := range Languages() {
		name := "locales/" + string(lang) + ".json"
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read catalogue: %w", err)
		}
		if c.messages[lang], err = parse(lang, data); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return c, nil
}

// ObserveMissing returns a copy of the catalogue that tells the observer of
// each key that was asked for and is not there. The observer must be quick and
// safe for concurrent use; in production it writes one line to the log.
func (c *Catalogue) ObserveMissing(observer func(Language, string)) *Catalogue {
	copied := *c
	copied.missing = observer
	return &copied
}

// Keys lists the keys of one language in order.
func (c *Catalogue) Keys(lang Language) []string {
	keys := make([]string, 0, len(c.messages[lang]))
	for key := range c.messages[lang] {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// Localizer speaks one language. An unknown language is answered in French.
func (c *Catalogue) Localizer(lang Language) *Localizer {
	if _, known := c.messages[lang]; !known {
		lang = French
	}
	return &Localizer{catalogue: c, lang: lang, zone: c.zone}
}
