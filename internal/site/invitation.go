package site

import (
	"github.com/gin-gonic/gin"

	"ramure/internal/auth"
	"ramure/internal/httpx"
	"ramure/internal/locale"
)

// invitationView is the body of templates/site/invitation.
type invitationView struct {
	Name   string
	Role   string
	Place  string
	Person string // who is signed in already; empty for nobody
	Fault  string
	Action string
}

// showInvitation tells what an invitation is for; nothing is used up by looking.
func (d *door) showInvitation(c *gin.Context) { d.offer(c, "", "") }

func (d *door) offer(c *gin.Context, name, fault string) {
	i, err := d.People.Invitation(c.Request.Context(), auth.Secret(c.Param("token")))
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	view := invitationView{Name: i.Name, Role: roleWord(c, i.Role), Place: d.placeName(c, i.Target), Fault: fault, Action: c.Request.URL.RequestURI()}
	if name != "" {
		view.Name = name
	}
	if session, err := d.People.FromCookie(c); err == nil {
		view.Person = session.User.Name
	}
	render(c, "invitation", "site.invitation.title", view)
}

func (d *door) acceptInvitation(c *gin.Context) {
	var by *auth.Session
	if session, err := d.People.FromCookie(c); err == nil {
		by = &session
	}
	name := c.PostForm("name")
	secret, err := d.People.Accept(c.Request.Context(), auth.Secret(c.Param("token")), by, name, string(httpx.Localizer(c).Lang()), device(c), auth.From(c))
	if again(err) {
		d.offer(c, name, words(c, err))
		return
	}
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	if secret != "" {
		auth.GiveSession(c, secret)
	}
	httpx.SeeOther(c, firstPage)
}

// placeName is where a role is: a venue by its name.
func (d *door) placeName(c *gin.Context, t auth.Target) string {
	switch t.Kind {
	case auth.OnVenue:
		if venue, err := d.Venues.Venue(c.Request.Context(), t.Slug); err == nil {
			return venue.Name
		}
		return t.Slug
	case auth.OnNetwork:
		return t.Slug
	}
	return httpx.Localizer(c).T("site.place.instance")
}

func roleWord(c *gin.Context, r auth.Role) string { return word(httpx.Localizer(c), r) }

func word(say *locale.Localizer, r auth.Role) string { return say.T("site.role." + string(r)) }
