package public

import (
	"github.com/gin-gonic/gin"

	"ramure/internal/httpx"
)

// homeView is the body of templates/public/home.
type homeView struct{ Venues []httpx.Anchor }

// home answers GET /: the mission, how to verify, and who issues here.
func (d *door) home(c *gin.Context) {
	venues, err := d.Venues.Venues(c.Request.Context())
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	var view homeView
	for _, venue := range venues {
		view.Venues = append(view.Venues, httpx.Anchor{Label: venue.Name,
			Href: httpx.Link(c, "/issuers/"+venue.Slug), Note: d.commune(venue.Commune)})
	}
	say := httpx.Localizer(c)
	httpx.Cache(c, httpx.Revalidate)
	httpx.Render(c, "public/home", httpx.Page{Title: say.T("home.title"), Description: say.T("home.lead"),
		Canonical: "/", Body: view})
}

// robots keeps search engines away from what is about a person.
func (d *door) robots(c *gin.Context) {
	httpx.Cache(c, httpx.Fresh(keyFresh))
	httpx.Bytes(c, plainText, []byte("User-agent: *\nDisallow: /v/\nDisallow: /credentials/\nDisallow: /qr/\n"), "")
}
