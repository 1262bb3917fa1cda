package award_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"ramure/internal/award"
	"ramure/internal/problem"
)

// people have names of every kind that venues meet.
var people = []award.Person{
	{GivenName: "Lucie", FamilyName: "Le Goff-D’Œuvre"}, {GivenName: "Zoé", FamilyName: "Müller"},
	{GivenName: "Jean-Luc", FamilyName: "D'Orsenna"}, {GivenName: "Amina", FamilyName: "Benali"},
	{GivenName: "François-Régis", FamilyName: "Ça"}, {GivenName: "Nguyễn", FamilyName: "Thị Ánh"},
	{GivenName: "Ælfric", FamilyName: "Sørensen"}, {GivenName: "María José", FamilyName: "de los Ángeles Peña"},
	{GivenName: "O", FamilyName: "Ng"}, {GivenName: "Łukasz", FamilyName: "Żółć"},
	{GivenName: "Ελένη", FamilyName: "Παπαδοπούλου"}, {GivenName: "Мария", FamilyName: "Иванова"},
	{GivenName: "فاطمة", FamilyName: "الزهراء"}, {GivenName: "Ana", FamilyName: "Aná-Ana"},
	{GivenName: "Marie‑Ange", FamilyName: "Saint–Just"}, {GivenName: "Kévin", FamilyName: "L'Hôte"},
	{GivenName: strings.Repeat("é", 100), FamilyName: strings.Repeat("ç", 100)},
	{GivenName: "Un Deux Trois Quatre Cinq", FamilyName: "Six Sept Huit Neuf Dix"},
}

// spellings are ways in which people type a name that is right.
func spellings(p award.Person) []string {
	first, last := p.GivenName+" "+p.FamilyName, p.FamilyName+" "+p.GivenName
	list := []string{first, last}
	for _, name := range []string{first, last} {
		list = append(list, strings.ToUpper(name), strings.ToLower(name), norm.NFD.String(name), "  "+name+" ",
			strings.ReplaceAll(name, " ", "  "), strings.ReplaceAll(name, "-", " "), strings.ReplaceAll(name, "’", "'"),
			strings.ReplaceAll(name, "'", "’"), strings.NewReplacer("-", " ", "’", " ", "'", " ").Replace(name),
			strings.NewReplacer("œ", "oe", "Œ", "Oe", "æ", "ae", "Æ", "Ae").Replace(name),
			strings.ReplaceAll(name, " ", "\u00a0"), strings.ReplaceAll(name, "-", "\u2011"), bare(name), strings.ToUpper(bare(name)))
	}
	words := strings.Fields(first)
	for i := 1; i < len(words); i++ {
		rotated := strings.Join(append(append([]string{}, words[i:]...), words[:i]...), " ")
		list = append(list, rotated, strings.ToUpper(rotated), bare(rotated))
	}
	return list
}

// bare leaves the accents out, as many keyboards do.
func bare(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0x300 && r < 0x370 {
			return -1
		}
		return r
	}, norm.NFD.String(name))
}

// named makes an award for each person and answers their ids.
func (h *house) named() []award.ID {
	h.Helper()
	sc := h.venue("atelier")
	id, ids := h.define(sc), make([]award.ID, len(people))
	for i, p := range people {
		ids[i] = h.issue(sc, id, func(o *award.Order) { o.Recipient = p }).ID
	}
	return ids
}

func (h *house) isNamed(id award.ID, typed string) bool {
	h.Helper()
	yes, err := h.IsNamed(h.Context(), id, typed)
	if err != nil {
		h.Errorf("%q: %v", typed, err)
	}
	return yes
}

// However a right name is typed, the answer is yes.
func TestRightNames(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ids, asked := h.named(), 0
	for i, id := range ids {
		for _, typed := range spellings(people[i]) {
			asked++
			if !h.isNamed(id, typed) {
				t.Errorf("%q is not found to be %s %s", typed, people[i].GivenName, people[i].FamilyName)
			}
		}
	}
	for source := rand.New(rand.NewPCG(1, 2)); asked < 1000; {
		for i, id := range ids {
			asked++
			if typed := mixed(source, people[i].GivenName+" "+people[i].FamilyName); !h.isNamed(id, typed) {
				t.Errorf("%q is not found to be %s %s", typed, people[i].GivenName, people[i].FamilyName)
			}
		}
	}
	t.Logf("%d right names, 0 answered no", asked)
}

// mixed types letters in either case, as chance has it.
func mixed(source *rand.Rand, name string) string {
	return strings.Map(func(r rune) rune {
		if source.IntN(2) == 0 {
			return unicode.ToUpper(r)
		}
		return unicode.ToLower(r)
	}, name)
}

// Every wrong name is answered no, however near it comes.
func TestWrongNames(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ids, asked := h.named(), 0
	no := func(id award.ID, typed string) {
		asked++
		if h.isNamed(id, typed) {
			t.Errorf("%q is found to be somebody else", typed)
		}
	}
	for i, id := range ids {
		for j, p := range people {
			if i != j {
				no(id, p.GivenName+" "+p.FamilyName)
				no(id, p.FamilyName+" "+p.GivenName)
			}
		}
		p := people[i]
		for _, typed := range []string{p.GivenName, p.FamilyName, p.GivenName + p.FamilyName + "x", p.GivenName + " x " + p.FamilyName,
			p.GivenName + " " + p.FamilyName + " " + p.GivenName, "*", "%", "' or '1'='1", p.GivenName + "%", "null", "."} {
			no(id, typed)
		}
	}
	source := rand.New(rand.NewPCG(1, 2))
	for asked < 1000 {
		no(ids[source.IntN(len(ids))], fmt.Sprintf("prénom%d nom%d", source.IntN(1e6), source.IntN(1e6)))
	}
	t.Logf("%d wrong names, 0 answered yes", asked)
}

// A question that can't be one is refused, and one about nothing finds nothing.
func TestQuestionsThatAreRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	stored := h.issue(sc, h.define(sc))
	for _, typed := range []string{"", "   ", "Lucie\nLe Goff", "Lucie\x00", "Lucie\u202eLe Goff", "\xff", strings.Repeat("a", 501)} {
		_, err := h.IsNamed(t.Context(), stored.ID, typed)
		h.refused(err, problem.Invalid, "$.name")
	}
	_, err := h.IsNamed(t.Context(), "AAAAAAAAAAAAAAAAAAAAAA", "Lucie")
	h.refused(err, problem.NotFound, "")
}
