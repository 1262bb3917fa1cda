package credential

import (
	"reflect"
	"strings"

	"ramure/internal/credential/statuslist"
	"ramure/internal/jsonld"
	"ramure/internal/openbadges"
)

// plan is how the typed path walks one shape: its fields in the order in which
// they are written as JSON, each with what it means.
type plan struct {
	fields []field
	id     int    // the field that names the node, -1 where nothing does
	types  int    // the field of "type", -1 where there is none
	scope  string // the type without which the members mean nothing
}

// field is a member of a shape. A field without a line in the tables has the
// kind noTerm: it must be empty.
type field struct {
	term
	predicate jsonld.Predicate
	index     int
	key       string            // as JSON writes it: "name":
	omitted   bool              // left out when empty
	contexts  []string          // of asContext
	types     map[string]string // of asType
	plan      *plan             // of asNode
}

// The predicates that stand in no context.
var (
	typePredicate = predicateOf(nsRDF + "type")
	listFirst     = predicateOf(nsRDF + "first")
	listRest      = predicateOf(nsRDF + "rest")
)

// predicateOf makes an IRI of the tables ready. Nothing can be said with one that
// is none: the zero Predicate.
func predicateOf(iri string) jsonld.Predicate {
	p, err := jsonld.NewPredicate(iri)
	if err != nil {
		return jsonld.Predicate{}
	}
	return p
}

// The plans of what we sign, made once from the tables.
var (
	achievementPlan = plans{}.of(reflect.TypeFor[openbadges.AchievementCredential]())
	statusListPlan  = plans{}.of(reflect.TypeFor[statuslist.Credential]())
)

// plans are those made so far: a profile may hold the profile above it.
type plans map[reflect.Type]*plan

func (made plans) of(shape reflect.Type) *plan {
	if known, found := made[shape]; found {
		return known
	}
	class := classes[shape]
	p := &plan{id: -1, types: -1, scope: class.scope}
	made[shape] = p
	for i := range shape.NumField() {
		f := made.field(shape.Field(i), class)
		f.index = i
		switch f.kind {
		case asName:
			p.id = i
		case asType:
			p.types = i
		}
		p.fields = append(p.fields, f)
	}
	return p
}

func (made plans) field(of reflect.StructField, class class) field {
	name, options, _ := strings.Cut(of.Tag.Get("json"), ",")
	f := field{term: class.terms[name], key: `"` + name + `":`, omitted: options == "omitempty"}
	f.predicate = predicateOf(f.iri)
	switch {
	case name == "@context" && class.contexts != nil:
		f.kind, f.contexts = asContext, class.contexts
	case name == "id":
		f.kind = asName
	case name == "type" && class.types != nil:
		f.kind, f.types, f.predicate = asType, class.types, typePredicate
	case f.kind == asNode:
		f.plan = made.of(shapeOf(of.Type))
	}
	return f
}

// shapeOf gives the struct that a field holds one or many of.
func shapeOf(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

// inScope reports whether an object has the type that gives its members their
// meaning.
func (p *plan) inScope(object reflect.Value) bool {
	if p.types < 0 {
		return true
	}
	v := object.Field(p.types)
	if v.Kind() == reflect.String {
		return v.String() == p.scope
	}
	for i := range v.Len() {
		if v.Index(i).String() == p.scope {
			return true
		}
	}
	return false
}

// leftOut tells what encoding/json does not write.
func (f *field) leftOut(v reflect.Value) bool {
	if v.Kind() == reflect.Slice {
		return f.omitted && v.Len() == 0
	}
	return f.omitted && v.IsZero()
}
