package mediation

import (
	"os"
	"strings"
	"testing"

	"ramure/internal/competence"
	"ramure/internal/problem"
)

func catalogue(t testing.TB) *competence.Catalogue {
	t.Helper()
	file, err := os.Open("../../schemas/data/competences.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	c, err := competence.Load(file)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func cycle(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile("../../schemas/data/acunum-cycle.csv")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestShippedCycle holds the facts of the founding documents: four days of
// culture (28 h), six half-days of practice (24 h), a conference, and an
// accompaniment whose length is agreed.
func TestShippedCycle(t *testing.T) {
	t.Parallel()
	modules, err := LoadModules(strings.NewReader(cycle(t)), catalogue(t))
	if err != nil {
		t.Fatal(err)
	}
	hours, count := map[string]int{}, map[string]int{}
	var order []string
	for _, m := range modules {
		hours[m.Code[:1]] += m.Hours
		count[m.Code[:1]]++
		order = append(order, m.Code)
	}
	if got := strings.Join(order, " "); got != "C1 C2 C3 C4 K1 U1 U2 U3 U4 U5 U6 M1" {
		t.Errorf("order %s", got)
	}
	if hours["C"] != 28 || hours["U"] != 24 || hours["K"] != 3 || hours["M"] != 0 || count["C"] != 4 || count["U"] != 6 {
		t.Errorf("hours %v, modules %v", hours, count)
	}
	if u1 := modules[5]; u1.Prerequisite != "C4" || u1.MaxParticipants != 10 || u1.CultureLevel != "avancée" ||
		u1.SessionUnit != "demi-journée" || strings.Join(u1.Competences, " ") != "acunum.u1.1 acunum.u1.2" {
		t.Errorf("U1: %+v", u1)
	}
	if m1 := modules[11]; m1.Kind != ModuleAccompaniment || m1.Sessions != 0 || m1.MaxParticipants != 0 || len(m1.Competences) != 7 {
		t.Errorf("M1: %+v", m1)
	}
}

func TestLoadModulesRefuses(t *testing.T) {
	t.Parallel()
	good, shipped := cycle(t), catalogue(t)
	for _, test := range []struct {
		old, new string
		path     string
		rule     string
	}{
		{"C1,c,formation", "c1,c,formation", "line 2, code", "code"},
		{"C2,c,formation", "C1,c,formation", "line 3, code", "duplicate"},
		{"C1,c,formation", "C1,c,cours", "line 2, kind", "enum"},
		{"formation,\"Cultures numériques, jour 1 : l'information\"", "formation,", "line 2, title_fr", "length"},
		{",7,1,jour", ",7.5,1,jour", "line 2, hours", "number"},
		{",7,1,jour", ",0,1,jour", "line 2, hours", "number"},
		{",7,1,jour", ",7,,jour", "line 2, sessions", "length"},
		{",,10,", ",,-1,", "line 2, max_participants", "number"},
		{"acunum.c1.1|", "acunum.c1|", "line 2, competences", "competenceUnknown"},
		{"acunum.c1.1|", "acunum.c1.9|", "line 2, competences", "competenceUnknown"},
		{"acunum.c1.1|", "acunum.c1.2|", "line 2, competences", "duplicate"},
		{"de base,C1,10", "de base,C9,10", "line 3, prereq_module", "moduleUnknown"},
		{"de base,,10", "de base,C4,10", "line 2, prereq_module", "moduleUnknown"},
		{"de base,,10", "de base,C1,10", "line 2, prereq_module", "moduleUnknown"},
		{"formation,acunum.c1.1", " formation,acunum.c1.1", "line 2, room", "text"},
	} {
		spoiled := strings.Replace(good, test.old, test.new, 1)
		if spoiled == good {
			t.Fatalf("%q is not in the table", test.old)
		}
		modules, err := LoadModules(strings.NewReader(spoiled), shipped)
		if modules != nil || problem.KindOf(err) != problem.Invalid || !strings.Contains(err.Error(), test.path+": "+test.rule+":") {
			t.Errorf("%q: %v, want %s: %s", test.new, err, test.path, test.rule)
		}
	}
	for _, table := range []string{"", "code,stage\n", strings.Replace(good, "hours", "heures", 1), good + "X\n", "\xff" + good} {
		if _, err := LoadModules(strings.NewReader(table), shipped); !problem.Is(err, problem.Malformed) {
			t.Errorf("%.20q: %v", table, err)
		}
	}
}

// FuzzLoadModules: whatever the table, modules that are given out keep the
// rules that sessions are planned by.
func FuzzLoadModules(f *testing.F) {
	good, shipped := cycle(f), catalogue(f)
	f.Add(good)
	f.Add(strings.Join(strings.SplitAfterN(good, "\n", 3)[:2], ""))
	f.Add(strings.Join(moduleColumns, ",") + "\nC1,c,formation,T,1,1,,,,,C1,,,,\n")
	f.Fuzz(func(t *testing.T, table string) {
		modules, err := LoadModules(strings.NewReader(table), shipped)
		if err != nil {
			if problem.KindOf(err) == problem.Internal {
				t.Fatalf("nameless error %v", err)
			}
			return
		}
		codes := map[string]bool{"": true}
		for _, m := range modules {
			codes[m.Code] = true
		}
		if len(codes) != len(modules)+1 {
			t.Fatal("a code twice")
		}
		for _, m := range modules {
			if !codes[m.Prerequisite] || m.Prerequisite == m.Code || m.Hours < 0 || m.MaxParticipants < 0 {
				t.Fatalf("%+v", m)
			}
		}
	})
}
