package credential

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"ramure/internal/openbadges"
)

// author fills shapes with random content that mostly keeps the rules: optional
// members come and go, names are used again, texts hold what texts can hold.
type author struct {
	*rand.Rand
	likely  float64 // that an optional member is there
	most    int     // values of an array
	fresh   int     // names given so far
	parents int     // above a profile
}

// everything says every member once.
func everything() *author {
	return &author{Rand: rand.New(rand.NewPCG(1, 1)), likely: 1, most: 1, parents: 1}
}

func newAuthor(seed uint64) *author {
	a := &author{Rand: rand.New(rand.NewPCG(seed, 20)), parents: 6}
	a.likely, a.most = []float64{0, 0.1, 0.4, 0.7}[a.IntN(4)], 1+a.IntN(4)
	return a
}

func (a *author) credential() *openbadges.AchievementCredential {
	c := new(openbadges.AchievementCredential)
	a.object(reflect.ValueOf(c).Elem())
	a.describe(&c.CredentialSubject)
	if s := c.CredentialStatus; s != nil {
		s.ID, s.StatusPurpose = s.StatusListCredential+"#"+s.StatusListIndex, openbadges.PurposeRevocation
	}
	return c
}

// object fills the fields of a struct; what has no line in the tables stays empty.
func (a *author) object(v reflect.Value) {
	class := classes[v.Type()]
	for i := range v.NumField() {
		tag := v.Type().Field(i).Tag.Get("json")
		name, optional := strings.CutSuffix(tag, ",omitempty")
		_, tabled := class.terms[name]
		if !tabled && name != "@context" && name != "id" && name != "type" {
			continue
		}
		if name == "type" && class.types != nil || !optional || needed[v.Type().Name()+"."+name] || a.Float64() < a.likely {
			a.field(v.Field(i), class, name)
		}
	}
}

// needed are members that only a rule between members asks for.
var needed = map[string]bool{
	"Criteria.narrative": true, "AchievementSubject.id": true, "RelatedResource.digestSRI": true,
	"StatusEntry.statusPurpose": true, "StatusEntry.statusListIndex": true, "StatusEntry.statusListCredential": true,
}

func (a *author) field(v reflect.Value, class class, name string) {
	switch v.Kind() {
	case reflect.Slice:
		a.slice(v, class, name)
	case reflect.Pointer:
		if name == "parentOrg" {
			if a.parents == 0 {
				return
			}
			a.parents--
			defer func() { a.parents++ }()
		}
		v.Set(reflect.New(v.Type().Elem()))
		a.object(v.Elem())
	case reflect.Struct:
		a.object(v)
	case reflect.String:
		v.SetString(a.word(class, name))
	case reflect.Float64:
		v.SetFloat([]float64{1, 2.5, 44.563, -0.5, 1e-6, 120, 1234567.25, 9007199254740991, 0.000123456789012345, 123456789.012345}[a.IntN(10)])
	case reflect.Bool:
		v.SetBool(a.IntN(2) == 0)
	}
}

func (a *author) slice(v reflect.Value, class class, name string) {
	n := 1 + a.IntN(a.most)
	switch {
	case name == "@context":
		v.Set(reflect.ValueOf(slices.Clone(class.contexts)))
		return
	case name == "type":
		a.types(v, class)
		return
	case name == "rubricCriterionLevel":
		n = a.IntN(13)
	}
	for range n {
		item := reflect.New(v.Type().Elem()).Elem()
		a.field(item, class, name)
		v.Set(reflect.Append(v, item))
		if item.Kind() == reflect.Struct && a.most > 1 && (isNameless(item) && a.IntN(4) == 0 || a.IntN(100) == 0) {
			v.Set(reflect.Append(v, item)) // the same once more
		}
	}
}

func isNameless(v reflect.Value) bool {
	id := v.FieldByName("ID")
	return !id.IsValid() || id.IsZero()
}

// types sets the names of a class; of a badge, one of the two that it may have.
func (a *author) types(v reflect.Value, class class) {
	names := openbadges.Types{}
	for name := range class.types {
		names = append(names, name)
	}
	slices.Sort(names)
	if len(names) == 3 {
		names = openbadges.Types{names[2], names[a.IntN(2)]}
	}
	v.Set(reflect.ValueOf(names))
}

// iris is a small world, so that names meet again.
var iris = []string{
	"did:web:badges.example.fr:issuers:eric", "https://badges.example.fr/achievements/1", "https://badges.example.fr/img/1.png",
	"https://example.org/a?b=c&d=%C3%A9#e", "urn:uuid:5a3d9c1e-0001-4000-8000-000000000001", "data:image/png;base64,iVBORw0KGgo=",
	"http://[::1]:8080/x", "mailto:a@b.example",
}

func (a *author) iri() string {
	if a.most > 1 && a.IntN(12) == 0 {
		return iris[a.IntN(len(iris))]
	}
	a.fresh++
	return fmt.Sprintf("https://badges.example.fr/%d", a.fresh)
}

func (a *author) date(year int) string {
	return fmt.Sprintf("%d-%02d-%02dT%02d:00:00Z", year, 1+a.IntN(12), 1+a.IntN(28), a.IntN(24))
}

// word gives a text of the kind that the member asks for.
func (a *author) word(class class, name string) string {
	pick := func(words ...string) string { return words[a.IntN(len(words))] }
	switch name {
	case "statusListCredential":
		return pick("https://badges.example.fr/status/1", "https://badges.example.fr/status/2")
	case "id", "url", "targetUrl":
		return a.iri()
	case "type":
		for word := range class.types {
			return word
		}
	case "validFrom", "activityStartDate", "awardedDate":
		return a.date(2026)
	case "validUntil", "activityEndDate":
		return a.date(2029)
	case "dateOfBirth":
		return "1990-02-28"
	case "achievementType":
		return pick("Badge", "Competency", "ext:atelier")
	case "targetType":
		return pick("ceasn:Competency", "CTDL")
	case "resultType":
		return pick("RubricCriterionLevel", "Percent", "Status")
	case "identityType", "identifierType":
		return pick("name", "emailAddress", "ext:siret")
	case "identityHash":
		return openbadges.IdentityHash(a.text(), "salt")
	case "inLanguage":
		return pick("fr", "en-GB", "oc")
	case "addressCountryCode":
		return pick("FR", "IT")
	case "email":
		return pick("a@b.example", "contact@eric.example.fr")
	case "statusListIndex":
		return pick("0", "94001")
	}
	return a.text()
}

// pieces are what texts are made of, with all that must be escaped somewhere.
var pieces = []string{
	"a", "numérique", " ", "\n", "\t", "\r\n", `"`, `\`, `\n`, "’", "œ", "e\u0301", "漢字", "😀", "🧑‍🌾", "\u2028", "\u2029", "\u00a0", "\ufeff",
	"\ufffd", "\uffee", "<b>&amp;</b>", "</script>", "{\"@id\":\"x\"}", "_:c14n0", "<http://a> .", "\u202e", "@fr", "^^", "\u0085", "1.0E1",
}

func (a *author) text() string {
	var text strings.Builder
	for range 1 + a.IntN(3*a.most) {
		text.WriteString(pieces[a.IntN(len(pieces))])
	}
	return text.String()
}

// describe makes results fit what the achievement describes.
func (a *author) describe(s *openbadges.AchievementSubject) {
	descriptions := s.Achievement.ResultDescription
	for i := range descriptions {
		d := &descriptions[i]
		d.RequiredLevel, d.RequiredValue, d.ValueMin, d.ValueMax = "", "", "", ""
		if len(d.RubricCriterionLevel) > 0 && a.IntN(2) == 0 {
			d.RequiredLevel = d.RubricCriterionLevel[a.IntN(len(d.RubricCriterionLevel))].ID
		}
		if len(d.AllowedValue) > 0 && a.IntN(2) == 0 {
			d.RequiredValue = d.AllowedValue[a.IntN(len(d.AllowedValue))]
		}
	}
	if len(descriptions) == 0 {
		s.Result = nil
	}
	for i := range s.Result {
		a.reach(&s.Result[i], &descriptions[a.IntN(len(descriptions))])
	}
}

func (a *author) reach(r *openbadges.Result, d *openbadges.ResultDescription) {
	r.ResultDescription, r.AchievedLevel, r.Value, r.Status = d.ID, "", "", ""
	if n := len(d.RubricCriterionLevel); n > 0 {
		r.AchievedLevel = d.RubricCriterionLevel[a.IntN(n)].ID
	}
	if n := len(d.AllowedValue); n > 0 {
		r.Value = d.AllowedValue[a.IntN(n)]
	}
	if d.ResultType == openbadges.ResultStatus {
		r.Status = openbadges.ResultStatusCompleted
	}
}

func mustEncode(t testing.TB, v any) []byte {
	t.Helper()
	text, err := encode(v)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
