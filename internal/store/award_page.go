package store

import (
	"context"

	"ramure/internal/award"
	"ramure/internal/problem"
	"ramure/internal/scope"
)

// Awards gives a page of the venue's awards, newest first, and the cursor of
// the next page, empty on the last.
func (s *Store) Awards(ctx context.Context, sc scope.Scope, q award.Query) ([]award.Stored, string, error) {
	c, err := awardConditions(sc, q)
	if err != nil {
		return nil, "", err
	}
	limit := pageSize(q.Limit)
	items, err := readAll(ctx, s, "list the awards", scanAward,
		selectAward+c.where()+` ORDER BY a.issued_at DESC, a.public_id DESC LIMIT `+c.bind(limit+1), c.args...)
	if err != nil {
		return nil, "", err
	}
	items, next := page(items, limit, func(a award.Stored) cursor { return cursor{a.IssuedAt, string(a.ID)} })
	return items, next, nil
}

func awardConditions(sc scope.Scope, q award.Query) (c conditions, err error) {
	c.add(`v.slug = ?`, sc.Venue())
	if q.Since != nil {
		c.add(`a.issued_at >= ?`, Time{*q.Since})
	}
	if err := c.addStatus(q); err != nil {
		return c, err
	}
	if q.Cursor != "" {
		from, err := parseCursor(q.Cursor)
		if err != nil {
			return c, err
		}
		c.add(`(a.issued_at, a.public_id) < (?, ?)`, Time{from.at}, from.id)
	}
	return c, nil
}

// addStatus keeps the awards of one status at q.Now, in the order of verdicts:
// what was revoked is nothing else, and the last instant is still valid.
func (c *conditions) addStatus(q award.Query) error {
	now := Time{q.Now}
	switch q.Status {
	case "":
		return nil
	case "revoked":
		c.add(`r.award IS NOT NULL`)
		return nil
	case "notYetValid":
		c.add(`a.valid_from > ?`, now)
	case "expired":
		c.add(`a.valid_until < ?`, now)
	case "valid":
		c.add(`a.valid_from <= ?`, now)
		c.add(`(a.valid_until IS NULL OR a.valid_until >= ?)`, now)
	default:
		return problem.Violated("error.query.invalid", problem.Violation{Path: "$.status", Rule: "enum",
			Detail: "choose valid, expired, notYetValid or revoked"})
	}
	c.add(`r.award IS NULL`)
	return nil
}
