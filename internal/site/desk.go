package site

import (
	"github.com/gin-gonic/gin"

	"ramure/internal/auth"
	"ramure/internal/httpx"
)

// deskView is the body of templates/site/desk.
type deskView struct {
	Frame  frame
	Places []deskPlace
}

// deskPlace is somewhere that the reader has a role, with what they can do there.
type deskPlace struct {
	Name  string
	Roles []string
	Ways  []way
}

// desk is the first page: what I can do, where. Whoever has no role reads whom to
// ask.
func (d *door) desk(c *gin.Context) {
	f, err := d.frame(c, "")
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	view := deskView{Frame: f}
	var order []auth.Target
	roles := map[auth.Target][]string{}
	for _, g := range auth.SessionOf(c).Grants {
		if _, met := roles[g.Target]; !met {
			order = append(order, g.Target)
		}
		roles[g.Target] = append(roles[g.Target], roleWord(c, g.Role))
	}
	for _, t := range order {
		view.Places = append(view.Places, deskPlace{Name: d.placeName(c, t), Roles: roles[t], Ways: d.deskWays(c, t)})
	}
	render(c, "desk", "site.desk.title", view)
}

func (d *door) deskWays(c *gin.Context, t auth.Target) (ways []way) {
	if t.Kind == auth.OnVenue {
		return d.ways(c, t.Slug, "")
	}
	say := httpx.Localizer(c)
	for _, page := range instancePages {
		if t.Kind == auth.OnInstance && d.People.May(c, page.policy, t) {
			ways = append(ways, way{Label: say.T(page.label), Href: httpx.Link(c, page.path)})
		}
	}
	return ways
}

// instancePages are the pages of the whole installation.
var instancePages = []struct {
	path, label string
	policy      httpx.Policy
}{
	{"/journal", "site.journal.title", auth.PolicyJournal},
	{"/politique-acces", "site.policies.title", auth.PolicyPolicies},
}
