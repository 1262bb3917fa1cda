package openbadges

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// unknown looks at the members that no table names, in alphabetical order: they
// are refused in closed classes and in our own documents, and elsewhere only
// checked for what no document may hold. A known name in another case is always
// refused: Go's decoder would take the one for the other.
func (c *check) unknown(path string, object map[string]any, tables []class) {
	for _, name := range extraMembers(object, tables) {
		at := path + pathStep(name)
		switch {
		case name == "@context" && path == "$": // of an achievement or a profile alone
			c.member(at, object[name], member{value: context, count: many})
			c.contexts(at, object[name])
		case strings.HasPrefix(name, "@"):
			c.add(at, RuleKeyword, "JSON-LD keywords have no place here")
		case c.strict, tables[0].closed, isMember(tables, name, strings.EqualFold):
			c.add(at, RuleUnknownMember, "the class has no such member")
		default:
			c.extension(at, object[name])
		}
	}
}

func extraMembers(object map[string]any, tables []class) []string {
	var names []string
	for name := range object {
		if !isMember(tables, name, func(a, b string) bool { return a == b }) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func isMember(tables []class, name string, equal func(a, b string) bool) bool {
	return slices.ContainsFunc(tables, func(table class) bool {
		return slices.ContainsFunc(table.members, func(m member) bool { return equal(m.name, name) })
	})
}

// extension looks for null and empty arrays at any depth of a value that we do
// not know (Open Badges 3.0 §7, Serialization).
func (c *check) extension(path string, value any) {
	switch v := value.(type) {
	case nil:
		c.add(path, RuleNull, "leave the member out instead")
	case []any:
		if len(v) == 0 {
			c.add(path, RuleEmptyArray, "leave the member out instead")
		}
		for i, element := range v {
			c.extension(path+"["+strconv.Itoa(i)+"]", element)
		}
	case map[string]any:
		for _, name := range extraMembers(v, nil) {
			c.extension(path+pathStep(name), v[name])
		}
	}
}

// pathStep is one step of a JSON path: .name, or ["odd name"] cut to a bearable
// length.
func pathStep(name string) string {
	const longest = 40
	if name == "" {
		return `[""]`
	}
	for i, r := range name {
		if i >= longest {
			return "[" + strconv.QuoteToASCII(name[:i]+"…") + "]"
		}
		if !isLetterOrDigit(r) && r != '_' && r != '@' {
			return "[" + strconv.QuoteToASCII(cut(name, longest)) + "]"
		}
	}
	return "." + name
}

func cut(s string, longest int) string {
	if len(s) <= longest {
		return s
	}
	for longest > 0 && !utf8.RuneStart(s[longest]) {
		longest--
	}
	return s[:longest] + "…"
}
