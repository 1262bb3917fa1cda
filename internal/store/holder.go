package store

import (
	"context"

	"ramure/internal/award"
	"ramure/internal/scope"
)

// Holder finds the record of a venue's reference; problem.NotFound.
func (s *Store) Holder(ctx context.Context, sc scope.Scope, ref string) (award.Holder, error) {
	return readOne(ctx, s, "read the holder", scanHolder,
		selectHolder+` AND h.ref = $2`, sc.Venue(), ref)
}

// Holders finds the records of a venue's references, those that there are.
func (s *Store) Holders(ctx context.Context, sc scope.Scope, refs []string) ([]award.Holder, error) {
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	found, err := listed(ctx, s.reader, scanHolder, selectHolder+` AND h.ref IN `, refs, sc.Venue())
	return found, failed("read the holders", err)
}

const selectHolder = `SELECT ` + holderColumns + ` FROM holder h JOIN venue v ON v.id = h.venue WHERE v.slug = $1`

const holderColumns = `h.subject, h.given_name, h.family_name, h.email, h.ref, h.birth_year, h.over15`

// holderRow is where the columns of a holder are read into.
type holderRow struct {
	award.Holder
	email, ref *string
	birthYear  *int
}

func (h *holderRow) dest() []any {
	return []any{&h.Subject, &h.GivenName, &h.FamilyName, &h.email, &h.ref, &h.birthYear, &h.Over15}
}

func (h *holderRow) word() award.Holder {
	word := h.Holder
	word.Email, word.Ref, word.BirthYear = orEmpty(h.email), orEmpty(h.ref), orEmpty(h.birthYear)
	return word
}

func scanHolder(r row) (award.Holder, error) {
	var h holderRow
	if err := r.Scan(h.dest()...); err != nil {
		return award.Holder{}, err
	}
	return h.word(), nil
}

// orEmpty reads NULL as an empty text or a zero.
func orEmpty[T any](value *T) (plain T) {
	if value != nil {
		plain = *value
	}
	return plain
}

// orLearn ends the INSERT of holders: one whose reference is known learns what was
// not known of them, and forgets nothing.
const orLearn = ` ON CONFLICT (venue, ref) WHERE ref IS NOT NULL DO UPDATE SET
		email = COALESCE(holder.email, excluded.email),
		birth_year = COALESCE(holder.birth_year, excluded.birth_year),
		over15 = holder.over15 OR excluded.over15
	WHERE (holder.email IS NULL AND excluded.email IS NOT NULL)
		OR (holder.birth_year IS NULL AND excluded.birth_year IS NOT NULL)
		OR (excluded.over15 AND NOT holder.over15)`
