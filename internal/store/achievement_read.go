package store

import (
	"context"

	"ramure/internal/award"
	"ramure/internal/freshness"
	"ramure/internal/scope"
)

const selectAchievement = `SELECT a.public_id, v.slug, n.version, n.definition, n.document, n.created_at,
		w.withdrawn_at, w.withdrawn_by, w.reason, a.created_at
	FROM achievement a
	JOIN venue v ON v.id = a.venue
	JOIN achievement_version n ON n.achievement = a.id
	LEFT JOIN achievement_withdrawal w ON w.achievement = a.id`

const onlyLatest = `n.version = a.latest_version`

// listedAchievement is an achievement with its place in lists, which are in
// the order of the first versions.
type listedAchievement struct {
	award.Achievement
	firstAt Time
}

func scanListed(r row) (l listedAchievement, err error) {
	var definition string
	var created Time
	var withdrawn optionalTime
	var by, reason *string
	err = r.Scan(&l.ID, &l.Venue, &l.Version, &definition, &l.Document, &created,
		&withdrawn, &by, &reason, &l.firstAt)
	if err != nil {
		return l, err
	}
	l.CreatedAt = created.Time
	if withdrawn.at != nil {
		l.Withdrawal = &award.Withdrawal{At: *withdrawn.at, By: *by, Reason: *reason}
	}
	l.Definition, err = decodeDefinition(definition)
	return l, err
}

func scanAchievement(r row) (award.Achievement, error) {
	l, err := scanListed(r)
	return l.Achievement, err
}

// Achievement gives the latest version.
func (s *Store) Achievement(ctx context.Context, sc scope.Scope, id award.AchievementID) (award.Achievement, error) {
	return s.kept.achievements.Get(ownAchievementKey{sc.Venue(), id}, func() (award.Achievement, freshness.Terms, error) {
		terms := s.terms(rowSize)
		a, err := s.presentAchievement(ctx, sc, id)
		terms.Size += 3 * len(a.Document) // the definition says the same again
		return a, terms, err
	})
}

// presentAchievement is Achievement as it stands now, whatever was kept.
func (s *Store) presentAchievement(ctx context.Context, sc scope.Scope, id award.AchievementID) (award.Achievement, error) {
	return readOne(ctx, s, "read the achievement", scanAchievement,
		selectAchievement+` WHERE a.public_id = $1 AND v.slug = $2 AND `+onlyLatest, id, sc.Venue())
}

// Achievements lists latest versions, the achievement made last first, from an
// opaque cursor; next is empty on the last page.
func (s *Store) Achievements(ctx context.Context, sc scope.Scope, after string, limit int) ([]award.Achievement, string, error) {
	var c conditions
	c.add(`v.slug = ?`, sc.Venue())
	c.add(onlyLatest)
	if after != "" {
		from, err := parseCursor(after)
		if err != nil {
			return nil, "", err
		}
		c.add(`(a.created_at, a.public_id) < (?, ?)`, Time{from.at}, from.id)
	}
	limit = pageSize(limit)
	listed, err := readAll(ctx, s, "list the achievements", scanListed,
		selectAchievement+c.where()+` ORDER BY a.created_at DESC, a.public_id DESC LIMIT `+c.bind(limit+1), c.args...)
	if err != nil {
		return nil, "", err
	}
	listed, next := page(listed, limit, func(l listedAchievement) cursor { return cursor{l.firstAt.Time, string(l.ID)} })
	items := make([]award.Achievement, len(listed))
	for i, l := range listed {
		items[i] = l.Achievement
	}
	return items, next, nil
}

// PublicAchievement gives one version to anybody; version 0 is the latest.
func (s *Store) PublicAchievement(ctx context.Context, id award.AchievementID, version int) (award.Achievement, error) {
	var c conditions
	c.add(`a.public_id = ?`, id)
	if version == 0 {
		c.add(onlyLatest)
	} else {
		c.add(`n.version = ?`, version)
	}
	return readOne(ctx, s, "read the achievement", scanAchievement, selectAchievement+c.where(), c.args...)
}

// PublicAchievements lists what a venue offers, made last first, withdrawn ones
// left out.
func (s *Store) PublicAchievements(ctx context.Context, venue string, limit int) ([]award.Achievement, error) {
	return readAll(ctx, s, "list the achievements", scanAchievement,
		selectAchievement+` WHERE v.slug = $1 AND `+onlyLatest+` AND w.achievement IS NULL
		ORDER BY a.created_at DESC, a.public_id DESC LIMIT $2`, venue, pageSize(limit))
}
