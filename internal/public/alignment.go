package public

import (
	"ramure/internal/httpx"
	"ramure/internal/locale"
	"ramure/internal/openbadges"
)

// frameworkLinks are the competences of one framework that a badge is in line
// with.
type frameworkLinks struct {
	Framework string
	Items     []alignmentLink
}

// alignmentLink leads to a competence; elsewhere, it is marked so.
type alignmentLink struct {
	httpx.Anchor
	Elsewhere bool
}

// frameworkLinks groups alignments by framework, in the order of their first.
func (d *door) frameworkLinks(list []openbadges.Alignment, say *locale.Localizer, link func(string) string) []frameworkLinks {
	var groups []frameworkLinks
	places := map[string]int{}
	for _, a := range list {
		place, seen := places[a.TargetFramework]
		if !seen {
			place = len(groups)
			places[a.TargetFramework] = place
			groups = append(groups, frameworkLinks{Framework: a.TargetFramework})
		}
		groups[place].Items = append(groups[place].Items, d.alignmentLink(a, link))
	}
	for i := range groups {
		if groups[i].Framework == "" {
			groups[i].Framework = say.T("alignment.unnamed")
		}
	}
	return groups
}

func (d *door) alignmentLink(a openbadges.Alignment, link func(string) string) alignmentLink {
	anchor := httpx.Anchor{Label: a.TargetName, Href: webAddress(a.TargetURL)}
	path, ours := d.here(a.TargetURL)
	if ours {
		anchor.Href = link(path)
	}
	return alignmentLink{Anchor: anchor, Elsewhere: !ours && anchor.Href != ""}
}
