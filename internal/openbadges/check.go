package openbadges

import (
	"slices"
	"strconv"
	"strings"
)

// check is one validation under way: a small interpreter of the class tables.
type check struct {
	strict bool
	found  []Violation
}

func (c *check) add(path, rule, detail string) {
	if len(c.found) < MaxViolations {
		c.found = append(c.found, Violation{Path: path, Rule: rule, Detail: detail})
	}
}

// object checks a value against the table of a class.
func (c *check) object(path string, value any, name className) {
	object, ok := value.(map[string]any)
	if !ok {
		c.add(path, RuleType, "an object ("+string(name)+") is expected")
		return
	}
	tables := c.tablesFor(name, object)
	known := 0
	for _, table := range tables {
		known += c.members(path, object, table)
	}
	c.typeNames(path, object, tables[0])
	if known < len(object) {
		c.unknown(path, object, tables)
	}
	for _, table := range tables {
		if table.also != nil {
			table.also(c, path, object)
		}
	}
}

// tablesFor is the table of the class, in the form that the object has, and that of
// the variant which its type names.
func (c *check) tablesFor(name className, object map[string]any) []class {
	if older := classes[name].older; older != "" && !c.strict && IsOlderForm(object) {
		name = older
	}
	tables := []class{classes[name]}
	for _, variant := range tables[0].variants {
		if object["type"] == string(variant) {
			tables = append(tables, classes[variant])
		}
	}
	return tables
}

// members checks the lines of a table, and counts the members that it names.
func (c *check) members(path string, object map[string]any, table class) (known int) {
	for i := range table.members {
		m := &table.members[i]
		value, present := object[m.name]
		if present {
			known++
		}
		switch {
		case present && c.plain(value, m):
		case present:
			c.member(path+"."+m.name, value, *m)
		case m.need&required != 0:
			c.add(path+"."+m.name, RuleRequired, "the member is required")
		}
	}
	return known
}

// plain reports a text, or a list of texts, that keeps its rules. Most values are
// such: for these no path has to be written.
func (c *check) plain(value any, m *member) bool {
	if c.strict || m.class != "" || m.value.kind != isString {
		return false
	}
	list, isArray := value.([]any)
	if !isArray {
		return m.count != many && m.isPlain(value)
	}
	for _, element := range list {
		if !m.isPlain(element) {
			return false
		}
	}
	return len(list) > 0 && m.count != one
}

func (m *member) isPlain(value any) bool {
	s, isText := value.(string)
	return isText && s != "" && (m.value.holds == nil || m.value.holds(s))
}

// member checks how many values there are, then each of them.
func (c *check) member(path string, value any, m member) {
	array, isArray := value.([]any)
	switch {
	case isArray && len(array) == 0:
		c.add(path, RuleEmptyArray, "leave the member out instead")
	case value == nil:
		c.add(path, RuleNull, "leave the member out instead")
	case c.strict && m.need&unsignable != 0:
		c.add(path, RuleUnsignable, "no published context defines the member")
	case isArray && (m.count == one || m.count == several && c.strict):
		c.add(path, RuleType, "one value is expected, not an array")
	case isArray:
		for i, element := range array {
			c.value(path+"["+strconv.Itoa(i)+"]", element, m)
		}
	case m.count == many:
		c.add(path, RuleType, "an array is expected, even for one value")
	case m.count == compact && c.strict:
		c.add(path, RuleArray, "we write an array, even for one value")
	default:
		c.value(path, value, m)
	}
}

func (c *check) value(path string, value any, m member) {
	_, isText := value.(string)
	switch {
	case value == nil:
		c.add(path, RuleNull, "leave the value out instead")
	case m.class == "":
		c.format(path, value, m)
	case m.need&orIRI != 0 && isText && !c.strict:
		c.text(path, value.(string), member{value: iri, need: required})
	default:
		c.object(path, value, m.class)
	}
}

func (c *check) format(path string, value any, m member) {
	switch m.value.kind {
	case isNumber:
		c.number(path, value)
	case isBoolean:
		if _, ok := value.(bool); !ok {
			c.add(path, RuleType, "true or false is expected")
		}
	case isContext:
		c.context(path, value)
	default:
		s, ok := value.(string)
		if !ok {
			c.add(path, RuleType, "a string is expected")
			return
		}
		c.text(path, s, m)
	}
}

func (c *check) number(path string, value any) {
	_, ok, inRange := float(value)
	switch {
	case !ok:
		c.add(path, RuleType, "a number is expected")
	case !inRange:
		c.add(path, RuleNumber, "the number is out of range")
	}
}

// context allows an inline context in reading; whether it is a known one is
// for the JSON-LD processor to say.
func (c *check) context(path string, value any) {
	switch s := value.(type) {
	case string:
		c.text(path, s, member{value: iri, need: required})
	case map[string]any:
		if c.strict {
			c.add(path, RuleContext, "we use published contexts only")
		}
	default:
		c.add(path, RuleType, "the address of a context is expected")
	}
}

func (c *check) text(path, s string, m member) {
	f := m.value
	switch {
	case s == "" && (c.strict || m.need&required != 0):
		c.add(path, RuleEmpty, "the text is empty")
	case f.holds != nil && !f.holds(s), c.strict && f.strictly != nil && !f.strictly(s):
		c.add(path, f.rule, f.detail+" is expected")
	}
}

// typeNames checks that "type" holds the name of the class.
func (c *check) typeNames(path string, object map[string]any, table class) {
	names := texts(object["type"])
	if len(names) == 0 {
		return // already said by the member's own line
	}
	for _, group := range table.anyOf {
		if !slices.ContainsFunc(group, func(name string) bool { return slices.Contains(names, name) }) {
			c.add(path+".type", RuleTypeName, "the type must contain "+strings.Join(group, " or "))
		}
	}
}

// texts lists the strings of a value that may be compact.
func texts(value any) []string {
	if s, ok := value.(string); ok {
		return []string{s}
	}
	array, _ := value.([]any)
	var list []string
	for _, element := range array {
		if s, ok := element.(string); ok {
			list = append(list, s)
		}
	}
	return list
}
