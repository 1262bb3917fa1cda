package competence

import (
	"fmt"

	"ramure/internal/problem"
)

// Level is a degree of mastery on the scale of eight that DigComp and the CRCN
// share, from 1, the lowest.
type Level int

// MaxLevel is the highest level.
const MaxLevel Level = 8

// bands are the words of the scale, two levels each (CRCN; the English words
// are ours).
var bands = [...]struct{ fr, en string }{
	{"Novice", "Novice"},
	{"Indépendant", "Independent"},
	{"Avancé", "Advanced"},
	{"Expert", "Expert"},
}

// ParseLevel takes a number from 1 to 8; anything else is an Invalid problem.
func ParseLevel(n int) (Level, error) {
	if n < 1 || n > int(MaxLevel) {
		return 0, problem.Violated("error.competence.level", problem.Violation{
			Path: "$.level", Rule: "range", Detail: "give a level from 1 to 8",
		})
	}
	return Level(n), nil
}

// Levels is the whole scale, from the lowest.
func Levels() []Level {
	list := make([]Level, MaxLevel)
	for i := range list {
		list[i] = Level(i + 1)
	}
	return list
}

// Word is the word of the level's band in a language ("fr", "en"), such as
// « Indépendant ». It is empty for what is no level.
func (l Level) Word(language string) string {
	if l < 1 || l > MaxLevel {
		return ""
	}
	band := bands[(l-1)/2]
	if language == "en" {
		return band.en
	}
	return band.fr
}

// Name is the word and the number: « Indépendant 3 ».
func (l Level) Name(language string) string {
	if word := l.Word(language); word != "" {
		return fmt.Sprintf("%s %d", word, l)
	}
	return ""
}
