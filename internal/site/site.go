package site

import (
	"context"
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/auth"
	"ramure/internal/award"
	"ramure/internal/competence"
	"ramure/internal/httpx"
	"ramure/internal/journal"
	"ramure/internal/mediation"
)

// Venues names venues.
type Venues interface {
	Venue(ctx context.Context, slug string) (mediation.Venue, error)
	Venues(ctx context.Context) ([]mediation.Venue, error)
}

// Members lists who has a role somewhere, and who is invited.
type Members interface {
	Members(ctx context.Context, t auth.Target) ([]auth.Member, error)
	Invitations(ctx context.Context, t auth.Target, now time.Time) ([]auth.Invitation, error)
	User(ctx context.Context, id string) (auth.User, error)
}

// Config is what the door is made of.
type Config struct {
	People  auth.Service
	Venues  Venues
	Members Members
	Journal journal.Reader
	Awards  Awards
	// Catalogue holds the shipped frameworks; Addresses are those that papers carry.
	Catalogue *competence.Catalogue
	Addresses award.Addresses
	NewID     func() (string, error)
	Now       func() time.Time
}

// door holds what the handlers share. It is safe for concurrent use.
type door struct {
	Config
	askers *httpx.Limiter // requests to sign in, of one visitor
}

// Limits of what somebody who is not signed in makes the service do, before the
// database counts.
const (
	askerBurst, askerEvery = 20, 10 * time.Second
	rememberedAskers       = 20_000
)

// Mount serves the door's routes on the hall, whose guards are auth's.
func Mount(hall *httpx.Engine, c Config) error {
	d := &door{Config: c, askers: httpx.NewLimiter(httpx.LimiterConfig{Burst: askerBurst, Every: askerEvery, Keys: rememberedAskers, Now: c.Now})}
	return hall.Mount(d.routes())
}

// render shows a signed-in page; nobody else sees it, and no cache keeps it.
func render(c *gin.Context, name, title string, body any) {
	httpx.Render(c, "site/"+name, httpx.Page{Title: httpx.Localizer(c).T(title), Robots: "noindex", Body: body})
}

// frame is what every signed-in page shows of its reader: who they are, where they
// are, and the ways to go on.
type frame struct {
	Person string
	Venue  *mediation.Venue // nil where the page is of no venue
	Ways   []way
	Shared bool // on a computer that others use
}

// way is a link of the frame.
type way struct {
	Label string
	Href  string
	Here  bool
}

// frame makes the frame of a page of the venue that the path names, or of none.
func (d *door) frame(c *gin.Context, here string) (frame, error) {
	session := auth.SessionOf(c)
	f := frame{Person: session.User.Name, Shared: session.Shared}
	slug := c.Param("slug")
	if slug == "" {
		return f, nil
	}
	venue, err := d.Venues.Venue(c.Request.Context(), slug)
	if err != nil {
		return f, err
	}
	f.Venue = &venue
	f.Ways = d.ways(c, venue.Slug, here)
	return f, nil
}

// venuePages are the pages of a venue, in the order of the frame.
var venuePages = []struct {
	path, label string
	policy      httpx.Policy
}{
	{"badges", "site.achievements.title", auth.PolicyAchievements},
	{"delivres", "site.register.title", auth.PolicyRegister},
	{"equipe", "site.team.title", auth.PolicyTeam},
	{"journal", "site.journal.title", auth.PolicyVenueJournal},
}

// ways lists the pages of a venue that the reader may open.
func (d *door) ways(c *gin.Context, slug, here string) (ways []way) {
	say := httpx.Localizer(c)
	for _, page := range venuePages {
		if !d.People.May(c, page.policy, auth.Target{Kind: auth.OnVenue, Slug: slug}) {
			continue
		}
		ways = append(ways, way{Label: say.T(page.label), Href: httpx.Link(c, "/lieux/"+slug+"/"+page.path), Here: page.path == here})
	}
	return ways
}
