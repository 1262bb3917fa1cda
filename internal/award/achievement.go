package award

import "time"

// AchievementID is the public id of an achievement: 128 random bits as 22
// base64url characters.
type AchievementID string

// Level is one step of an achievement's degree of mastery, lowest first.
type Level struct {
	ID          string // short, stable inside the achievement: "2"
	Name        string // what people read: "Indépendant"
	Level       string // the venue's own mark of the step, often a number
	Description string
}

// Definition is what a venue says of an achievement.
type Definition struct {
	Name          string
	Description   string
	Criteria      string   // Markdown
	Type          string   // Open Badges achievementType: Competency, Badge…
	Competences   []string // codes of the shipped frameworks: acunum.c1.1
	Levels        []Level
	RequiredLevel string // id of a level, or empty
	ValidFor      string // ISO 8601 duration in years, months or days (P3Y), or empty for ever
	Tags          []string
}

// Achievement is one version of a definition as it is stored.
type Achievement struct {
	ID         AchievementID
	Venue      string // slug of the venue that owns it
	Version    int    // 1, 2, 3…
	Definition Definition
	Document   []byte // the Open Badges Achievement as it was published
	CreatedAt  time.Time
	Withdrawal *Withdrawal // nil while it may be awarded
}

// Withdrawal ends the awarding of an achievement; awards made before stay.
type Withdrawal struct {
	At     time.Time
	By     string
	Reason string
}

// Level gives the level of that id.
func (d Definition) Level(id string) (Level, bool) {
	for _, l := range d.Levels {
		if l.ID == id {
			return l, true
		}
	}
	return Level{}, false
}
