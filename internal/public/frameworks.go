package public

import (
	"slices"

	"github.com/gin-gonic/gin"

	"ramure/internal/competence"
	"ramure/internal/httpx"
	"ramure/internal/locale"
)

// branch is an item of a framework with what stands below it.
type branch struct {
	Label    string
	Lang     string // of the label when it is not the page's
	Href     string
	Code     string // official number
	Children []branch
}

// frameworksView is the body of templates/public/competences.
type frameworksView struct{ Frameworks []branch }

// frameworks answers GET /competences: the shipped frameworks, curated.
func (d *door) frameworks(c *gin.Context) {
	httpx.Cache(c, httpx.Revalidate)
	if chosen(c, typeHTML, typeJSON) == typeJSON {
		d.frameworksJSON(c)
		return
	}
	var view frameworksView
	for _, item := range d.ownFirst() {
		view.Frameworks = append(view.Frameworks, d.branch(c, item))
	}
	say := httpx.Localizer(c)
	httpx.Render(c, "public/competences", httpx.Page{Title: say.T("competences.title"),
		Description: say.T("competences.lead"), Canonical: "/competences", Body: view})
}

// frameworksJSON answers GET /competences.json.
func (d *door) frameworksJSON(c *gin.Context) {
	httpx.Cache(c, httpx.Revalidate)
	httpx.OK(c, d.wireFrameworks())
}

// ownFramework is the one that the badges of this network are made for.
const ownFramework = "acunum"

// ownFirst lists the frameworks, this network's own before the others.
func (d *door) ownFirst() []competence.Item {
	list := d.Frameworks.Frameworks()
	slices.SortStableFunc(list, func(a, b competence.Item) int {
		switch ownFramework {
		case a.Code:
			return -1
		case b.Code:
			return 1
		}
		return 0
	})
	return list
}

func (d *door) branch(c *gin.Context, item competence.Item) branch {
	b := leaf(c, item)
	for _, child := range d.Frameworks.Children(item.Code) {
		b.Children = append(b.Children, d.branch(c, child))
	}
	return b
}

func leaf(c *gin.Context, item competence.Item) branch {
	label, lang := label(c, item)
	return branch{Label: label, Lang: lang, Code: officialNumber(item), Href: httpx.Link(c, "/competences/"+item.Code)}
}

// label is an item's in the reader's language. lang is French where it was not
// translated for an English page, else empty.
func label(c *gin.Context, item competence.Item) (text, lang string) {
	reader := httpx.Localizer(c).Lang()
	if reader == locale.English && item.LabelEN == "" {
		lang = string(locale.French)
	}
	return item.Label(string(reader)), lang
}

// officialNumber is what people know an item by: 1.2 of DigComp or Pix.
func officialNumber(item competence.Item) string {
	if len(item.ExternalIDs) == 0 {
		return ""
	}
	return item.ExternalIDs[0]
}
