package openbadges

import (
	"slices"
	"strconv"
)

// description is what a result may be checked against. 1EdTech's own complete
// sample has an achievedLevel outside its description: nobody else checks this.
type description struct {
	resultType string
	levels     []string // ids of its RubricCriterionLevels
	allowed    []string // allowedValue
	min, max   string
}

// results checks each result of a subject against the descriptions of its
// achievement (Open Badges 3.0 §B.1, Result).
func (c *check) results(path string, subject map[string]any) {
	achievement, _ := subject["achievement"].(map[string]any)
	descriptions := map[string]description{}
	for _, object := range objects(achievement["resultDescription"]) {
		if id, ok := object["id"].(string); ok {
			descriptions[id] = describe(object)
		}
	}
	for i, object := range objects(subject["result"]) {
		c.result(at(path+".result", i), object, descriptions)
	}
}

func (c *check) result(path string, result map[string]any, descriptions map[string]description) {
	id, linked := result["resultDescription"].(string)
	level, levelled := result["achievedLevel"].(string)
	if !linked {
		if _, present := result["resultDescription"]; levelled && !present {
			c.add(path+".resultDescription", RuleRequired, "a level belongs to a result description")
		}
		return
	}
	d, known := descriptions[id]
	if !known {
		c.add(path+".resultDescription", RuleResultDescriptionUnknown, "the achievement has no such result description")
		return
	}
	if levelled && !slices.Contains(d.levels, level) {
		c.add(path+".achievedLevel", RuleLevelUnknown, "the linked result description has no such level")
	}
	c.resultValue(path+".value", result["value"], d)
	c.resultStatus(path+".status", result, d)
}

// resultValue asks that a value be one of those that the description allows.
func (c *check) resultValue(path string, value any, d description) {
	s, ok := value.(string)
	if !ok {
		return
	}
	if len(d.allowed) > 0 && !slices.Contains(d.allowed, s) {
		c.add(path, RuleValueNotAllowed, "the result description does not allow the value")
	}
	if outside(s, d.min, d.max) {
		c.add(path, RuleValueOutOfRange, "the value is outside valueMin and valueMax")
	}
}

// outside compares only what reads as plain numbers: a grade such as B+ has no
// place on that line.
func outside(s, low, high string) bool {
	value, ok := decimal(s)
	if !ok {
		return false
	}
	if least, ok := decimal(low); ok && value < least {
		return true
	}
	most, ok := decimal(high)
	return ok && value > most
}

// resultStatus: the status is required when the result is one, and we write it
// nowhere else.
func (c *check) resultStatus(path string, result map[string]any, d description) {
	_, present := result["status"]
	switch {
	case !present && d.resultType == ResultStatus:
		c.add(path, RuleRequired, "a result of the type Status needs its status")
	case present && d.resultType != ResultStatus && c.strict:
		c.add(path, RuleStatusUnexpected, "the result description is not of the type Status")
	}
}

// achievementRules: ids are unique, and what a description requires is one of
// its own levels and values.
func achievementRules(c *check, path string, achievement map[string]any) {
	path += ".resultDescription"
	c.uniqueIDs(path, achievement["resultDescription"])
	for i, object := range objects(achievement["resultDescription"]) {
		c.requirements(at(path, i), object)
	}
}

func (c *check) requirements(path string, object map[string]any) {
	d := describe(object)
	c.uniqueIDs(path+".rubricCriterionLevel", object["rubricCriterionLevel"])
	if level, ok := object["requiredLevel"].(string); ok && !slices.Contains(d.levels, level) {
		c.add(path+".requiredLevel", RuleLevelUnknown, "the result description has no such level")
	}
	c.resultValue(path+".requiredValue", object["requiredValue"], d)
}

func describe(object map[string]any) description {
	d := description{allowed: texts(object["allowedValue"])}
	d.resultType, _ = object["resultType"].(string)
	d.min, _ = object["valueMin"].(string)
	d.max, _ = object["valueMax"].(string)
	for _, level := range objects(object["rubricCriterionLevel"]) {
		if id, ok := level["id"].(string); ok {
			d.levels = append(d.levels, id)
		}
	}
	return d
}

// objects lists the objects of an array in their places, with an empty one for
// whatever else stands there (which has been named already).
func objects(value any) []map[string]any {
	array, _ := value.([]any)
	list := make([]map[string]any, len(array))
	for i, element := range array {
		list[i], _ = element.(map[string]any)
	}
	return list
}

func at(path string, index int) string { return path + "[" + strconv.Itoa(index) + "]" }
