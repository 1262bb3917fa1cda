package award

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"ramure/internal/mediation"
	"ramure/internal/openbadges"
)

// published is an Achievement as it stands alone at its own address.
type published struct {
	Context []string `json:"@context"`
	openbadges.Achievement
}

// document writes the achievement as it is published; the log keeps the hash
// of these bytes, so that criteria can't be changed afterwards.
func (s *Service) document(v mediation.Venue, a Achievement) ([]byte, error) {
	return encode(published{
		Context:     []string{openbadges.ContextVC2, openbadges.ContextOB3},
		Achievement: s.achievement(v, a),
	})
}

// encode writes JSON without the escapes that HTML would need.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("encode document: %w", err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// achievement shapes a definition as Open Badges 3.0 has it.
func (s *Service) achievement(v mediation.Venue, a Achievement) openbadges.Achievement {
	d := a.Definition
	return openbadges.Achievement{
		ID:                s.Addresses.Achievement(a.ID),
		Type:              []string{openbadges.TypeAchievement},
		AchievementType:   d.Type,
		Name:              d.Name,
		Description:       d.Description,
		Criteria:          openbadges.Criteria{Narrative: d.Criteria},
		InLanguage:        "fr",
		Version:           strconv.Itoa(a.Version),
		Tag:               d.Tags,
		Creator:           ptr(s.profile(v)),
		Alignment:         s.alignments(d.Competences),
		ResultDescription: s.mastery(a),
	}
}

func ptr[T any](v T) *T { return &v }

// profile shapes a venue as an issuer.
func (s *Service) profile(v mediation.Venue) openbadges.Profile {
	return openbadges.Profile{
		ID:   s.Addresses.Issuer(v.Slug),
		Type: []string{openbadges.TypeProfile},
		Name: v.Name,
		URL:  s.Addresses.Profile(v.Slug),
	}
}

// mastery describes the degree of mastery: one result whose levels are ordered
// from the lowest (Open Badges 3.0, ResultDescription, RubricCriterionLevel).
func (s *Service) mastery(a Achievement) []openbadges.ResultDescription {
	if len(a.Definition.Levels) == 0 {
		return nil
	}
	levels := make([]openbadges.RubricCriterionLevel, len(a.Definition.Levels))
	for i, l := range a.Definition.Levels {
		levels[i] = openbadges.RubricCriterionLevel{
			ID: s.levelIRI(a.ID, l.ID), Type: []string{openbadges.TypeRubricCriterionLevel},
			Name: l.Name, Level: l.Level, Description: l.Description,
		}
	}
	description := openbadges.ResultDescription{
		ID: s.masteryIRI(a.ID), Type: []string{openbadges.TypeResultDescription}, Name: "Degré de maîtrise",
		ResultType: "RubricCriterionLevel", RubricCriterionLevel: levels,
	}
	if a.Definition.RequiredLevel != "" {
		description.RequiredLevel = s.levelIRI(a.ID, a.Definition.RequiredLevel)
	}
	return []openbadges.ResultDescription{description}
}

func (s *Service) masteryIRI(id AchievementID) string {
	return s.Addresses.Achievement(id) + "#maitrise"
}

func (s *Service) levelIRI(id AchievementID, level string) string {
	return s.Addresses.Achievement(id) + "#niveau-" + level
}

// alignments links the achievement to the competences of the shipped
// frameworks, and to those that they are related with: « en lien avec », never
// an equivalence.
func (s *Service) alignments(codes []string) []openbadges.Alignment {
	var list []openbadges.Alignment
	seen := map[string]bool{}
	for _, code := range codes {
		for _, target := range append([]string{code}, s.Catalog.Related(code)...) {
			if item, known := s.Catalog.Item(target); known && !seen[target] {
				seen[target] = true
				list = append(list, s.alignment(item.Code))
			}
		}
	}
	return list
}

func (s *Service) alignment(code string) openbadges.Alignment {
	item, _ := s.Catalog.Item(code)
	framework, _ := s.Catalog.Item(item.Framework)
	return openbadges.Alignment{
		Type:            []string{openbadges.TypeAlignment},
		TargetCode:      item.Code,
		TargetName:      item.LabelFR,
		TargetFramework: framework.LabelFR,
		TargetType:      "ceasn:Competency",
		TargetURL:       s.Addresses.Competence(item.Code),
	}
}
