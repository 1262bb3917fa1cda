package openbadges2

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"ramure/internal/openbadges"
)

// check is one validation under way. A document is bounded by whoever decoded it;
// classes hold each other to a fixed depth.
type check struct {
	revoked bool // an assertion of which little may be left
	found   []openbadges.Violation
}

func (c *check) add(path, rule, detail string) {
	if len(c.found) < openbadges.MaxViolations {
		c.found = append(c.found, openbadges.Violation{Path: path, Rule: rule, Detail: detail})
	}
}

func (c *check) object(path string, value any, name string) {
	object, ok := value.(map[string]any)
	if !ok {
		c.add(path, openbadges.RuleType, "an object ("+name+") is expected")
		return
	}
	table := classes[name]
	for _, m := range table.members {
		c.present(path, object, m)
	}
	if len(table.types) > 0 && object["type"] != nil && !slices.ContainsFunc(table.types, func(t string) bool { return hasType(object, t) }) {
		c.add(path+".type", openbadges.RuleTypeName, "the type must contain "+strings.Join(table.types, " or "))
	}
	c.otherCase(path, object, table)
	if name == "IdentityObject" {
		c.identity(path, object)
	}
}

func (c *check) present(path string, object map[string]any, m member) {
	value, present := object[m.name]
	_, verify := object["verify"]
	switch {
	case present:
		c.member(path+"."+m.name, value, m)
	case c.revoked && path == "$" && m.name != "id":
	case m.need&required != 0, m.need&unlessVerify != 0 && !verify:
		c.add(path+"."+m.name, openbadges.RuleRequired, "the member is required")
	}
}

func (c *check) member(path string, value any, m member) {
	array, isArray := value.([]any)
	switch {
	case !isArray:
		c.value(path, value, m)
	case m.count == one:
		c.add(path, openbadges.RuleType, "one value is expected, not an array")
	default:
		for i, element := range array {
			c.value(path+"["+strconv.Itoa(i)+"]", element, m)
		}
	}
}

func (c *check) value(path string, value any, m member) {
	s, isText := value.(string)
	_, isBoolean := value.(bool)
	switch {
	case m.class != "" && m.need&orAddress != 0 && isText:
		c.text(path, s, iri)
	case m.class != "":
		c.object(path, value, m.class)
	case m.value.boolean && !isBoolean:
		c.add(path, openbadges.RuleType, "true or false is expected")
	case m.value.boolean:
	case !isText:
		c.add(path, openbadges.RuleType, "a string is expected")
	case s == "" && m.need&required != 0:
		c.add(path, openbadges.RuleEmpty, "the text is empty")
	default:
		c.text(path, s, m.value)
	}
}

// format is what a plain value must look like.
type format struct {
	boolean bool
	rule    string
	detail  string
	holds   func(string) bool // nil: any text
}

var (
	text     = format{}
	boolean  = format{boolean: true}
	iri      = format{rule: openbadges.RuleIRI, detail: "an absolute IRI in ASCII is expected", holds: openbadges.IsIRI}
	dateTime = format{rule: openbadges.RuleDateTime, detail: "a date-time with its time zone is expected", holds: isDateTime}
)

func (c *check) text(path, s string, f format) {
	if f.holds != nil && !f.holds(s) {
		c.add(path, f.rule, f.detail)
	}
}

// otherCase refuses a known name in another case: Go's decoder would take the one
// for the other.
func (c *check) otherCase(path string, object map[string]any, table class) {
	for _, m := range table.members {
		for name := range object {
			if name != m.name && strings.EqualFold(name, m.name) {
				c.add(path+"."+m.name, openbadges.RuleUnknownMember, "the member's name is in another case")
			}
		}
	}
}

// identity holds a hashed identity to the form of a hash (§IdentityHash).
func (c *check) identity(path string, object map[string]any) {
	hash, _ := object["identity"].(string)
	if object["hashed"] == true && hash != "" && !isIdentityHash(hash) {
		c.add(path+".identity", openbadges.RuleIdentityHash, "sha256$ or md5$ and the digest in hexadecimal is expected")
	}
}

// isIdentityHash counts the digits of the digest, of either case.
func isIdentityHash(s string) bool {
	algorithm, digest, _ := strings.Cut(s, "$")
	digits := map[string]int{"sha256": 64, "md5": 32}[algorithm]
	return digits > 0 && len(digest) == digits && strings.Trim(digest, "0123456789abcdefABCDEF") == ""
}

// hasType reports whether "type", one or several, names a class.
func hasType(object map[string]any, name string) bool {
	types, isArray := object["type"].([]any)
	return object["type"] == name || isArray && slices.Contains(types, any(name))
}

// Shape reads a document that keeps the rules into one of the shapes.
func Shape[T any](doc map[string]any) (T, error) {
	var shaped T
	raw, err := json.Marshal(doc)
	if err != nil {
		return shaped, err
	}
	return shaped, json.Unmarshal(raw, &shaped)
}
