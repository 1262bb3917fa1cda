package site

import (
	"strings"

	"github.com/gin-gonic/gin"

	"ramure/internal/auth"
	"ramure/internal/httpx"
)

// accountView is the body of templates/site/account.
type accountView struct {
	Frame    frame
	Name     string
	Email    string
	Fault    string
	Sessions []auth.Session
	Here     string // id of the session of this very browser
}

func (d *door) account(c *gin.Context) { d.showAccount(c, auth.SessionOf(c).User.Name, "") }

func (d *door) showAccount(c *gin.Context, name, fault string) {
	session := auth.SessionOf(c)
	f, err := d.frame(c, "")
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	sessions, err := d.People.Sessions(c.Request.Context(), session)
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	render(c, "account", "site.account.title", accountView{Frame: f, Name: name, Email: session.User.Email,
		Fault: fault, Sessions: sessions, Here: session.ID})
}

func (d *door) changeAccount(c *gin.Context) {
	name := strings.TrimSpace(c.PostForm("name"))
	err := d.People.Rename(c.Request.Context(), auth.SessionOf(c), name, string(httpx.Localizer(c).Lang()), auth.From(c))
	if again(err) {
		d.showAccount(c, name, words(c, err))
		return
	}
	d.then(c, err, "/compte")
}

func (d *door) endSession(c *gin.Context) {
	d.then(c, d.People.EndSession(c.Request.Context(), auth.SessionOf(c), c.Param("id")), "/compte")
}

// confirmView is the body of templates/site/confirm.
type confirmView struct {
	Frame frame
	Email string // empty: only a link from the operator proves anything
	Next  string
}

// confirm offers the way to prove that the person is there: signing in again.
func (d *door) confirm(c *gin.Context) {
	f, err := d.frame(c, "")
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	view := confirmView{Frame: f, Next: next(c.Query("suite"))}
	if d.People.Courier != nil {
		view.Email = auth.SessionOf(c).User.Email
	}
	render(c, "confirm", "site.confirm.title", view)
}

// then goes on to a page after a change, or tells why there was none.
func (d *door) then(c *gin.Context, err error, path string) {
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	httpx.SeeOther(c, httpx.Link(c, path))
}
