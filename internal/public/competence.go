package public

import (
	"strings"

	"github.com/gin-gonic/gin"

	"ramure/internal/competence"
	"ramure/internal/httpx"
	"ramure/internal/locale"
)

// competenceView is the body of templates/public/competence.
type competenceView struct {
	Label       string
	Lang        string   // of the label when it is not the page's
	Kind        string   // in words
	Path        []branch // from the framework down, the item left out
	Fields      []httpx.Field
	Children    []branch
	Related     []frameworkLinks // in line with, never equal to
	Translation string           // says whose wording the label is; empty when official
	Attribution string           // empty when the framework is the project's own
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
	view := competenceView{Kind: say.T("competence.kind." + string(item.Kind)), Related: d.relatedLinks(c, item)}
	view.Label, view.Lang = label(c, item)
	path := d.Frameworks.Path(item.Code)
	for _, above := range path[:len(path)-1] {
		view.Path = append(view.Path, leaf(c, above))
	}
	for _, child := range d.Frameworks.Children(item.Code) {
		view.Children = append(view.Children, leaf(c, child))
	}
	view.Fields = competenceFields(say, item)
	d.credit(c, item, &view)
	return view
}

// competenceFields are what identifies an item; beside a working translation,
// the title as it was published.
func competenceFields(say *locale.Localizer, item competence.Item) []httpx.Field {
	fields := []httpx.Field{{Term: say.T("competence.field.code"), Value: item.Code, Code: true}}
	if number := officialNumber(item); number != "" {
		fields = append(fields, httpx.Field{Term: say.T("competence.field.number"), Value: number})
	}
	if say.Lang() == locale.French && item.LabelEN != "" && item.LabelStatus == competence.LabelWorking {
		fields = append(fields, httpx.Field{Term: say.T("competence.field.english"), Value: item.LabelEN, Lang: "en"})
	}
	return fields
}

// credit says whose wording this is and whose framework.
func (d *door) credit(c *gin.Context, item competence.Item, view *competenceView) {
	say := httpx.Localizer(c)
	switch {
	case say.Lang() == locale.English && item.LabelEN == "":
		view.Translation = say.T("competence.label.french")
	case say.Lang() == locale.French && item.LabelStatus == competence.LabelWorking:
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

// relatedLinks groups by framework what an item is in line with.
func (d *door) relatedLinks(c *gin.Context, item competence.Item) []frameworkLinks {
	var list groups
	for _, related := range d.related(item.Code) {
		framework, known := d.Frameworks.Item(related.Framework)
		if !known {
			continue
		}
		name, lang := label(c, framework)
		b := leaf(c, related)
		list.add(name, lang, alignmentLink{Label: b.Label, Href: b.Href, Lang: b.Lang})
	}
	return list
}

// related are the items that this one is aligned to, then those aligned to it.
func (d *door) related(code string) []competence.Item {
	var items []competence.Item
	seen := map[string]bool{}
	for _, other := range append(d.Frameworks.Related(code), d.Frameworks.RelatedFrom(code)...) {
		if item, known := d.Frameworks.Item(other); known && !seen[other] {
			seen[other] = true
			items = append(items, item)
		}
	}
	return items
}
