package competence

import (
	"strings"
	"testing"

	"ramure/internal/problem"
)

func TestLevels(t *testing.T) {
	t.Parallel()
	var names []string
	for _, level := range Levels() {
		names = append(names, level.Name("fr"))
	}
	const want = "Novice 1, Novice 2, Indépendant 3, Indépendant 4, Avancé 5, Avancé 6, Expert 7, Expert 8"
	if got := strings.Join(names, ", "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := Level(3).Word("en"); got != "Independent" {
		t.Errorf("English: %s", got)
	}
	for _, n := range []int{-1, 0, 9} {
		if _, err := ParseLevel(n); !problem.Is(err, problem.Invalid) {
			t.Errorf("%d: %v", n, err)
		}
		if Level(n).Name("fr") != "" || Level(n).Word("en") != "" {
			t.Errorf("%d has a name", n)
		}
	}
	if level, err := ParseLevel(8); err != nil || level != MaxLevel {
		t.Errorf("8: %v, %v", level, err)
	}
}
