package site

import (
	"errors"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"ramure/internal/auth"
	"ramure/internal/httpx"
	"ramure/internal/problem"
)

// signInView is the body of templates/site/signin.
type signInView struct {
	Email  string
	Next   string // where to go on afterwards: a path of ours
	Shared bool
	Fault  string
}

// codeView is the body of templates/site/code.
type codeView struct {
	Next  string
	Fault string
}

// tokenView is the body of templates/site/link: a button.
type tokenView struct {
	Action string
	Next   string
}

func (d *door) askSignIn(c *gin.Context) {
	if _, err := d.People.FromCookie(c); err == nil {
		httpx.SeeOther(c, next(c.Query("suite")))
		return
	}
	render(c, "signin", "site.signin.title", signInView{Next: next(c.Query("suite"))})
}

// requestSignIn sends link and code, and answers the same whether anybody has the
// address or not.
func (d *door) requestSignIn(c *gin.Context) {
	view := signInView{Email: strings.TrimSpace(c.PostForm("email")), Next: next(c.PostForm("suite")), Shared: c.PostForm("partage") != ""}
	err := d.askers.Take(httpx.ClientAddress(c))
	var browser auth.Secret
	if err == nil {
		browser, err = d.People.RequestSignIn(c.Request.Context(), view.Email, auth.From(c), view.Shared)
	}
	if again(err) {
		view.Fault = words(c, err)
		render(c, "signin", "site.signin.title", view)
		return
	}
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	auth.GiveAsked(c, browser)
	httpx.SeeOther(c, httpx.Link(c, "/connexion/code?suite="+url.QueryEscape(view.Next)))
}

func (d *door) awaitCode(c *gin.Context) {
	render(c, "code", "site.code.title", codeView{Next: next(c.Query("suite"))})
}

func (d *door) finishByCode(c *gin.Context) {
	view := codeView{Next: next(c.PostForm("suite"))}
	secret, err := d.People.FinishByCode(c.Request.Context(), auth.Asked(c), c.PostForm("code"), device(c))
	if again(err) {
		view.Fault = words(c, err)
		render(c, "code", "site.code.title", view)
		return
	}
	d.enter(c, secret, err, view.Next)
}

// showLink shows a button and uses nothing up: scanners of mails open links, and do
// not press buttons.
func (d *door) showLink(c *gin.Context) {
	render(c, "link", "site.link.title", tokenView{Action: c.Request.URL.RequestURI(), Next: next(c.Query("suite"))})
}

func (d *door) finishByLink(c *gin.Context) {
	secret, err := d.People.FinishByLink(c.Request.Context(), auth.Asked(c), auth.Secret(c.Param("token")), device(c))
	d.enter(c, secret, err, next(c.PostForm("suite")))
}

// enter gives the browser its session and goes on.
func (d *door) enter(c *gin.Context, secret auth.Secret, err error, to string) {
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	auth.TakeAsked(c)
	auth.GiveSession(c, secret)
	httpx.SeeOther(c, to)
}

func (d *door) signOut(c *gin.Context) {
	if err := d.People.SignOut(c.Request.Context(), auth.SessionOf(c)); err != nil {
		httpx.Fail(c, err)
		return
	}
	auth.TakeSession(c)
	httpx.SeeOther(c, "/")
}

// firstPage is where whoever signs in goes.
const firstPage = "/tableau-de-bord"

// next is a path of ours to go on to; anything else is the first page. A browser
// takes //host and /\host for another site.
func next(path string) string {
	u, err := url.Parse(path)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(u.Path, "/") || strings.ContainsAny(path, "\\\r\n\t") ||
		strings.HasPrefix(path, "//") || strings.HasPrefix(u.Path, "//") || strings.HasPrefix(u.Path, "/connexion") {
		return firstPage
	}
	return u.RequestURI()
}

// device is what the browser says that it is, in few words, so that people tell
// their sessions apart.
func device(c *gin.Context) string {
	agent := c.GetHeader("User-Agent")
	browser := firstIn(agent, "Firefox", "Edg", "OPR", "Chrome", "Safari")
	system := firstIn(agent, "Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")
	switch {
	case browser == "" && system == "":
		return ""
	case browser == "Edg":
		browser = "Edge"
	case browser == "OPR":
		browser = "Opera"
	}
	return strings.Trim(browser+", "+system, ", ")
}

func firstIn(text string, names ...string) string {
	for _, name := range names {
		if strings.Contains(text, name) {
			return name
		}
	}
	return ""
}

// again says whether a failure is one that the person can mend in the same form.
func again(err error) bool {
	kind := problem.KindOf(err)
	return err != nil && (kind == problem.Invalid || kind == problem.TooMany || kind == problem.Conflict)
}

// words is the sentence of a failure.
func words(c *gin.Context, err error) string {
	var failure *problem.Error
	if !errors.As(err, &failure) {
		return ""
	}
	return httpx.Localizer(c).Message(failure.Key, failure.Args)
}
