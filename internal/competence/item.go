package competence

// Kind is the rank of an item in its framework.
type Kind string

// The kinds, from the root to the leaves. Only some frameworks have stages.
const (
	KindFramework  Kind = "framework"
	KindStage      Kind = "stage"
	KindArea       Kind = "area"
	KindCompetence Kind = "competence"
)

// LabelStatus says whose wording the French label is.
type LabelStatus string

// The statuses of a label.
const (
	LabelOfficial LabelStatus = "official" // as published
	LabelWorking  LabelStatus = "working"  // translated for this project
	LabelProject  LabelStatus = "project"  // the project's own
)

// Item is one node of a framework: the framework itself, a stage, an area or a
// competence.
type Item struct {
	Code        string // unique over all frameworks: pix.1.1
	Framework   string // code of its framework: pix
	Parent      string // code of the item above, empty for a framework
	Kind        Kind
	LabelFR     string
	LabelEN     string // may be empty: most labels are French only
	LabelStatus LabelStatus
	URI         string   // address of the official description, may be empty
	ExternalIDs []string // official number, then other identifiers
	Alignments  []string // codes in other frameworks, « en lien avec »
	Sort        int      // place in the table, from 1
}

// Label is the label in a language ("fr", "en"); French stands in for what has
// not been translated.
func (i Item) Label(language string) string {
	if language == "en" && i.LabelEN != "" {
		return i.LabelEN
	}
	return i.LabelFR
}

// parents are the kinds that may stand above each kind.
var parents = map[Kind][]Kind{
	KindFramework:  nil,
	KindStage:      {KindFramework},
	KindArea:       {KindFramework, KindStage},
	KindCompetence: {KindArea},
}
