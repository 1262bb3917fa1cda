package public

import (
	"strings"

	"ramure/internal/markup"
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

// webAddress passes what a reader can open: an http or https address.
func webAddress(iri string) string {
	if strings.HasPrefix(iri, "https://") || strings.HasPrefix(iri, "http://") {
		return iri
	}
	return ""
}
