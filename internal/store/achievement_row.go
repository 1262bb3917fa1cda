package store

import (
	"encoding/json"

	"ramure/internal/award"
)

// definitionRow is a definition as its column carries it. The names are part of
// the stored data: they stay when those of the word change.
type definitionRow struct {
	Name          string     `json:"name"`
	Description   string     `json:"description"`
	Criteria      string     `json:"criteria"`
	Type          string     `json:"type"`
	Competences   []string   `json:"competences,omitempty"`
	Levels        []levelRow `json:"levels,omitempty"`
	RequiredLevel string     `json:"requiredLevel,omitempty"`
	ValidFor      string     `json:"validFor,omitempty"`
	Tags          []string   `json:"tags,omitempty"`
}

type levelRow struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Level       string `json:"level,omitempty"`
	Description string `json:"description,omitempty"`
}

func encodeDefinition(d award.Definition) (string, error) {
	carried := definitionRow{Name: d.Name, Description: d.Description, Criteria: d.Criteria, Type: d.Type,
		Competences: d.Competences, RequiredLevel: d.RequiredLevel, ValidFor: d.ValidFor, Tags: d.Tags}
	for _, l := range d.Levels {
		carried.Levels = append(carried.Levels, levelRow(l))
	}
	text, err := json.Marshal(carried)
	return string(text), err
}

func decodeDefinition(text string) (award.Definition, error) {
	var carried definitionRow
	if err := json.Unmarshal([]byte(text), &carried); err != nil {
		return award.Definition{}, err
	}
	d := award.Definition{Name: carried.Name, Description: carried.Description, Criteria: carried.Criteria,
		Type: carried.Type, Competences: carried.Competences, RequiredLevel: carried.RequiredLevel,
		ValidFor: carried.ValidFor, Tags: carried.Tags}
	for _, l := range carried.Levels {
		d.Levels = append(d.Levels, award.Level(l))
	}
	return d, nil
}
