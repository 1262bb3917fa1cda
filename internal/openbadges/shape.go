package openbadges

import (
	"reflect"
	"strings"
)

// Shape puts a document that Validate found valid, of either form, into the typed
// credential, as json.Unmarshal would put its JSON, at a fraction of the cost. What
// no shape has a place for is left out; of several status entries, the first stands.
func Shape(doc map[string]any) *AchievementCredential {
	c := new(AchievementCredential)
	fillObject(reflect.ValueOf(c).Elem(), Current(doc))
	return c
}

// fillObject fills the fields that the object has members for.
func fillObject(into reflect.Value, object map[string]any) {
	places := placesOf[into.Type()]
	for name, value := range object {
		if at, found := places[name]; found {
			fill(into.Field(at), value)
		}
	}
}

// fill puts a value of a document into a field. A value of another kind, which a
// valid document does not have there, leaves the field empty.
func fill(into reflect.Value, value any) {
	switch v := value.(type) {
	case string:
		fillText(into, v)
	case map[string]any:
		fillOne(into, v)
	case []any:
		fillList(into, v)
	case bool:
		if into.Kind() == reflect.Bool {
			into.SetBool(v)
		}
	default:
		if f, isNumber, inRange := float(value); isNumber && inRange && into.Kind() == reflect.Float64 {
			into.SetFloat(f)
		}
	}
}

// fillText puts a text into a field for one, for a set of one, or for a profile that
// is given by its id.
func fillText(into reflect.Value, text string) {
	switch into.Kind() {
	case reflect.String:
		into.SetString(text)
	case reflect.Slice:
		fillList(into, []any{text})
	case reflect.Struct:
		if profile, isProfile := into.Addr().Interface().(*Profile); isProfile {
			profile.ID = text
		}
	}
}

// fillOne puts an object into a field for one, or for a set of one.
func fillOne(into reflect.Value, object map[string]any) {
	switch into.Kind() {
	case reflect.Pointer:
		into.Set(reflect.New(into.Type().Elem()))
		fillObject(into.Elem(), object)
	case reflect.Struct:
		fillObject(into, object)
	case reflect.Slice:
		fillList(into, []any{object})
	}
}

// fillList puts a list into a field for many, or its first value into one for one.
func fillList(into reflect.Value, list []any) {
	if into.Kind() != reflect.Slice {
		if len(list) > 0 && into.Type() == reflect.TypeFor[*StatusEntry]() {
			fill(into, list[0])
		}
		return
	}
	made := reflect.MakeSlice(into.Type(), len(list), len(list))
	for i, value := range list {
		fill(made.Index(i), value)
	}
	into.Set(made)
}

// placesOf says, for each shape, which field stands for a member.
var placesOf = func() map[reflect.Type]map[string]int {
	all := map[reflect.Type]map[string]int{}
	findPlaces(all, reflect.TypeFor[AchievementCredential]())
	return all
}()

func findPlaces(all map[reflect.Type]map[string]int, shape reflect.Type) {
	shape = objectType(shape)
	if _, known := all[shape]; known || shape.Kind() != reflect.Struct {
		return
	}
	places := map[string]int{}
	all[shape] = places
	for i := range shape.NumField() {
		name, _, _ := strings.Cut(shape.Field(i).Tag.Get("json"), ",")
		places[name] = i
		findPlaces(all, shape.Field(i).Type)
	}
}
