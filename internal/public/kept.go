package public

import (
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/award"
	"ramure/internal/credential"
	"ramure/internal/freshness"
	"ramure/internal/httpx"
	"ramure/internal/locale"
)

// pageKey is all that the page of a badge depends on within a second, besides
// the badge: an address with a query is drawn anew each time.
type pageKey struct {
	id   award.ID
	lang locale.Language
}

// keptPages bounds the pages that are kept, in bytes.
const keptPages = 4 << 20

func newPages(c Config) *freshness.Cache[pageKey, httpx.Drawn] {
	source := c.Changes
	if source == nil {
		source = freshness.NewSequence(c.Now) // which nobody tells of changes: keep nothing
	}
	return freshness.NewCache[pageKey, httpx.Drawn](source, c.Now, keptPages)
}

// keptPage draws the page of a badge once a second for all who ask for it: it
// says at which second the badge was examined, so that within one it is the
// same. A change of anything that it shows makes it a new one at once.
func (d *door) keptPage(c *gin.Context, id award.ID) (httpx.Drawn, error) {
	draw := func() (httpx.Drawn, freshness.Terms, error) {
		view, err := d.Awards.Examine(c.Request.Context(), id)
		if err != nil {
			return httpx.Drawn{}, freshness.Terms{}, err
		}
		drawn, err := d.drawVerification(c, view)
		return drawn, pageTerms(view, drawn), err
	}
	if c.Request.URL.RawQuery != "" {
		drawn, _, err := draw()
		return drawn, err
	}
	return d.pages.Get(pageKey{id, httpx.Localizer(c).Lang()}, draw)
}

// pageTerms keep a page to the end of the second that it tells, unless the next
// reader may be told more: the badge waits for its place in the log, or something
// could not be asked.
func pageTerms(view award.View, drawn httpx.Drawn) freshness.Terms {
	if view.Report.Verdict == credential.Unverifiable || view.Report.Verdict == credential.Invalid {
		return freshness.Terms{}
	}
	until := wholeSecond(view.Report.CheckedAt).Add(time.Second - 1)
	return freshness.Terms{Size: drawn.Size() + pageOverhead, Until: until}
}

// pageOverhead is about what an entry takes besides its page, in bytes.
const pageOverhead = 256
