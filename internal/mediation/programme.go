package mediation

import (
	"io"
	"regexp"
	"slices"
	"strconv"

	"ramure/internal/competence"
)

// Module is one unit of a training programme: a day, a half-day, a conference.
// Lengths differ between the versions of a cycle, so it is a template, never a
// rule.
type Module struct {
	Code            string     // C1
	Stage           string     // stage of the cycle: c, u, m
	Kind            ModuleKind // what sort of unit
	Title           string     // in French
	Hours           int        // all sessions together, 0 when agreed with the group
	Sessions        int        // 0 when agreed with the group
	SessionUnit     string     // jour, demi-journée
	Audience        string     // in French
	CultureLevel    string     // entry level in digital culture, in French
	TechnicalLevel  string     // entry level in technique, in French
	Prerequisite    string     // code of the module to follow before
	MaxParticipants int        // 0 without limit
	TrainerRole     string     // in French
	Room            string     // formation, conférence
	Competences     []string   // codes of the catalogue
}

// ModuleKind is what sort of unit a module is.
type ModuleKind string

// The kinds of module.
const (
	ModuleTraining      ModuleKind = "formation"
	ModuleConference    ModuleKind = "conference"
	ModuleAccompaniment ModuleKind = "accompagnement"
)

// moduleColumns are those of acunum-cycle.csv, in their order.
var moduleColumns = []string{
	"code", "stage", "kind", "title_fr", "hours", "sessions", "session_unit",
	"audience_fr", "prereq_culture", "prereq_tech", "prereq_module",
	"max_participants", "trainer_role", "room", "competences",
}

var moduleCode = regexp.MustCompile(`^[A-Z][0-9]{1,2}$`)

// LoadModules reads a programme in the form of acunum-cycle.csv, in the order
// of the table. Modules ask for modules of the same table and train competences
// of the catalogue. The error is a Malformed, TooLarge or Invalid problem.
func LoadModules(source io.Reader, catalogue *competence.Catalogue) ([]Module, error) {
	rows, err := competence.ReadTable(source, moduleColumns)
	if err != nil {
		return nil, err
	}
	var r competence.Report
	modules := make([]Module, len(rows))
	for i, cells := range rows {
		modules[i] = readModule(&r, i, cells)
		checkModule(&r, i, modules[i])
		checkTrained(&r, i, modules[i], catalogue)
	}
	checkOrder(&r, modules)
	if err := r.Err(); err != nil {
		return nil, err
	}
	return modules, nil
}

func readModule(r *competence.Report, row int, cells []string) Module {
	return Module{
		Code: cells[0], Stage: cells[1], Kind: ModuleKind(cells[2]), Title: cells[3],
		Hours: readCount(r, row, "hours", cells[4]), Sessions: readCount(r, row, "sessions", cells[5]),
		SessionUnit: cells[6], Audience: cells[7], CultureLevel: cells[8], TechnicalLevel: cells[9],
		Prerequisite: cells[10], MaxParticipants: readCount(r, row, "max_participants", cells[11]),
		TrainerRole: cells[12], Room: cells[13], Competences: competence.SplitList(cells[14]),
	}
}

// readCount reads a number from 1 to 9,999, or an empty cell as 0.
func readCount(r *competence.Report, row int, column, cell string) int {
	if cell == "" {
		return 0
	}
	n, err := strconv.Atoi(cell)
	if err != nil || n < 1 || n > 9999 || strconv.Itoa(n) != cell {
		r.Add(row, column, "number", "give a whole number from 1 to 9999, or nothing")
	}
	return n
}

func checkModule(r *competence.Report, row int, m Module) {
	if !moduleCode.MatchString(m.Code) {
		r.Add(row, "code", "code", "use a capital letter and a number, such as C1")
	}
	if !slices.Contains([]ModuleKind{ModuleTraining, ModuleConference, ModuleAccompaniment}, m.Kind) {
		r.Add(row, "kind", "enum", "use formation, conference or accompagnement")
	}
	if !PlainText(m.Title, 1, 200) {
		r.Add(row, "title_fr", "length", "give a title of 1 to 200 characters")
	}
	if (m.Hours == 0) != (m.Sessions == 0) {
		r.Add(row, "sessions", "length", "give both hours and sessions, or neither")
	}
}

// checkTrained asks that a module train competences, each once.
func checkTrained(r *competence.Report, row int, m Module, catalogue *competence.Catalogue) {
	for i, code := range m.Competences {
		item, found := catalogue.Item(code)
		if !found || item.Kind != competence.KindCompetence {
			r.Add(row, "competences", "competenceUnknown", "name competences of the catalogue")
		}
		if slices.Contains(m.Competences[:i], code) {
			r.Add(row, "competences", "duplicate", "name each competence once")
		}
	}
}

// checkOrder asks that codes be unique, and that following the prerequisites
// lead to a module without one: never in a circle.
func checkOrder(r *competence.Report, modules []Module) {
	before := map[string]string{}
	for i, m := range modules {
		if _, twice := before[m.Code]; twice {
			r.Add(i, "code", "duplicate", "the code stands in a row before")
		}
		before[m.Code] = m.Prerequisite
	}
	for i, m := range modules {
		if !reachesStart(before, m.Code) {
			r.Add(i, "prereq_module", "moduleUnknown", "name a module of the table, which must not need this one")
		}
	}
}

func reachesStart(before map[string]string, code string) bool {
	for range len(before) {
		next, known := before[code]
		if !known || next == "" {
			return known
		}
		code = next
	}
	return false
}
