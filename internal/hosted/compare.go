package hosted

import (
	"maps"
	"reflect"
	"slices"

	"ramure/internal/openbadges2"
)

// lookup gives what an address answered, and whether it was asked at all. Of one
// that was asked in vain it gives nil: then nothing is known to differ.
type lookup func(address string) (doc map[string]any, asked bool)

// unsaid are the members in which the same badge may differ: how its words are
// looked up, and what its address alone can say of its standing.
var unsaid = map[string]bool{"@context": true, "revoked": true, "revocationReason": true}

// difference names the first member, in alphabetical order, that two assertions do
// not share. Dates are compared as moments, and one value is the set of it. Where
// what was given has an object inside and what is published its address, behind
// tells what that address answers.
func difference(given, published map[string]any, behind lookup) (member string, differ bool) {
	names := slices.Collect(maps.Keys(given))
	names = slices.AppendSeq(names, maps.Keys(published))
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if !unsaid[name] && !same(name, given[name], published[name], behind) {
			return name, true
		}
	}
	return "", false
}

// same compares one member. The badge and its issuer may be linked or embedded.
func same(name string, given, published any, behind lookup) bool {
	given, published = single(given), single(published)
	switch name {
	case "issuedOn", "expires":
		return sameMoment(given, published)
	case "badge", "issuer":
		return sameObject(given, published, behind)
	}
	return reflect.DeepEqual(settled(given), settled(published))
}

func sameMoment(given, published any) bool {
	a, _ := given.(string)
	b, _ := published.(string)
	first, errFirst := openbadges2.ParseDateTime(a)
	second, errSecond := openbadges2.ParseDateTime(b)
	return given == published || errFirst == nil && errSecond == nil && first.Equal(second)
}

// sameObject: an address given stands for whatever is published under it, and an
// object given must be what is published, inside or behind its address.
func sameObject(given, published any, behind lookup) bool {
	object, embedded := given.(map[string]any)
	if !embedded {
		if other, inside := published.(map[string]any); inside {
			published = other["id"]
		}
		return given == published
	}
	other, inside := published.(map[string]any)
	if address, linked := published.(string); linked && object["id"] == address {
		other, inside = behind(address)
	}
	if !inside || other == nil {
		return inside
	}
	_, differ := difference(object, other, behind)
	return !differ
}

// single is the one value of a set of one.
func single(value any) any {
	if array, isArray := value.([]any); isArray && len(array) == 1 {
		return array[0]
	}
	return value
}

// settled is a value with every set of one as its value, at any depth.
func settled(value any) any {
	switch v := single(value).(type) {
	case []any:
		out := make([]any, len(v))
		for i, one := range v {
			out[i] = settled(one)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, one := range v {
			out[name] = settled(one)
		}
		return out
	default:
		return v
	}
}
