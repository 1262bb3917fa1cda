package site

import (
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"ramure/internal/auth"
	"ramure/internal/httpx"
	"ramure/internal/journal"
)

// journalView is the body of templates/site/journal.
type journalView struct {
	Frame   frame
	Entries []journalLine
	More    string // address of the page of older entries; empty at the end
}

type journalLine struct {
	journal.Entry
	Actor  string // in words
	Words  string
	Detail string
}

func (d *door) venueJournal(c *gin.Context) {
	d.showJournal(c, journal.Question{Venues: []string{c.Param("slug")}}, "journal")
}

func (d *door) journal(c *gin.Context) { d.showJournal(c, journal.Question{All: true}, "") }

func (d *door) showJournal(c *gin.Context, q journal.Question, here string) {
	f, err := d.frame(c, here)
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	q.Cursor, q.Actor, q.Limit = c.Query("depuis"), c.Query("acteur"), 50
	entries, next, err := d.Journal.Entries(c.Request.Context(), q)
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	view := journalView{Frame: f}
	names := map[string]string{}
	for _, e := range entries {
		view.Entries = append(view.Entries, d.journalLine(c, e, names))
	}
	if next != "" {
		view.More = httpx.Link(c, c.Request.URL.Path+"?depuis="+url.QueryEscape(next))
	}
	render(c, "journal", "site.journal.title", view)
}

// journalLine words an entry; names are those of the actors met before.
func (d *door) journalLine(c *gin.Context, e journal.Entry, names map[string]string) journalLine {
	say := httpx.Localizer(c)
	line := journalLine{Entry: e, Actor: d.actor(c, e.Actor, names), Words: say.T("journal." + string(e.Act)), Detail: e.Detail}
	if key := "site.role." + e.Detail; say.Has(key) {
		line.Detail = say.T(key)
	}
	return line
}

// actor is who acted, by their name of today.
func (d *door) actor(c *gin.Context, actor string, names map[string]string) string {
	if name, met := names[actor]; met {
		return name
	}
	say := httpx.Localizer(c)
	name := say.T("site.actor.token")
	switch id, isUser := strings.CutPrefix(actor, "user:"); {
	case isUser:
		name = say.T("site.actor.unknown")
		if user, err := d.Members.User(c.Request.Context(), id); err == nil {
			name = user.Name
		}
	case actor == "operator":
		name = say.T("site.actor.operator")
	}
	names[actor] = name
	return name
}

// policiesView is the body of templates/site/policies.
type policiesView struct {
	Frame frame
	Roles []string
	Lines []policyLine
}

type policyLine struct {
	What  string
	Where string
	May   []bool // in the order of Roles
	Proof bool
}

// policies shows the table that the guards enforce: the very same one.
func (d *door) policies(c *gin.Context) {
	f, err := d.frame(c, "")
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	say := httpx.Localizer(c)
	view := policiesView{Frame: f}
	for _, r := range auth.Roles() {
		view.Roles = append(view.Roles, word(say, r))
	}
	for _, line := range auth.Table() {
		row := policyLine{What: say.T("site.policy." + strings.ReplaceAll(string(line.Policy), ".", "-")), Where: say.T("site.on." + string(line.On)), Proof: line.Proof}
		for _, r := range auth.Roles() {
			row.May = append(row.May, line.Allows(r))
		}
		view.Lines = append(view.Lines, row)
	}
	render(c, "policies", "site.policies.title", view)
}
