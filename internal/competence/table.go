package competence

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"ramure/internal/problem"
)

// maxTable is the size of a reference table, in bytes.
const maxTable = 4 << 20

// ReadTable reads a reference table strictly: CSV in UTF-8 of at most 4 MiB,
// under a header of exactly these columns, without blank ends and control
// characters in its cells. It gives the rows below the header; the error is a
// Malformed, TooLarge or Invalid problem.
func ReadTable(source io.Reader, columns []string) ([][]string, error) {
	data, err := io.ReadAll(io.LimitReader(source, maxTable+1))
	switch {
	case err != nil:
		return nil, unreadable(err)
	case len(data) > maxTable:
		return nil, problem.New(problem.TooLarge, "error.table.tooLarge")
	case !utf8.Valid(data):
		return nil, unreadable(errors.New("the table is not UTF-8"))
	}
	reader := csv.NewReader(strings.NewReader(string(data)))
	reader.FieldsPerRecord = len(columns)
	rows, err := reader.ReadAll()
	if err != nil {
		return nil, unreadable(err)
	}
	if len(rows) == 0 || !slices.Equal(rows[0], columns) {
		return nil, unreadable(errors.New("the table has other columns"))
	}
	return rows[1:], checkCells(rows[1:], columns)
}

func unreadable(cause error) error {
	return problem.Wrap(problem.Malformed, "error.table.unreadable", cause)
}

// checkCells refuses what nobody sees in a cell.
func checkCells(rows [][]string, columns []string) error {
	var r Report
	for i, cells := range rows {
		for j, cell := range cells {
			if strings.TrimSpace(cell) != cell || strings.IndexFunc(cell, unicode.IsControl) >= 0 {
				r.Add(i, columns[j], "text", "leave out blank ends and control characters")
			}
		}
	}
	return r.Err()
}

// Report gathers the rules that the rows of a table break, a bounded number of
// them.
type Report struct{ broken []problem.Violation }

// Add names a broken rule: the place of the row below the header, from 0, the
// column, the rule and what to do.
func (r *Report) Add(row int, column, rule, detail string) {
	const most = 50
	if len(r.broken) < most {
		path := "line " + strconv.Itoa(row+2) + ", " + column
		r.broken = append(r.broken, problem.Violation{Path: path, Rule: rule, Detail: detail})
	}
}

// Err is nil, or the Invalid problem that holds the broken rules.
func (r *Report) Err() error {
	if len(r.broken) == 0 {
		return nil
	}
	return problem.Violated("error.table.invalid", r.broken...)
}
