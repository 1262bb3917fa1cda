package store

import (
	"time"

	"ramure/internal/auth"
	"ramure/internal/award"
	"ramure/internal/freshness"
	"ramure/internal/mediation"
)

// kept are the rows that every issue asks for, so that asking again costs no
// round trip. Nothing is kept while Follow does not run.
type kept struct {
	venues       *freshness.Cache[string, mediation.Venue]
	achievements *freshness.Cache[ownAchievementKey, award.Achievement]
	tokens       *freshness.Cache[[32]byte, auth.Token]
}

// ownAchievementKey names an achievement as its venue asks for it.
type ownAchievementKey struct {
	venue string
	id    award.AchievementID
}

// Bytes that each of them may take.
const (
	keptVenues       = 1 << 20
	keptAchievements = 4 << 20
	keptTokens       = 1 << 20
)

// rowSize is about what a small row takes in memory with its place in a cache.
const rowSize = 512

func keep(s *Store) kept {
	return kept{
		venues:       freshness.NewCache[string, mediation.Venue](s.changes, s.now, keptVenues),
		achievements: freshness.NewCache[ownAchievementKey, award.Achievement](s.changes, s.now, keptAchievements),
		tokens:       freshness.NewCache[[32]byte, auth.Token](s.changes, s.now, keptTokens),
	}
}

// plainly turns the reading of a small row into one whose answer is kept until
// something changes.
func plainly[V any](s *Store, read func() (V, error)) func() (V, freshness.Terms, error) {
	return func() (V, freshness.Terms, error) {
		terms := s.terms(rowSize)
		value, err := read()
		return value, terms, err
	}
}

// keptFor bounds how long anything is kept, were it changed behind our back.
const keptFor = time.Minute

func (s *Store) terms(size int) freshness.Terms {
	return freshness.Terms{Size: size, Until: s.now().Add(keptFor)}
}
