package public

import (
	"regexp"
	"strings"

	"ramure/internal/locale"
	"ramure/internal/markup"
	"ramure/internal/openbadges"
)

// prose is a text of a venue's: its Markdown made safe or, when that can't be
// done, the text as it was written, line by line. Nothing signed is left out.
type prose struct {
	HTML  markup.HTML
	Plain string
}

// Empty tells that there is nothing to show.
func (p prose) Empty() bool { return p.HTML.String() == "" && p.Plain == "" }

// prose renders Markdown below a heading of the second level.
func (d *door) prose(source string) prose { return d.proseBelow(source, 3) }

// proseBelow renders Markdown whose highest heading is of a level.
func (d *door) proseBelow(source string, level int) prose {
	if strings.TrimSpace(source) == "" {
		return prose{}
	}
	html, err := d.markup.Render(source, shift(source, level))
	if err != nil {
		return prose{Plain: source}
	}
	return prose{HTML: html}
}

var headingLine = regexp.MustCompile(`(?m)^ {0,3}(#{1,6})[ \t]`)

// shift moves a text's headings down so that the highest is of a level, whether
// its author began with one # or two: a level left out is a hole for whoever
// moves from heading to heading.
func shift(source string, to int) int {
	highest := 1
	for i, found := range headingLine.FindAllStringSubmatch(source, -1) {
		if level := len(found[1]); i == 0 || level < highest {
			highest = level
		}
	}
	return max(1, to-highest)
}

// tongue is the language of an achievement's texts when it is not the reader's,
// for the lang attribute (WCAG 2.2, 3.1.2); empty otherwise.
func tongue(a openbadges.Achievement, say *locale.Localizer) string {
	if a.InLanguage == string(say.Lang()) {
		return ""
	}
	return a.InLanguage
}

// webAddress passes what a reader can open: an http or https address.
func webAddress(iri string) string {
	if strings.HasPrefix(iri, "https://") || strings.HasPrefix(iri, "http://") {
		return iri
	}
	return ""
}
