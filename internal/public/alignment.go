package public

import (
	"cmp"
	"slices"

	"github.com/gin-gonic/gin"

	"ramure/internal/httpx"
	"ramure/internal/openbadges"
)

// frameworkLinks are the competences of one framework that something is in line
// with.
type frameworkLinks struct {
	Framework string
	Lang      string // of the framework's name when it is not the page's
	Deeper    bool   // its heading is a level deeper: one of several answers
	Items     []alignmentLink
}

// alignmentLink leads to a competence; elsewhere, it is marked so.
type alignmentLink struct {
	Label, Href string
	Lang        string // of the label when it is not the page's
	Elsewhere   bool
	Note        string // code and description, of a badge that was handed in
}

// groups gathers links by framework, in the order of the first of each.
type groups []frameworkLinks

func (g *groups) add(framework, lang string, link alignmentLink) {
	place := slices.IndexFunc(*g, func(f frameworkLinks) bool { return f.Framework == framework })
	if place < 0 {
		place = len(*g)
		*g = append(*g, frameworkLinks{Framework: framework, Lang: lang})
	}
	(*g)[place].Items = append((*g)[place].Items, link)
}

// alignments groups the alignments of an achievement. Their names are the
// achievement's own texts.
func (d *door) alignments(c *gin.Context, a openbadges.Achievement) []frameworkLinks {
	var list groups
	say := httpx.Localizer(c)
	lang := tongue(a, say)
	for _, alignment := range a.Alignment {
		framework := cmp.Or(alignment.TargetFramework, say.T("alignment.unnamed"))
		list.add(framework, lang, d.alignmentLink(c, alignment, lang))
	}
	return list
}

func (d *door) alignmentLink(c *gin.Context, a openbadges.Alignment, lang string) alignmentLink {
	link := alignmentLink{Label: a.TargetName, Href: webAddress(a.TargetURL), Lang: lang}
	path, ours := d.here(a.TargetURL)
	if ours {
		link.Href = httpx.Link(c, path)
	}
	link.Elsewhere = !ours && link.Href != ""
	return link
}
