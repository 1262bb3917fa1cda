package store

import (
	"fmt"
	"reflect"
	"testing"
)

// row is a row of a table of two places.
func rowOfTable(table string, n int) statement {
	return statement{text: "INSERT INTO " + table + " VALUES ", row: "(?, f(?, 'x'))", args: []any{n, -n}}
}

func TestJoinPutsRowsTogether(t *testing.T) {
	t.Parallel()
	alone := func(n int) statement { return statement{text: "UPDATE x SET y = $1", args: []any{n}} }
	lists := [][]statement{
		{alone(1), rowOfTable("a", 1), rowOfTable("b", 1)},
		{rowOfTable("a", 2), rowOfTable("b", 2)},
		{alone(3), rowOfTable("a", 3), rowOfTable("b", 3), rowOfTable("b", 30)},
	}
	want := []string{
		"UPDATE x SET y = $1 [1]",
		"INSERT INTO a VALUES ($1, f($2, 'x')) [2 -2]",
		"UPDATE x SET y = $1 [3]",
		"INSERT INTO a VALUES ($1, f($2, 'x')),($3, f($4, 'x')) [1 -1 3 -3]",
		"INSERT INTO b VALUES ($1, f($2, 'x')) [2 -2]",
		"INSERT INTO b VALUES ($1, f($2, 'x')),($3, f($4, 'x')) [1 -1 3 -3]",
		"INSERT INTO b VALUES ($1, f($2, 'x')) [30 -30]",
	}
	if got := spelled(newJoiner().join(lists...)); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
}

func spelled(list []statement) (words []string) {
	for _, one := range list {
		words = append(words, fmt.Sprint(one.text, " ", one.args))
	}
	return words
}

// Every row of a group of any size is written once, by few texts.
func TestJoinCutsIntoFewTexts(t *testing.T) {
	t.Parallel()
	j := newJoiner()
	for size := range largestGroup + 1 {
		var lists [][]statement
		for n := range size {
			lists = append(lists, []statement{rowOfTable("a", n)})
		}
		written := 0
		for _, one := range j.join(lists...) {
			for i := 0; i < len(one.args); i += 2 {
				if one.args[i] != written || one.args[i+1] != -written {
					t.Fatalf("%d: %v in the place of %d", size, one.args[i], written)
				}
				written++
			}
		}
		if written != size {
			t.Errorf("%d rows of %d", written, size)
		}
	}
	if len(j.texts) != len(rowsJoined) {
		t.Errorf("%d texts for %d lengths", len(j.texts), len(rowsJoined))
	}
}

// Rows that others may wait for are taken in the order of their names.
func TestJoinTakesLocksInOrder(t *testing.T) {
	t.Parallel()
	var lists [][]statement
	for n, lock := range []string{"c", "a", "", "b"} {
		alone := statement{text: "x", args: []any{n}, lock: lock}
		together := rowOfTable("t", n)
		together.lock = lock
		lists = append(lists, []statement{alone, together})
	}
	want := []string{"x [2]", "x [1]", "x [3]", "x [0]"}
	got := spelled(newJoiner().join(lists...))
	if !reflect.DeepEqual(got[:4], want) || fmt.Sprint(got[4:]) != "[INSERT INTO t VALUES ($1, f($2, 'x')),($3, f($4, 'x')),($5, f($6, 'x')),($7, f($8, 'x')) [2 -2 1 -1 3 -3 0 0]]" {
		t.Errorf("got %q", got)
	}
}
