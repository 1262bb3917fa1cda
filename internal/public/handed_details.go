package public

import (
	"strconv"
	"strings"
	"time"

	"ramure/internal/httpx"
	"ramure/internal/openbadges"
)

// resultFields are the results besides the degree that the scale shows: marks,
// scores, a state, degrees on other scales.
func (h *handed) resultFields() []httpx.Field {
	achievement := h.cred.CredentialSubject.Achievement
	shown, _ := rubric(achievement)
	var fields []httpx.Field
	for _, result := range h.cred.CredentialSubject.Result {
		description := describedBy(achievement, result.ResultDescription)
		degree := levelNamed(description, result.AchievedLevel)
		if description.ID == shown.ID {
			degree = ""
		}
		field := h.text("results", strings.Join(said(degree, result.Value, result.Status), ", "))
		if description.Name != "" {
			field.Term = description.Name
		}
		field.Note = h.resultNote(description)
		fields = append(fields, field)
	}
	return fields
}

// resultNote says what was asked for, and out of what.
func (h *handed) resultNote(d openbadges.ResultDescription) string {
	var parts []string
	if d.RequiredValue != "" {
		parts = append(parts, h.say.T("handed.result.required", "value", d.RequiredValue))
	}
	if len(d.AllowedValue) > 0 {
		parts = append(parts, h.say.T("handed.result.allowed", "values", strings.Join(d.AllowedValue, ", ")))
	}
	return strings.Join(parts, " ; ")
}

// levelNamed is the name of a level of a description.
func levelNamed(d openbadges.ResultDescription, id string) string {
	for _, level := range d.RubricCriterionLevel {
		if level.ID == id {
			return level.Name
		}
	}
	return ""
}

// describedBy finds the description of a result; an empty one when there is none.
func describedBy(a openbadges.Achievement, id string) openbadges.ResultDescription {
	for _, description := range a.ResultDescription {
		if description.ID == id {
			return description
		}
	}
	return openbadges.ResultDescription{}
}

func (h *handed) subjectFields(subject openbadges.AchievementSubject) []httpx.Field {
	fields := []httpx.Field{
		h.text("role", subject.Role),
		h.text("activity", h.period(subject.ActivityStartDate, subject.ActivityEndDate)),
		h.text("term", subject.Term),
		h.text("creditsEarned", number(subject.CreditsEarned)),
		h.text("licenseNumber", subject.LicenseNumber),
		h.markdown("narrative", subject.Narrative),
		h.picture(subject.Image),
	}
	if source := subject.Source; source != nil {
		fields = append(fields, h.away("source", source.Name, source.ID))
	}
	return fields
}

func (h *handed) achievementFields(a openbadges.Achievement) []httpx.Field {
	fields := []httpx.Field{
		h.text("achievementType", a.AchievementType),
		h.text("fieldOfStudy", a.FieldOfStudy),
		h.text("specialization", a.Specialization),
		h.text("humanCode", a.HumanCode),
		h.text("version", a.Version),
		h.text("language", a.InLanguage),
		h.text("creditsAvailable", number(a.CreditsAvailable)),
		h.text("tags", strings.Join(a.Tag, ", ")),
		h.text("identifiers", identifiers(a.OtherIdentifier)),
		h.away("criteriaPage", "", a.Criteria.ID),
		h.picture(a.Image),
	}
	if a.Name != h.badgeName() {
		fields = append([]httpx.Field{h.text("otherName", a.Name)}, fields...)
	}
	if creator := a.Creator; creator != nil {
		fields = append(fields, h.away("creator", creator.Name, creator.ID))
	}
	for _, related := range a.Related {
		fields = append(fields, h.away("related", strings.Join(said(related.ID, related.Version, related.InLanguage), ", "), related.ID))
	}
	return fields
}

func (h *handed) credentialFields() []httpx.Field {
	fields := []httpx.Field{h.markdown("credentialDescription", h.cred.Description), h.picture(h.cred.Image)}
	for _, terms := range h.cred.TermsOfUse {
		fields = append(fields, h.away("terms", terms.ID, terms.ID))
	}
	return append(fields, httpx.Field{Term: h.say.T("verification.field.id"), Value: h.cred.ID, Code: true})
}

// picture describes a foreign picture, which is never loaded: whoever serves it
// would learn of the visit. A picture inside the badge has no address to show.
func (h *handed) picture(image *openbadges.Image) httpx.Field {
	if image == nil {
		return httpx.Field{}
	}
	return h.away("image", image.Caption, webAddress(image.ID))
}

// period is when an activity took place, as far as it is said.
func (h *handed) period(start, end openbadges.DateTime) string {
	from, began := moment(start)
	until, ended := moment(end)
	switch {
	case began && ended:
		return h.say.T("handed.activity.between", "from", h.bareDay(from), "until", h.bareDay(until))
	case began:
		return h.say.T("handed.activity.from", "from", h.bareDay(from))
	case ended:
		return h.say.T("handed.activity.until", "until", h.bareDay(until))
	}
	return ""
}

// validity is empty for a badge that says nothing of its beginning.
func (h *handed) validity() string {
	if from, found := moment(h.cred.ValidFrom); !found || from.Equal(time.Time{}) {
		return ""
	}
	return h.judged.validity()
}

// number writes a number of credits; none is empty.
func number(n float64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

func identifiers(entries []openbadges.IdentifierEntry) string {
	var list []string
	for _, entry := range entries {
		list = append(list, entry.Identifier+" ("+entry.IdentifierType+")")
	}
	return strings.Join(list, ", ")
}
