package openbadges

import (
	"math"
	"reflect"
	"slices"
)

// Conforms reports whether the JSON of the credential keeps every rule that
// Validate asks with Strict. It reads the struct itself by the same tables, at a
// tenth of the cost of decoding its JSON. False may also mean that it could not
// tell: Validate then names what is broken, if anything is. A credential whose
// pointers go round in a circle has no JSON and no answer.
func (c *AchievementCredential) Conforms() bool {
	return conforms(reflect.ValueOf(c).Elem(), credentialLayout)
}

// conforms checks an object by its layout: each member, then "type", then the
// rules between members.
func conforms(object reflect.Value, l *layout) bool {
	for i := range l.fields {
		if f := &l.fields[i]; !f.conforms(object.Field(f.index)) {
			return false
		}
	}
	if l.typed >= 0 && !l.named(object.Field(l.typed)) {
		return false
	}
	return !l.ruled || object.Addr().Interface().(consistent).consistent()
}

// named reports whether "type" names the class, and the variant of which the
// layout has the members.
func (l *layout) named(types reflect.Value) bool {
	for _, group := range l.anyOf {
		if !isAmong(types, group) {
			return false
		}
	}
	return l.variant == "" || types.String() == l.variant
}

// isAmong reports whether a name, or one of several, is in the group.
func isAmong(types reflect.Value, group []string) bool {
	if types.Kind() == reflect.String {
		return slices.Contains(group, types.String())
	}
	for i := range types.Len() {
		if slices.Contains(group, types.Index(i).String()) {
			return true
		}
	}
	return false
}

// conforms checks how many values there are, then each of them.
func (f *field) conforms(v reflect.Value) bool {
	if f.isLeftOut(v) {
		return f.need&required == 0
	}
	if f.need&unsignable != 0 {
		return false
	}
	if v.Kind() != reflect.Slice {
		return f.value(v)
	}
	for i := range v.Len() {
		if !f.value(v.Index(i)) {
			return false
		}
	}
	return v.Len() > 0
}

// isLeftOut tells what encoding/json does not write.
func (f *field) isLeftOut(v reflect.Value) bool {
	if v.Kind() == reflect.Slice {
		return f.omitted && v.Len() == 0
	}
	return f.omitted && v.IsZero()
}

func (f *field) value(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String:
		return f.text(v.String())
	case reflect.Pointer:
		return !v.IsNil() && conforms(v.Elem(), f.class)
	case reflect.Struct:
		return conforms(v, f.class)
	case reflect.Float64:
		return !math.IsInf(v.Float(), 0) && !math.IsNaN(v.Float())
	}
	return v.Kind() == reflect.Bool
}

// text asks of a string what check.text asks with Strict. What a format asks
// strictly is narrower than what it asks of everybody.
func (f *field) text(s string) bool {
	switch rules := f.member.value; {
	case s == "":
		return false
	case rules.strictly != nil:
		return rules.strictly(s)
	case rules.kind == isContext:
		return IsIRI(s)
	default:
		return rules.holds == nil || rules.holds(s)
	}
}
