package credential

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"testing"

	"ramure/internal/credential/statuslist"
	"ramure/internal/openbadges"
	"ramure/schemas"
)

// vocabulary is what a list of contexts defines, read with nothing but the eyes:
// the terms as they stand, later ones over earlier ones.
type vocabulary map[string]any

func (v vocabulary) with(context any) vocabulary {
	merged := maps.Clone(v)
	for name, definition := range context.(map[string]any) {
		if name[0] != '@' {
			merged[name] = definition
		}
	}
	return merged
}

func readContexts(t *testing.T, urls []string) vocabulary {
	t.Helper()
	v := vocabulary{}
	for _, url := range urls {
		data, known := schemas.Context(url)
		var document map[string]any
		if err := json.Unmarshal(data, &document); !known || err != nil {
			t.Fatalf("%s: %v", url, err)
		}
		v = v.with(document["@context"])
	}
	return v
}

// meaning gives what a definition says: the IRI, the datatype and the container.
func (v vocabulary) meaning(name string) (iri, coercion, container string) {
	switch d := v[name].(type) {
	case string:
		return d, "", ""
	case map[string]any:
		iri, _ = d["@id"].(string)
		coercion, _ = d["@type"].(string)
		container, _ = d["@container"].(string)
	}
	if _, alias := v[iri]; alias {
		iri, _, _ = v.meaning(iri)
	}
	return iri, coercion, container
}

// scoped gives the vocabulary inside an object of a type.
func (v vocabulary) scoped(name string) vocabulary {
	if d, ok := v[name].(map[string]any); ok && d["@context"] != nil {
		return v.with(d["@context"])
	}
	return v
}

// TestTablesAreTheContexts reads the embedded contexts and compares every line of
// every table with them.
func TestTablesAreTheContexts(t *testing.T) {
	t.Parallel()
	lines := 0
	for shape, class := range classes {
		v := readContexts(t, contextsOf(shape))
		for word, want := range class.types {
			if iri, _, _ := v.meaning(word); iri != want {
				t.Errorf("%s: the type %s is %s", shape, word, iri)
			}
			lines++
		}
		v = v.scoped(class.scope)
		for name, term := range class.terms {
			iri, coercion, container := v.meaning(name)
			if iri != term.iri || !term.coerces(coercion) || (container == "@list") != (term.kind == asList) {
				t.Errorf("%s.%s is %s, of the type %q, %s; the table says %v", shape, name, iri, coercion, container, term)
			}
			lines++
		}
	}
	t.Logf("%d lines", lines)
	if lines < 130 {
		t.Errorf("only %d lines", lines)
	}
}

// coerces compares the @type of a definition with a line.
func (t term) coerces(coercion string) bool {
	switch t.kind {
	case asLink:
		return coercion == "@id"
	case asNode:
		return coercion == "@id" || coercion == ""
	}
	return coercion == t.datatype
}

// contextsOf gives those of the document in which a shape stands.
func contextsOf(shape reflect.Type) []string {
	if shape.PkgPath() == reflect.TypeFor[statuslist.Credential]().PkgPath() {
		return statusListCredentialClass.contexts
	}
	return achievementCredentialClass.contexts
}

// TestLeftOutFields names the fields that the typed path leaves to the guarded
// one. Whoever adds a field to a shape decides here.
func TestLeftOutFields(t *testing.T) {
	t.Parallel()
	want := []string{
		"Achievement.Endorsement", "Achievement.EndorsementJWT",
		"AchievementCredential.CredentialSchema", "AchievementCredential.Endorsement", "AchievementCredential.EndorsementJWT",
		"AchievementCredential.Proof", "AchievementCredential.RefreshService", "AchievementCredential.TermsOfUse",
		"Profile.Endorsement", "Profile.EndorsementJWT",
	}
	made := plans{}
	made.of(reflect.TypeFor[openbadges.AchievementCredential]())
	made.of(reflect.TypeFor[statuslist.Credential]())
	var got []string
	for shape, p := range made {
		for i, f := range p.fields {
			if f.kind == noTerm {
				got = append(got, shape.Name()+"."+shape.Field(i).Name)
			}
		}
	}
	slices.Sort(got)
	if !slices.Equal(got, want) || len(made) != len(classes) {
		t.Errorf("%d shapes, without a line: %q", len(made), got)
	}
}
