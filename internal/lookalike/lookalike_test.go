package lookalike_test

import (
	"compress/gzip"
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"ramure/internal/lookalike"
	"ramure/schemas"
)

func load(t testing.TB) *lookalike.Table {
	t.Helper()
	file, err := schemas.FS.Open("data/confusables.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	table, err := lookalike.Load(file)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// rows reads a table of the tests without its header.
func rows(t testing.TB, path string) [][]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	all, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[1:]
}

// Each name of the table is taken for the one beside it.
func TestAlike(t *testing.T) {
	t.Parallel()
	table, seen := load(t), 0
	for _, row := range rows(t, "testdata/alike.csv") {
		name, alike, how := row[0], row[1], row[2]
		if !table.Alike(name, alike) {
			t.Errorf("%s: %q is not seen to look like %q: %q, %q", how, alike, name, table.Skeleton(alike), table.Skeleton(name))
		}
		seen++
	}
	t.Logf("%d names that look like another", seen)
	if seen < 300 {
		t.Errorf("only %d", seen)
	}
}

// Letters that draw nothing are no part of a name.
func TestFillers(t *testing.T) {
	t.Parallel()
	if table := load(t); !table.Alike("ERIC", "E\u3164R\u115fI\uffa0C\u034f") || table.Skeleton("\u3164") != "" {
		t.Errorf("%q", table.Skeleton("E\u3164R\u115fI\uffa0C\u034f"))
	}
}

// Names that a person tells apart have skeletons of their own.
func TestNotAlike(t *testing.T) {
	t.Parallel()
	table := load(t)
	for _, pair := range [][2]string{
		{"ERIC Marseille", "ERIC Martigues"}, {"Espace 06", "Espace 08"}, {"Espace 13", "Espace 83"}, {"Ville de Nice", "Ville de Nîmes"},
		{"Médiathèque de Gap", "Médiathèque d'Apt"}, {"FabLab", "FabLabs"}, {"Le Moulin", "Le Moulon"}, {"", ""}, {"—", "…"}, {"", " "}, {"Фонд", "Fond"},
	} {
		if table.Alike(pair[0], pair[1]) {
			t.Errorf("%q and %q: %q", pair[0], pair[1], table.Skeleton(pair[0]))
		}
	}
}

// The communes of France tell how often honest names are taken for one another.
func TestHonestNames(t *testing.T) {
	t.Parallel()
	table, names, skeletons := load(t), map[string]bool{}, map[string]string{}
	var collisions []string
	for _, name := range communes(t) {
		plain := strings.Map(letter, strings.ToLower(name))
		if names[plain] {
			continue
		}
		names[plain] = true
		skeleton := table.Skeleton(name)
		if other, taken := skeletons[skeleton]; taken {
			collisions = append(collisions, name+" = "+other)
		}
		skeletons[skeleton] = name
	}
	t.Logf("%d names, %d taken for another: %s", len(names), len(collisions), strings.Join(collisions[:min(len(collisions), 20)], "; "))
	if len(names) < 30_000 || len(collisions)*200 > len(names) {
		t.Errorf("%d of %d", len(collisions), len(names))
	}
}

func letter(r rune) rune {
	if r == ' ' || r == '-' || r == '\'' || r == '’' {
		return -1
	}
	return r
}

func communes(t *testing.T) (names []string) {
	t.Helper()
	file, err := schemas.FS.Open("data/communes.csv.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	source, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	all, err := csv.NewReader(source).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range all[1:] {
		names = append(names, row[1])
	}
	return names
}

func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"nothing": "", "another header": "a,b\n", "no code point": "prototype,characters\n006C,zz\n", "a surrogate": "prototype,characters\n006C,D800\n",
		"a prototype of nothing": "prototype,characters\n,0049\n", "no characters": "prototype,characters\n006C,\n", "a character twice": "prototype,characters\n006C,0049\n0069,0049\n",
		"a column more": "prototype,characters\n006C,0049,x\n",
	} {
		if _, err := lookalike.Load(strings.NewReader(text)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// A skeleton is its own, and never longer than a bound.
func FuzzSkeleton(f *testing.F) {
	table := load(f)
	for _, seed := range []string{"ERIC Marseille", "Тест", "\u202eabc", "ﷺﷺ", "Ⅷ㎦", "\xff\xfe", strings.Repeat("ﷺ", 400), "1|I!l", "İı"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		skeleton := table.Skeleton(name)
		if len(skeleton) > 40_000 {
			t.Fatalf("%d bytes", len(skeleton))
		}
		if len(skeleton) < 1000 && table.Skeleton(skeleton) != skeleton {
			t.Fatalf("%q has %q, which has %q", name, skeleton, table.Skeleton(skeleton))
		}
	})
}
