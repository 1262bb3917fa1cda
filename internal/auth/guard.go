package auth

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"ramure/internal/httpx"
	"ramure/internal/journal"
	"ramure/internal/problem"
	"ramure/internal/scope"
)

// sessionCookie is the one cookie of the service; it is never set on a public page.
// The prefix makes browsers refuse it without Secure, with a Domain, or from
// another path (RFC 6265bis §4.1.3.2).
const sessionCookie = "__Host-ramure"

const callerKey = "ramure.caller"

// caller is whom a guard let through, and whose data they may touch.
type caller struct {
	session Session
	scope   scope.Scope
}

// Guards makes the guard of every line of the table.
func (s Service) Guards() map[httpx.Policy]gin.HandlerFunc { return s.guards(Table()) }

func (s Service) guards(table []Line) map[httpx.Policy]gin.HandlerFunc {
	guards := make(map[httpx.Policy]gin.HandlerFunc, len(table)+1)
	guards[PolicySignIn] = func(*gin.Context) {}
	for _, line := range table {
		guards[line.Policy] = func(c *gin.Context) { s.guard(c, line) }
	}
	return guards
}

// guard lets a request through its line, or answers. Who may not see the venue is
// told that there is none.
func (s Service) guard(c *gin.Context, line Line) {
	target := Target{Kind: line.On}
	if line.On != OnInstance {
		target.Slug = c.Param("slug")
	}
	session, err := s.FromCookie(c)
	if err == nil {
		err = s.permit(c, session, line, target)
	}
	if err != nil {
		refuse(c, err)
		return
	}
	granted := caller{session: session}
	if line.On == OnVenue {
		granted.scope = scope.Grant(target.Slug, session.User.Actor())
	}
	c.Set(callerKey, granted)
}

// refuse sends the reader of a page to where the way goes on, if there is one: to
// sign in, or to prove to be there; everybody else is answered.
func refuse(c *gin.Context, err error) {
	way := ""
	switch {
	case problem.Is(err, problem.Unauthenticated):
		way = "/connexion"
	case errors.Is(err, errProve):
		way = "/confirmer"
	}
	if way == "" || c.Request.Method != http.MethodGet || !httpx.PrefersPage(c) {
		httpx.Fail(c, err)
		return
	}
	httpx.SeeOther(c, way+"?suite="+url.QueryEscape(c.Request.URL.RequestURI()))
	c.Abort()
}

// errProve asks for a fresh proof.
var errProve = problem.New(problem.Forbidden, "error.session.prove")

// permit holds a session against a line.
func (s Service) permit(c *gin.Context, session Session, line Line, target Target) error {
	if len(line.Roles) > 0 {
		p, err := s.locate(c.Request.Context(), target)
		switch {
		case err != nil:
			return err
		case hold(session.Grants, p, line.Roles...):
		case hold(session.Grants, p, Roles()...):
			return problem.New(problem.Forbidden, "error.role.missing")
		default:
			return problem.New(problem.NotFound, "error.kind.notFound.text")
		}
	}
	if line.Proof && !session.Proved(s.Now()) {
		return errProve
	}
	return nil
}

// May says whether a guard would let the session of a request pass, its proof
// aside: for the links of a page.
func (s Service) May(c *gin.Context, policy httpx.Policy, target Target) bool {
	for _, line := range Table() {
		if line.Policy != policy {
			continue
		}
		line.Proof = false
		return s.permit(c, SessionOf(c), line, target) == nil
	}
	return false
}

// FromCookie finds the session of a request.
func (s Service) FromCookie(c *gin.Context) (Session, error) {
	text, err := c.Cookie(sessionCookie)
	if err != nil {
		return Session{}, signedOut()
	}
	return s.Resume(c.Request.Context(), Secret(text))
}

// SessionOf is the session that a guard let through.
func SessionOf(c *gin.Context) Session { return callerOf(c).session }

// ScopeOf is the scope of the venue that the path names; it allows nothing where
// the guard was not one of a venue.
func ScopeOf(c *gin.Context) scope.Scope { return callerOf(c).scope }

func callerOf(c *gin.Context) caller {
	value, _ := c.Get(callerKey)
	granted, _ := value.(caller)
	return granted
}

// From is the network of a request, as the journal and the limits keep it.
func From(c *gin.Context) string { return journal.Network(c.ClientIP()) }
