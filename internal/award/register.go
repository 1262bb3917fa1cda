package award

import (
	"context"
	"time"

	"ramure/internal/scope"
)

// Achievement reads the latest version of one of the venue's achievements.
func (s *Service) Achievement(ctx context.Context, sc scope.Scope, id AchievementID) (Achievement, error) {
	return s.Store.Achievement(ctx, sc, id)
}

// Achievements lists the venue's achievements, newest first.
func (s *Service) Achievements(ctx context.Context, sc scope.Scope, cursor string, limit int) ([]Achievement, string, error) {
	return s.Store.Achievements(ctx, sc, cursor, limit)
}

// Award reads one award of the venue.
func (s *Service) Award(ctx context.Context, sc scope.Scope, id ID) (Stored, error) {
	return s.Store.Award(ctx, sc, id)
}

// Awards lists the venue's awards, newest first.
func (s *Service) Awards(ctx context.Context, sc scope.Scope, q Query) ([]Stored, string, error) {
	return s.Store.Awards(ctx, sc, q)
}

// Status is the state of an award at a moment, in the words of the verdicts.
func (a Stored) Status(now time.Time) string {
	if a.Revocation != nil {
		return "revoked"
	}
	return standing(a.ValidFrom, a.ValidUntil, now)
}

// Status is the state of an award at its making, so that the same key gets the
// same answer for ever.
func (r Receipt) Status() string { return standing(r.ValidFrom, r.ValidUntil, r.IssuedAt) }

func standing(from time.Time, until *time.Time, now time.Time) string {
	switch {
	case now.Before(from):
		return "notYetValid"
	case until != nil && now.After(*until):
		return "expired"
	}
	return "valid"
}
