package site

import (
	"strings"

	"github.com/gin-gonic/gin"

	"ramure/internal/auth"
	"ramure/internal/httpx"
)

// teamView is the body of templates/site/team.
type teamView struct {
	Frame   frame
	Members []memberLine
	Waiting []invitationLine
	Roles   []roleChoice // that the reader may give; none: the form is not there
	Form    inviteForm
	Link    string // of the invitation that was just made, to hand over
	Sent    bool   // it was sent too
}

type memberLine struct {
	Name, Email, Role string
	End               string // where the role is ended; empty when the reader may not
}

type invitationLine struct {
	Name, Email, Role string
	Invitation        auth.Invitation
	End               string
}

type roleChoice struct {
	Value, Label string
	Chosen       bool
}

type inviteForm struct{ Name, Email, Role, Fault string }

func (d *door) team(c *gin.Context) {
	d.showTeam(c, teamView{Form: inviteForm{Role: string(auth.RoleMediator)}})
}

func (d *door) showTeam(c *gin.Context, view teamView) {
	var err error
	if view.Frame, err = d.frame(c, "equipe"); err != nil {
		httpx.Fail(c, err)
		return
	}
	target := auth.Target{Kind: auth.OnVenue, Slug: c.Param("slug")}
	mayChange := d.People.May(c, auth.PolicyRoles, target)
	if err := d.fillTeam(c, &view, target, mayChange); err != nil {
		httpx.Fail(c, err)
		return
	}
	render(c, "team", "site.team.title", view)
}

func (d *door) fillTeam(c *gin.Context, view *teamView, target auth.Target, mayChange bool) error {
	members, err := d.Members.Members(c.Request.Context(), target)
	if err != nil {
		return err
	}
	base := "/lieux/" + target.Slug
	for _, m := range members {
		line := memberLine{Name: m.User.Name, Role: roleWord(c, m.Grant.Role)}
		if mayChange {
			line.Email, line.End = m.User.Email, httpx.Link(c, base+"/equipe/"+m.Grant.ID+"/fin")
		}
		view.Members = append(view.Members, line)
	}
	if !mayChange {
		return nil
	}
	waiting, err := d.Members.Invitations(c.Request.Context(), target, d.Now())
	if err != nil {
		return err
	}
	for _, i := range waiting {
		view.Waiting = append(view.Waiting, invitationLine{Name: i.Name, Email: i.Email, Role: roleWord(c, i.Role), Invitation: i,
			End: httpx.Link(c, base+"/invitations/"+i.ID+"/fin")})
	}
	view.Roles = roleChoices(c, target, view.Form.Role)
	return nil
}

// roleChoices are the roles that are given for such a target.
func roleChoices(c *gin.Context, target auth.Target, chosen string) (choices []roleChoice) {
	for _, r := range auth.Roles() {
		if r.Suits(target) {
			choices = append(choices, roleChoice{Value: string(r), Label: roleWord(c, r), Chosen: string(r) == chosen})
		}
	}
	return choices
}

// invite makes an invitation and shows its link once: it can be handed over on
// paper, and is stored nowhere.
func (d *door) invite(c *gin.Context) {
	typed := inviteForm{Name: strings.TrimSpace(c.PostForm("name")), Email: strings.TrimSpace(c.PostForm("email")), Role: c.PostForm("role")}
	link, err := d.People.Invite(c.Request.Context(), auth.SessionOf(c), auth.Invitation{Name: typed.Name, Email: typed.Email,
		Role: auth.Role(typed.Role), Target: auth.Target{Kind: auth.OnVenue, Slug: c.Param("slug")}}, auth.From(c))
	if again(err) {
		typed.Fault = words(c, err)
		d.showTeam(c, teamView{Form: typed})
		return
	}
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	d.showTeam(c, teamView{Form: inviteForm{Role: typed.Role}, Link: link, Sent: typed.Email != "" && d.People.Courier != nil})
}

func (d *door) endRole(c *gin.Context) {
	err := d.People.End(c.Request.Context(), auth.SessionOf(c), c.Param("id"), auth.From(c))
	d.then(c, err, "/lieux/"+c.Param("slug")+"/equipe")
}

func (d *door) withdrawInvitation(c *gin.Context) {
	at := auth.Target{Kind: auth.OnVenue, Slug: c.Param("slug")}
	err := d.People.Withdraw(c.Request.Context(), auth.SessionOf(c), c.Param("id"), at, auth.From(c))
	d.then(c, err, "/lieux/"+c.Param("slug")+"/equipe")
}
