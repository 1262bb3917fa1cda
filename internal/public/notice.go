package public

import (
	"net/url"
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/httpx"
)

// The bodies of the pages that the law or good manners ask for.
type (
	recruiterView     struct{ Host string }
	accessibilityView struct {
		AuditedAt      time.Time // zero: never
		Auditor        string
		Rate           int // percent of the criteria
		Contact, Phone string
	}
	legalView struct {
		Publisher, Host []httpx.Field
		Complete        bool // nothing that the law asks for is missing
		Source          string
	}
	privacyView struct{ Contacts, Retention []httpx.Field }
	cookiesView struct{ Cookies []httpx.Field }
)

// recruiter answers GET /aide-recruteur. It names the host that the address must
// begin with: a look-alike page would name its own.
func (d *door) recruiter(c *gin.Context) {
	host := d.Base
	if base, err := url.Parse(d.Base); err == nil {
		host = base.Host
	}
	notice(c, "recruiter", "/aide-recruteur", recruiterView{Host: host})
}

func (d *door) accessibility(c *gin.Context) {
	notice(c, "accessibility", "/accessibilite", accessibilityView{Contact: d.Notice.Contact})
}

func (d *door) legal(c *gin.Context) {
	say, n := httpx.Localizer(c), d.Notice
	notice(c, "legal", "/mentions-legales", legalView{
		Publisher: []httpx.Field{
			{Term: say.T("legal.identity"), Value: n.Editor},
			{Term: say.T("legal.director"), Value: n.Director},
			{Term: say.T("legal.email"), Value: n.Contact},
		},
		Host:     []httpx.Field{{Term: say.T("legal.identity"), Value: n.Host}},
		Complete: n.Editor != "" && n.Director != "" && n.Host != "",
		Source:   n.Source,
	})
}

func (d *door) privacy(c *gin.Context) {
	say, n := httpx.Localizer(c), d.Notice
	notice(c, "privacy", "/confidentialite", privacyView{Contacts: []httpx.Field{
		{Term: say.T("privacy.who.publisher"), Value: n.Editor},
		{Term: say.T("privacy.who.contact"), Value: n.Contact},
	}})
}

func (d *door) cookies(c *gin.Context) { notice(c, "cookies", "/cookies", cookiesView{}) }

// notice renders templates/public/<name>, whose title is the text <name>.title.
func notice(c *gin.Context, name, path string, body any) {
	httpx.Cache(c, httpx.Revalidate)
	httpx.Render(c, "public/"+name, httpx.Page{Title: httpx.Localizer(c).T(name + ".title"), Canonical: path, Body: body})
}
