package openbadges

import (
	"reflect"
	"strings"
)

// layout is a class table laid over the fields of the struct that holds it.
type layout struct {
	fields  []field
	anyOf   [][]string
	typed   int    // the field of "type", -1 without
	variant string // what "type" must be for the table of the variant to hold
	ruled   bool   // the struct has rules between its members
}

// field is one member with its place in the struct.
type field struct {
	member
	index   int
	omitted bool    // left out when empty
	class   *layout // of objects
}

// credentialLayout lays all tables over all structs, once.
var credentialLayout = layouts{}.of(reflect.TypeFor[AchievementCredential](), classAchievementCredential)

// layouts are those made so far: a profile holds endorsements that hold profiles.
type layouts map[reflect.Type]*layout

func (made layouts) of(shape reflect.Type, name className) *layout {
	if known, found := made[shape]; found {
		return known
	}
	table := classes[name]
	l := &layout{anyOf: table.anyOf, typed: -1, ruled: reflect.PointerTo(shape).Implements(reflect.TypeFor[consistent]())}
	made[shape] = l
	members := table.members
	for _, variant := range table.variants {
		l.variant = string(variant)
		members = append(members[:len(members):len(members)], classes[variant].members...)
	}
	for i := range shape.NumField() {
		f := made.field(shape.Field(i), members)
		f.index = i
		l.fields = append(l.fields, f)
		if f.name == "type" {
			l.typed = i
		}
	}
	return l
}

// field finds the line of the table for a field of the struct. A field without
// a line is never known to conform.
func (made layouts) field(of reflect.StructField, members []member) field {
	name, options, _ := strings.Cut(of.Tag.Get("json"), ",")
	f := field{omitted: options == "omitempty", member: member{name: name, need: unsignable}}
	for _, m := range members {
		if m.name == name {
			f.member = m
		}
	}
	if f.member.class != "" {
		f.class = made.of(objectType(of.Type), f.member.class)
	}
	return f
}

// objectType gives the struct that a field holds one or many of.
func objectType(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}
