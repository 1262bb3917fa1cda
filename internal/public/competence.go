package public

import (
	"strings"

	"github.com/gin-gonic/gin"

	"ramure/internal/competence"
	"ramure/internal/httpx"
)

// branch is an item of a framework with what stands below it.
type branch struct {
	Label    string
	Href     string
	Code     string
	Children []branch
}

// frameworksView is the body of templates/public/competences.
type frameworksView struct{ Frameworks []branch }

// frameworks answers GET /competences: the shipped frameworks, curated.
func (d *door) frameworks(c *gin.Context) {
	httpx.Cache(c, httpx.Revalidate)
	if chosen(c, typeHTML, typeJSON) == typeJSON {
		httpx.OK(c, d.wireFrameworks())
		return
	}
	var view frameworksView
	for _, item := range d.Frameworks.Frameworks() {
		view.Frameworks = append(view.Frameworks, d.branch(c, item))
	}
	say := httpx.Localizer(c)
	httpx.Render(c, "public/competences", httpx.Page{Title: say.T("competences.title"),
		Description: say.T("competences.lead"), Canonical: "/competences", Body: view})
}

func (d *door) branch(c *gin.Context, item competence.Item) branch {
	b := d.leaf(c, item)
	for _, child := range d.Frameworks.Children(item.Code) {
		b.Children = append(b.Children, d.branch(c, child))
	}
	return b
}

func (d *door) leaf(c *gin.Context, item competence.Item) branch {
	return branch{Label: item.Label(string(httpx.Localizer(c).Lang())), Code: officialNumber(item),
		Href: httpx.Link(c, "/competences/"+item.Code)}
}

// officialNumber is what people know an item by: 1.2 of DigComp or Pix.
func officialNumber(item competence.Item) string {
	if len(item.ExternalIDs) == 0 {
		return ""
	}
	return item.ExternalIDs[0]
}

// competenceView is the body of templates/public/competence.
type competenceView struct {
	Label       string
	Kind        string   // in words
	Path        []branch // from the framework down, the item left out
	Fields      []httpx.Field
	Children    []branch
	Related     []branch // in line with, never equal to
	Translation string   // says whose wording the label is; empty when official
	Attribution string   // empty when the framework is the project's own
	Official    httpx.Anchor
}

// competence answers GET /competences/{code}, where the alignments of badges
// lead.
func (d *door) competence(c *gin.Context) {
	code, dotJSON := strings.CutSuffix(c.Param("code"), ".json")
	if dotJSON {
		c.Request.Header.Set("Accept", typeJSON)
	}
	item, known := d.Frameworks.Item(code)
	if !known {
		httpx.Fail(c, notHere())
		return
	}
	httpx.Cache(c, httpx.Revalidate)
	if chosen(c, typeHTML, typeJSON) == typeJSON {
		httpx.OK(c, d.wireCompetence(item))
		return
	}
	view := d.competencePage(c, item)
	httpx.Render(c, "public/competence", httpx.Page{Title: view.Label,
		Description: httpx.Localizer(c).T("competence.description", "name", view.Label),
		Canonical:   "/competences/" + code, Body: view})
}

func (d *door) competencePage(c *gin.Context, item competence.Item) competenceView {
	say := httpx.Localizer(c)
	lang := string(say.Lang())
	view := competenceView{Label: item.Label(lang), Kind: say.T("competence.kind." + string(item.Kind))}
	path := d.Frameworks.Path(item.Code)
	for _, above := range path[:len(path)-1] {
		view.Path = append(view.Path, d.leaf(c, above))
	}
	for _, child := range d.Frameworks.Children(item.Code) {
		view.Children = append(view.Children, d.leaf(c, child))
	}
	for _, related := range d.related(item.Code) {
		view.Related = append(view.Related, d.relatedLeaf(c, related))
	}
	view.Fields = []httpx.Field{{Term: say.T("competence.field.code"), Value: item.Code, Code: true}}
	if number := officialNumber(item); number != "" {
		view.Fields = append(view.Fields, httpx.Field{Term: say.T("competence.field.number"), Value: number})
	}
	if lang == "fr" && item.LabelEN != "" && item.LabelStatus == competence.LabelWorking {
		view.Fields = append(view.Fields, httpx.Field{Term: say.T("competence.field.english"), Value: item.LabelEN, Lang: "en"})
	}
	d.credit(c, item, &view)
	return view
}

// credit says whose wording this is and whose framework.
func (d *door) credit(c *gin.Context, item competence.Item, view *competenceView) {
	say := httpx.Localizer(c)
	switch {
	case say.Lang() == "en" && item.LabelEN == "":
		view.Translation = say.T("competence.label.french")
	case say.Lang() == "fr" && item.LabelStatus == competence.LabelWorking:
		view.Translation = say.T("competence.label.working")
	case item.LabelStatus == competence.LabelProject:
		view.Translation = say.T("competence.label.project")
	}
	switch {
	case strings.HasPrefix(item.Framework, "digcomp"):
		view.Attribution = say.T("competence.attribution.digcomp")
	case item.Framework == "pix":
		view.Attribution = say.T("competence.attribution.pix")
	}
	if item.URI != "" {
		view.Official = httpx.Anchor{Label: say.T("competence.official"), Href: item.URI}
	}
}

// relatedLeaf names the framework too: two frameworks may use the same number.
func (d *door) relatedLeaf(c *gin.Context, item competence.Item) branch {
	b := d.leaf(c, item)
	if framework, known := d.Frameworks.Item(item.Framework); known {
		b.Code = framework.Label(string(httpx.Localizer(c).Lang()))
	}
	return b
}

// related are the items that this one is aligned to, then those aligned to it.
func (d *door) related(code string) []competence.Item {
	var items []competence.Item
	for _, other := range append(d.Frameworks.Related(code), d.Frameworks.RelatedFrom(code)...) {
		if item, known := d.Frameworks.Item(other); known {
			items = append(items, item)
		}
	}
	return items
}
