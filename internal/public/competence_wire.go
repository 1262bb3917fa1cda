package public

import "ramure/internal/competence"

// wireCompetence is an item of a framework in JSON.
type wireCompetence struct {
	ID           string            `json:"id"` // its address here
	Code         string            `json:"code"`
	Kind         competence.Kind   `json:"kind"`
	Label        map[string]string `json:"label"`       // by language; English may be missing
	LabelStatus  string            `json:"labelStatus"` // of the French label: official, working or project
	Framework    string            `json:"framework"`
	Parent       string            `json:"parent,omitempty"`
	URI          string            `json:"uri,omitempty"`
	OfficialCode string            `json:"officialCode,omitempty"`
	InLineWith   []string          `json:"inLineWith,omitempty"` // codes; an editorial proposal, not an equivalence
	Children     []wireCompetence  `json:"children,omitempty"`
}

// wireCompetence is one item with those right below it.
func (d *door) wireCompetence(item competence.Item) wireCompetence {
	w := d.wireItem(item)
	for _, child := range d.Frameworks.Children(item.Code) {
		w.Children = append(w.Children, d.wireItem(child))
	}
	return w
}

// wireFrameworks is the whole of the shipped frameworks.
func (d *door) wireFrameworks() map[string][]wireCompetence {
	var items []wireCompetence
	for _, framework := range d.ownFirst() {
		items = append(items, d.wireTree(framework))
	}
	return map[string][]wireCompetence{"items": items}
}

func (d *door) wireTree(item competence.Item) wireCompetence {
	w := d.wireItem(item)
	for _, child := range d.Frameworks.Children(item.Code) {
		w.Children = append(w.Children, d.wireTree(child))
	}
	return w
}

func (d *door) wireItem(item competence.Item) wireCompetence {
	w := wireCompetence{
		ID: d.addresses.Competence(item.Code), Code: item.Code, Kind: item.Kind,
		Label: map[string]string{"fr": item.LabelFR}, LabelStatus: string(item.LabelStatus),
		Framework: item.Framework, Parent: item.Parent, URI: item.URI, OfficialCode: officialNumber(item),
	}
	if item.LabelEN != "" {
		w.Label["en"] = item.LabelEN
	}
	for _, related := range d.related(item.Code) {
		w.InLineWith = append(w.InLineWith, related.Code)
	}
	return w
}
