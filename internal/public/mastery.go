package public

import (
	"ramure/internal/httpx"
	"ramure/internal/locale"
	"ramure/internal/openbadges"
)

// mastery is the degree of mastery of a badge, in words and on its scale.
type mastery struct {
	Name        string // of the level reached; empty when none is stated
	Position    int    // of the level reached, from 1, the lowest; 0 when none is stated
	Of          int
	Description string
	Required    string // name of the level that the badge asks for; may be empty
	Sentence    string // « niveau 3 sur 4 »
	Scale       httpx.Scale
}

// mastery reads the degree that the credential states; nil when its
// achievement has no levels.
func (j *judged) mastery() *mastery {
	subject := j.cred.CredentialSubject
	description, found := rubric(subject.Achievement)
	if !found {
		return nil
	}
	m := newMastery(description, achieved(subject.Result, description.ID), j.say)
	m.Sentence = j.say.T("mastery.none", "of", m.Of)
	if m.Position > 0 {
		m.Sentence = j.say.T("mastery.sentence", "level", m.Name, "n", m.Position, "of", m.Of)
	}
	return m
}

// newMastery lays out a description, with one of its levels reached or none.
func newMastery(description openbadges.ResultDescription, reached string, say *locale.Localizer) *mastery {
	m := &mastery{Of: len(description.RubricCriterionLevel), Scale: httpx.Scale{Label: say.T("mastery.scale")}}
	for i, level := range description.RubricCriterionLevel {
		step := httpx.Level{Name: level.Name, Text: level.Description, Reached: level.ID == reached}
		m.Scale.Levels = append(m.Scale.Levels, step)
		if step.Reached {
			m.Name, m.Position, m.Description = level.Name, i+1, level.Description
		}
		if level.ID == description.RequiredLevel {
			m.Required = level.Name
		}
	}
	return m
}

// rubric finds the description of the degree of mastery: the one with levels.
func rubric(a openbadges.Achievement) (openbadges.ResultDescription, bool) {
	for _, description := range a.ResultDescription {
		if len(description.RubricCriterionLevel) > 0 {
			return description, true
		}
	}
	return openbadges.ResultDescription{}, false
}

// achieved is the id of the level that a result states for a description.
func achieved(results []openbadges.Result, description string) string {
	for _, result := range results {
		if result.ResultDescription == description {
			return result.AchievedLevel
		}
	}
	return ""
}

// levelWords is the degree as the paper has it: « Indépendant, niveau 3 sur 4 ».
func (j *judged) levelWords() string {
	m := j.mastery()
	if m == nil || m.Position == 0 {
		return j.say.T("mastery.unstated")
	}
	return j.say.T("mastery.short", "level", m.Name, "n", m.Position, "of", m.Of)
}

func (j *judged) requiredWords() string {
	if m := j.mastery(); m != nil && m.Required != "" {
		return j.say.T("mastery.required", "level", m.Required)
	}
	return ""
}
