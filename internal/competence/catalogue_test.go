package competence

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ramure/internal/problem"
)

func table(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile("../../schemas/data/competences.csv")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func shipped(t testing.TB) *Catalogue {
	t.Helper()
	c, err := Load(strings.NewReader(table(t)))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func codes(items []Item) string {
	list := make([]string, len(items))
	for i, item := range items {
		list[i] = item.Code
	}
	return strings.Join(list, " ")
}

// TestShippedFrameworks holds the numbers that the frameworks publish.
func TestShippedFrameworks(t *testing.T) {
	t.Parallel()
	c := shipped(t)
	if got := codes(c.Frameworks()); got != "digcomp22 digcomp30 pix acunum" {
		t.Errorf("frameworks %s", got)
	}
	if len(c.items) != 151 {
		t.Errorf("%d items", len(c.items))
	}
	for framework, want := range map[string]int{"digcomp22": 21, "digcomp30": 21, "pix": 16, "acunum": 55, "esco": 0} {
		list := c.Competences(framework)
		if len(list) != want {
			t.Errorf("%s: %d competences", framework, len(list))
		}
		for _, item := range list {
			if item.Kind != KindCompetence || item.Framework != framework {
				t.Errorf("%s among those of %s", item.Code, framework)
			}
		}
		if !slices.IsSortedFunc(list, func(a, b Item) int { return a.Sort - b.Sort }) {
			t.Errorf("%s is not in order", framework)
		}
	}
}

func TestItem(t *testing.T) {
	t.Parallel()
	c := shipped(t)
	item, found := c.Item("pix.1.1")
	if !found || item.LabelFR != "Mener une recherche et une veille d'information" || item.LabelStatus != LabelOfficial ||
		item.Parent != "pix.1" || item.Kind != KindCompetence || strings.Join(item.ExternalIDs, " ") != "1.1 recsvLz0W2ShyfD63" {
		t.Errorf("%+v", item)
	}
	if item.Label("en") != item.LabelFR {
		t.Error("French does not stand in for the missing English")
	}
	root, _ := c.Item("digcomp22")
	if root.URI != "http://data.europa.eu/snb/dcf/25831c2" || root.Label("en") == root.Label("fr") || root.Label("fr") != "DigComp 2.2" {
		t.Errorf("%+v", root)
	}
	for _, code := range []string{"", "pix.9", "PIX.1.1", "pix.1.1 "} {
		if _, found := c.Item(code); found {
			t.Errorf("%q was found", code)
		}
	}
}

func TestTree(t *testing.T) {
	t.Parallel()
	c := shipped(t)
	for code, want := range map[string]string{
		"acunum":   "acunum.c acunum.u acunum.m acunum.f acunum.t",
		"acunum.m": "acunum.m1 acunum.m2",
		"pix.2":    "pix.2.1 pix.2.2 pix.2.3 pix.2.4",
		"pix.2.1":  "", "nothing": "", "": "",
	} {
		if got := codes(c.Children(code)); got != want {
			t.Errorf("below %q: %q, want %q", code, got, want)
		}
	}
	for code, want := range map[string]string{
		"acunum.c1.4": "acunum acunum.c acunum.c1 acunum.c1.4",
		"pix.1.1":     "pix pix.1 pix.1.1",
		"pix":         "pix", "nothing": "", "": "",
	} {
		if got := codes(c.Path(code)); got != want {
			t.Errorf("path to %q: %q, want %q", code, got, want)
		}
	}
}

func TestAlignments(t *testing.T) {
	t.Parallel()
	c := shipped(t)
	for code, want := range map[string]string{
		"acunum.c1.3": "digcomp22.1.1 digcomp22.2.4 pix.1.1 pix.2.3",
		"pix.1.1":     "digcomp22.1.1 digcomp22.1.2",
		"acunum.c":    "", "nothing": "",
	} {
		if got := strings.Join(c.Related(code), " "); got != want {
			t.Errorf("related to %s: %q, want %q", code, got, want)
		}
	}
	if got := strings.Join(c.RelatedFrom("digcomp22.3.4"), " "); got != "digcomp30.3.4 pix.3.4 acunum.t2.4" {
		t.Errorf("related from digcomp22.3.4: %s", got)
	}
	// Each alignment can be walked both ways.
	for _, item := range c.items {
		for _, code := range item.Alignments {
			if !slices.Contains(c.RelatedFrom(code), item.Code) {
				t.Errorf("%s → %s has no way back", item.Code, code)
			}
		}
	}
}

// TestCatalogueIsReadOnly: what is given away can be changed without harm.
func TestCatalogueIsReadOnly(t *testing.T) {
	t.Parallel()
	c := shipped(t)
	spoil := func(list []string) {
		for i := range list {
			list[i] = "spoiled"
		}
	}
	item, _ := c.Item("pix.1.1")
	spoil(item.Alignments)
	spoil(item.ExternalIDs)
	spoil(c.Related("pix.1.1"))
	spoil(c.RelatedFrom("pix.1.1"))
	children := c.Children("pix.1")
	children[0].Alignments[0], children[1] = "spoiled", Item{}
	again := shipped(t)
	for _, code := range []string{"pix.1.1", "pix.1.2"} {
		if strings.Join(c.Related(code), " ") != strings.Join(again.Related(code), " ") ||
			strings.Join(c.RelatedFrom(code), " ") != strings.Join(again.RelatedFrom(code), " ") {
			t.Errorf("%s was changed through a copy", code)
		}
	}
	if codes(c.Children("pix.1")) != codes(again.Children("pix.1")) {
		t.Error("the children were changed through a copy")
	}
}

const header = "framework,code,parent,kind,label_fr,label_en,label_fr_status,uri,external_id,align_digcomp22,align_pix,sort\n"

// TestLoadRefuses changes one thing of the shipped table at a time.
func TestLoadRefuses(t *testing.T) {
	t.Parallel()
	good := table(t)
	for _, test := range []struct{ old, new, path, rule string }{
		{"pix,pix.1.1,", "pix,Pix.1.1,", "line 58, code", "code"},
		{"pix,pix.1.2,", "pix,pix.1.1,", "line 59, code", "duplicate"},
		{"pix,pix.1.1,pix.1,", "pix,pix.1.1,pix.7,", "line 58, parent", "parentUnknown"},
		{"pix,pix.1.1,pix.1,", "pix,pix.1.1,,", "line 58, parent", "parentUnknown"},
		{"pix,pix.1.1,pix.1,", "pix,pix.1.1,pix.1.1,", "line 58, parent", "parentUnknown"},
		{"pix,pix.1.1,pix.1,", "pix,pix.1.1,pix.5,", "line 58, parent", "parentUnknown"}, // a later row
		{"pix,pix.1.1,pix.1,", "pix,pix.1.1,digcomp22.1,", "line 58, framework", "framework"},
		{"pix,pix.1.1,pix.1,", "acunum,pix.1.1,pix.1,", "line 58, framework", "framework"},
		{"pix,pix.1.1,pix.1,competence", "pix,pix.1.1,pix.1,area", "line 58, kind", "kindOrder"},
		{"pix,pix.1.1,pix.1,competence", "pix,pix.1.1,pix,competence", "line 58, kind", "kindOrder"},
		{"pix,pix.1.1,pix.1,competence", "pix,pix.1.1,pix.1,skill", "line 58, kind", "enum"},
		{"pix,pix,,framework", "pix,pix,digcomp22,framework", "line 56, parent", "framework"},
		{"pix,pix,,framework", "pix,crcn,,framework", "line 56, parent", "framework"},
		{"Traiter des données", "", "line 60, label_fr", "length"},
		{"Traiter des données", strings.Repeat("é", 301), "line 60, label_fr", "length"},
		{"Browsing,", strings.Repeat("e", 301), "line 4, label_en", "length"},
		{"Traiter des données", " Traiter des données", "line 60, label_fr", "text"},
		{"Traiter des données", "Traiter\tdes données", "line 60, label_fr", "text"},
		{"Traiter des données,,official", "Traiter des données,,officiel", "line 60, label_fr_status", "enum"},
		{"http://data.europa.eu", "data.europa.eu", "line 2, uri", "iri"},
		{"1.1|recsvLz0W2ShyfD63", "1.1||recsvLz0W2ShyfD63", "line 58, external_id", "list"},
		{"digcomp22.1.1|digcomp22.1.2,,57", "digcomp22.1.1|digcomp22.1.1,,57", "line 58, align_digcomp22", "duplicate"},
		{"digcomp22.1.1|digcomp22.1.2,,57", "digcomp22.1.1|pix.1.2,,57", "line 58, align_digcomp22", "framework"},
		{"digcomp22.1.1|digcomp22.1.2,,57", "digcomp22.1.1|digcomp22.1.9,,57", "line 58, align", "alignmentUnknown"},
		{"digcomp22.1.1|digcomp22.1.2,,57", "digcomp22.1.1,pix.1.2,57", "line 58, align", "framework"},
		{"digcomp22.1.1|digcomp22.1.2,,57", "digcomp22.1.1|digcomp22.1.2,,56", "line 58, sort", "order"},
		{"digcomp22.1.1|digcomp22.1.2,,57", "digcomp22.1.1|digcomp22.1.2,,057", "line 58, sort", "number"},
		{"digcomp22.1.1|digcomp22.1.2,,57", "digcomp22.1.1|digcomp22.1.2,,", "line 58, sort", "number"},
	} {
		spoiled := strings.Replace(good, test.old, test.new, 1)
		if spoiled == good {
			t.Fatalf("%q is not in the table", test.old)
		}
		c, err := Load(strings.NewReader(spoiled))
		if c != nil || problem.KindOf(err) != problem.Invalid || !strings.Contains(err.Error(), test.path+": "+test.rule+":") {
			t.Errorf("%.40q: %v, want %s: %s", test.new, err, test.path, test.rule)
		}
	}
}

func TestLoadRefusesWhatIsNoTable(t *testing.T) {
	t.Parallel()
	good := table(t)
	for name, test := range map[string]struct {
		table string
		kind  problem.Kind
	}{
		"nothing":           {"", problem.Malformed},
		"another header":    {strings.Replace(good, "label_fr,", "label,", 1), problem.Malformed},
		"columns exchanged": {strings.Replace(good, "framework,code", "code,framework", 1), problem.Malformed},
		"a short row":       {good + "pix,pix.6\n", problem.Malformed},
		"an open quote":     {good + `"`, problem.Malformed},
		"Latin-1":           {strings.Replace(good, "é", "\xe9", 1), problem.Malformed},
		"a byte order mark": {"\ufeff" + good, problem.Malformed},
		"over the size":     {header + strings.Repeat(" ", maxTable), problem.TooLarge},
	} {
		if c, err := Load(strings.NewReader(test.table)); c != nil || !problem.Is(err, test.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if c, err := Load(strings.NewReader(header)); err != nil || len(c.Frameworks()) != 0 {
		t.Errorf("an empty table: %v", err)
	}
	var rows strings.Builder
	for i := range 200 {
		rows.WriteString("x,x.1,,skill,,,,,,,," + strconv.Itoa(200-i) + "\n")
	}
	if _, err := Load(strings.NewReader(header + rows.String())); strings.Count(err.Error(), "; ") != 50 {
		t.Errorf("%d rules are named", strings.Count(err.Error(), "; "))
	}
}

// FuzzLoad: a table that is taken makes a forest whose every path ends at a
// framework.
func FuzzLoad(f *testing.F) {
	f.Add(header + "pix,pix,,framework,Pix,,official,,,,,1\npix,pix.1,pix,area,A,,official,,1,,,2\n" +
		"pix,pix.1.1,pix.1,competence,B,,official,,1.1|r,,,3\n")
	f.Add(header + "x,x,,framework,X,,project,,,digcomp22.1,,1\ndigcomp22,digcomp22,,framework,D,,official,http://e.eu,,,x.1,2\n")
	f.Add(header)
	f.Add(header + "a,a,a,framework,,,,,|,|,|,-1\n\"")
	f.Fuzz(func(t *testing.T, table string) {
		c, err := Load(strings.NewReader(table))
		if err != nil {
			if problem.KindOf(err) == problem.Internal {
				t.Fatalf("nameless error %v", err)
			}
			return
		}
		for _, item := range c.items {
			path := c.Path(item.Code)
			if len(path) == 0 || path[0].Kind != KindFramework || path[0].Code != item.Framework {
				t.Fatalf("%s hangs in the air", item.Code)
			}
			if !strings.Contains(" "+codes(append(c.Children(item.Parent), c.Frameworks()...))+" ", " "+item.Code+" ") {
				t.Fatalf("%s is nobody's child", item.Code)
			}
		}
	})
}
