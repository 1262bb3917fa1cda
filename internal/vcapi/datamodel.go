package vcapi

import (
	"slices"
	"strconv"
)

// maxViolations is how many broken rules one document is told of.
const maxViolations = 50

// violation is one broken rule of the data model. The rejected value is never
// part of it.
type violation struct {
	path string // JSON path: $.issuer.id
	rule string // stable word: required, url, dateTimeStamp
}

// model is one validation under way: a small interpreter of the class tables.
type model struct {
	lenient bool // a date without zone is read as UTC (§4.9), as verifiers must
	found   []violation
}

// checkCredential holds a document against the tables of its version.
func checkCredential(doc map[string]any, lenient bool) []violation {
	m := &model{lenient: lenient}
	if firstContext(doc) == contextV1 {
		m.object("$", doc, classCredentialV1)
	} else {
		m.object("$", doc, classCredential)
	}
	m.list(doc)
	m.entries("$", doc)
	return m.found
}

// checkPresentation does the same for a presentation. The credentials inside are
// only looked at from outside: each is verified by itself.
func checkPresentation(doc map[string]any) []violation {
	m := &model{}
	if firstContext(doc) == contextV1 {
		m.object("$", doc, classPresentationV1)
	} else {
		m.object("$", doc, classPresentation)
	}
	return m.found
}

func (m *model) add(path, rule string) {
	if len(m.found) < maxViolations {
		m.found = append(m.found, violation{path, rule})
	}
}

// object checks a value against the table of a class.
func (m *model) object(path string, value any, name className) {
	object, isObject := value.(map[string]any)
	if !isObject {
		m.add(path, "object")
		return
	}
	table := classes[name]
	for _, line := range table.members {
		m.member(path, object, line)
	}
	if table.says != "" && !slices.Contains(texts(object["type"]), table.says) {
		m.add(path+".type", "typeName")
	}
	for _, rule := range table.also {
		rule(m, path, object)
	}
}

// member checks whether it is there, how many values it has, and each of them.
func (m *model) member(path string, object map[string]any, line member) {
	value, present := object[line.name]
	path += "." + line.name
	list, isList := value.([]any)
	switch {
	case !present:
		if line.need == required {
			m.add(path, "required")
		}
	case value == nil:
		m.add(path, "null")
	case !isList || line.count == whole:
		m.value(path, value, line)
	case line.count == one:
		m.add(path, "single")
	case len(list) == 0 && line.count != any0:
		m.add(path, "empty")
	default:
		for i, item := range list {
			m.value(path+"["+strconv.Itoa(i)+"]", item, line)
		}
	}
}

// value checks one value against its class, its format, or either.
func (m *model) value(path string, value any, line member) {
	if line.class != "" {
		if _, isText := value.(string); !isText || line.format == nil {
			m.object(path, value, line.class)
			return
		}
	}
	if rule := line.format(m, value); rule != "" {
		m.add(path, rule)
	}
}

// texts lists the strings of a value that may be one or several.
func texts(value any) []string {
	if text, isText := value.(string); isText {
		return []string{text}
	}
	list, _ := value.([]any)
	var found []string
	for _, item := range list {
		if text, isText := item.(string); isText {
			found = append(found, text)
		}
	}
	return found
}

// items lists the values of a member that may be one or several.
func items(value any) []any {
	if list, isList := value.([]any); isList {
		return list
	}
	if value == nil {
		return nil
	}
	return []any{value}
}

// firstContext is the first address of a document's contexts.
func firstContext(doc map[string]any) string {
	first, _ := doc["@context"].(string)
	if list, isList := doc["@context"].([]any); isList && len(list) > 0 {
		first, _ = list[0].(string)
	}
	return first
}

// identifier is the id of something that is named by a URL or an object with id.
func identifier(value any) string {
	if object, isObject := value.(map[string]any); isObject {
		value = object["id"]
	}
	id, _ := value.(string)
	return id
}
