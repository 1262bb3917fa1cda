package store

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// statement is one statement with its arguments, not yet run.
type statement struct {
	// text is the whole statement; or, with a row, what stands before the rows.
	text string
	// row is written once for each row of the table: those of several callers may
	// go in one statement. Each ? stands for the next argument.
	row  string
	args []any
	// lock names the row that others may wait for. Those of a group are taken in
	// the order of their names, so that two instances do not wait for each other.
	lock string
}

// kind is what statements share that may go in one.
type kind struct{ text, row string }

// rows writes so many of them in one statement.
func (k kind) rows(n int) string {
	var b strings.Builder
	b.WriteString(k.text)
	parameter := 0
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		for part := range strings.SplitAfterSeq(k.row, "?") {
			plain, isParameter := strings.CutSuffix(part, "?")
			b.WriteString(plain)
			if isParameter {
				parameter++
				b.WriteByte('$')
				b.WriteString(strconv.Itoa(parameter))
			}
		}
	}
	return b.String()
}

// rowOf is a row of so many places; in some of them stands an expression.
func rowOf(places int, instead map[int]string) string {
	row := make([]string, places)
	for n := range row {
		row[n] = cmp.Or(instead[n], "?")
	}
	return "(" + strings.Join(row, ", ") + ")"
}

// complete is the text of a statement that goes by itself.
func (s statement) complete() string {
	if s.row == "" {
		return s.text
	}
	return kind{s.text, s.row}.rows(1)
}

// joiner makes one list of many, and remembers the texts that it wrote: the
// engines keep a statement compiled by its text.
type joiner struct {
	mutex sync.Mutex
	texts map[joint]string
}

func newJoiner() *joiner { return &joiner{texts: map[joint]string{}} }

// joint names a text.
type joint struct {
	kind
	rows int
}

// rowsJoined are how many rows one statement may hold; few, since each is a
// statement to be compiled.
var rowsJoined = [...]int{16, 8, 4, 2, 1}

// join puts what each list does first before what each does second, and so on, so
// that rows find those that they stand on, and rows of one kind into one
// statement.
func (j *joiner) join(lists ...[]statement) (all []statement) {
	for n := 0; ; n++ {
		stage := make([]statement, 0, len(lists))
		for _, list := range lists {
			if n < len(list) {
				stage = append(stage, list[n])
			}
		}
		if len(stage) == 0 {
			return all
		}
		slices.SortStableFunc(stage, func(a, b statement) int { return strings.Compare(a.lock, b.lock) })
		all = j.joinStage(all, stage)
	}
}

// joinStage adds statements that do not stand on each other.
func (j *joiner) joinStage(all, stage []statement) []statement {
	for len(stage) > 0 {
		first := kind{stage[0].text, stage[0].row}
		if first.row == "" {
			all, stage = append(all, stage[0]), stage[1:]
			continue
		}
		var same, others []statement
		for _, one := range stage {
			if (kind{one.text, one.row}) == first {
				same = append(same, one)
			} else {
				others = append(others, one)
			}
		}
		all, stage = j.joinRows(all, first, same), others
	}
	return all
}

func (j *joiner) joinRows(all []statement, k kind, same []statement) []statement {
	for len(same) > 0 {
		n := rowsJoined[slices.IndexFunc(rowsJoined[:], func(size int) bool { return size <= len(same) })]
		args := make([]any, 0, n*len(same[0].args))
		for _, one := range same[:n] {
			args = append(args, one.args...)
		}
		all, same = append(all, statement{text: j.text(k, n), args: args}), same[n:]
	}
	return all
}

func (j *joiner) text(k kind, n int) string {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	at := joint{k, n}
	text, known := j.texts[at]
	if !known {
		text = k.rows(n)
		j.texts[at] = text
	}
	return text
}
