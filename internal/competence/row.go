package competence

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// columns are those of competences.csv, in their order. Lists inside a cell
// are separated by listSeparator.
var columns = []string{
	"framework", "code", "parent", "kind", "label_fr", "label_en",
	"label_fr_status", "uri", "external_id", "align_digcomp22", "align_pix", "sort",
}

const (
	listSeparator = "|"
	maxLabel      = 300 // characters
)

// The frameworks that the two columns of alignments lead to.
const (
	digcomp22 = "digcomp22"
	pix       = "pix"
)

var codeForm = regexp.MustCompile(`^[a-z][a-z0-9]*(\.[a-z0-9]+)*$`)

// readItem reads one row, whatever its neighbours say.
func readItem(r *Report, row int, cells []string) Item {
	sort, err := strconv.Atoi(cells[11])
	if err != nil || strconv.Itoa(sort) != cells[11] || sort < 1 {
		r.Add(row, "sort", "number", "give a whole number from 1")
	}
	item := Item{
		Framework: cells[0], Code: cells[1], Parent: cells[2], Kind: Kind(cells[3]),
		LabelFR: cells[4], LabelEN: cells[5], LabelStatus: LabelStatus(cells[6]),
		URI: cells[7], ExternalIDs: SplitList(cells[8]),
		Alignments: append(SplitList(cells[9]), SplitList(cells[10])...), Sort: sort,
	}
	checkItem(r, row, item)
	checkAlignments(r, row, "align_digcomp22", digcomp22, cells[9])
	checkAlignments(r, row, "align_pix", pix, cells[10])
	return item
}

func checkItem(r *Report, row int, item Item) {
	if !codeForm.MatchString(item.Code) {
		r.Add(row, "code", "code", "use small letters, digits and dots, such as pix.1.1")
	}
	if _, known := parents[item.Kind]; !known {
		r.Add(row, "kind", "enum", "use framework, stage, area or competence")
	}
	if n := utf8.RuneCountInString(item.LabelFR); n == 0 || n > maxLabel {
		r.Add(row, "label_fr", "length", "give a label of 1 to 300 characters")
	}
	if utf8.RuneCountInString(item.LabelEN) > maxLabel {
		r.Add(row, "label_en", "length", "give a label of at most 300 characters")
	}
	if !slices.Contains([]LabelStatus{LabelOfficial, LabelWorking, LabelProject}, item.LabelStatus) {
		r.Add(row, "label_fr_status", "enum", "use official, working or project")
	}
	if item.URI != "" && !strings.HasPrefix(item.URI, "http://") && !strings.HasPrefix(item.URI, "https://") {
		r.Add(row, "uri", "iri", "give an absolute web address or nothing")
	}
	if slices.Contains(item.ExternalIDs, "") {
		r.Add(row, "external_id", "list", "leave no place of the list empty")
	}
}

// checkAlignments asks that each code be of the column's framework, once.
func checkAlignments(r *Report, row int, column, framework, cell string) {
	codes := SplitList(cell)
	for i, code := range codes {
		if !strings.HasPrefix(code, framework+".") {
			r.Add(row, column, "framework", "name codes of the framework "+framework)
		}
		if slices.Contains(codes[:i], code) {
			r.Add(row, column, "duplicate", "name each code once")
		}
	}
}

// SplitList reads a cell that holds a list: values joined by bars, or nothing.
func SplitList(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, listSeparator)
}
