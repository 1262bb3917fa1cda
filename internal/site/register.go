package site

import (
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"ramure/internal/auth"
	"ramure/internal/award"
	"ramure/internal/httpx"
)

// registerView is the body of templates/site/register.
type registerView struct {
	Frame    frame
	Statuses []roleChoice
	Lines    []awardLine
	More     string // address of the page of older ones; empty at the end
}

// awardLine is one badge of the register.
type awardLine struct {
	Person string
	Badge  string
	Day    string
	Status string
	Href   string
}

// register lists what the venue issued, newest first.
func (d *door) register(c *gin.Context) {
	f, err := d.frame(c, "delivres")
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	now := d.Now()
	status := c.Query("etat")
	stored, next, err := d.Awards.Awards(c.Request.Context(), auth.ScopeOf(c), award.Query{Cursor: c.Query("depuis"), Status: status, Now: now, Limit: 50})
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	view := registerView{Frame: f, Statuses: statusChoices(c, status)}
	names := map[award.AchievementID]string{}
	for _, a := range stored {
		view.Lines = append(view.Lines, d.awardLine(c, a, names))
	}
	if next != "" {
		view.More = httpx.Link(c, c.Request.URL.Path+"?etat="+url.QueryEscape(status)+"&depuis="+url.QueryEscape(next))
	}
	render(c, "register", "site.register.title", view)
}

func (d *door) awardLine(c *gin.Context, a award.Stored, names map[award.AchievementID]string) awardLine {
	name, met := names[a.Achievement]
	if !met {
		if achievement, err := d.Awards.Achievement(c.Request.Context(), auth.ScopeOf(c), a.Achievement); err == nil {
			name = achievement.Definition.Name
		}
		names[a.Achievement] = name
	}
	return awardLine{Person: a.Holder.GivenName + " " + a.Holder.FamilyName, Badge: name, Day: a.AwardedOn,
		Status: httpx.Localizer(c).T("verdict." + a.Status(d.Now()) + ".word"),
		Href:   httpx.Link(c, "/lieux/"+c.Param("slug")+"/delivres/"+string(a.ID))}
}

func statusChoices(c *gin.Context, chosen string) []roleChoice {
	say := httpx.Localizer(c)
	choices := []roleChoice{{Value: "", Label: say.T("site.register.all"), Chosen: chosen == ""}}
	for _, status := range []string{"valid", "expired", "notYetValid", "revoked"} {
		choices = append(choices, roleChoice{Value: status, Label: say.T("verdict." + status + ".word"), Chosen: status == chosen})
	}
	return choices
}

// awardView is the body of templates/site/award.
type awardView struct {
	Frame    frame
	Line     awardLine
	Page     string // of the badge, as a recruiter sees it
	QR       string
	Revoked  *award.Revocation
	By       string
	Revoke   string // where it is taken back; empty when the reader may not, or it is
	Fault    string
	Reason   string
	Revoking bool // the form is open
}

// award shows one badge to those who issued it: its page, its code to print, and
// how to take it back.
func (d *door) award(c *gin.Context) { d.showAward(c, false, "", "") }

// revokePage opens the form; its guard asks for a proof first.
func (d *door) revokePage(c *gin.Context) { d.showAward(c, true, "", "") }

func (d *door) showAward(c *gin.Context, revoking bool, reason, fault string) {
	f, err := d.frame(c, "delivres")
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	a, err := d.Awards.Award(c.Request.Context(), auth.ScopeOf(c), award.ID(c.Param("id")))
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	view := awardView{Frame: f, Line: d.awardLine(c, a, map[award.AchievementID]string{}), Revoked: a.Revocation, Revoking: revoking, Reason: reason, Fault: fault,
		Page: d.Addresses.Printed(a.ID, a.DocHash), QR: "/qr/" + string(a.ID) + ".svg"}
	if a.Revocation != nil {
		view.By = d.actor(c, a.Revocation.By, map[string]string{})
	} else if d.People.May(c, auth.PolicyRevoke, auth.Target{Kind: auth.OnVenue, Slug: c.Param("slug")}) {
		view.Revoke = view.Line.Href + "/retrait"
	}
	render(c, "award", "site.award.title", view)
}

func (d *door) revoke(c *gin.Context) {
	reason := strings.TrimSpace(c.PostForm("raison"))
	_, err := d.Awards.Revoke(c.Request.Context(), auth.ScopeOf(c), award.ID(c.Param("id")), reason)
	if again(err) {
		d.showAward(c, true, reason, words(c, err))
		return
	}
	d.then(c, err, "/lieux/"+c.Param("slug")+"/delivres/"+c.Param("id"))
}
