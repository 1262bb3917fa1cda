package public

import (
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

// prose renders Markdown below a heading of that level.
func (d *door) prose(source string, level int) prose {
	if strings.TrimSpace(source) == "" {
		return prose{}
	}
	html, err := d.markup.Render(source, level)
	if err != nil {
		return prose{Plain: source}
	}
	return prose{HTML: html}
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
