package store

import (
	"context"

	"ramure/internal/award"
	"ramure/internal/problem"
	"ramure/internal/scope"
	"ramure/internal/translog"
)

// selectAward reads an award with all that was written with it and what became
// of it. The name is shown as the latest decision says; without one, hidden.
const selectAward = `SELECT a.public_id, v.slug, t.public_id, a.version, a.level, a.awarded_on,
		a.valid_from, a.valid_until, a.issued_at, a.issued_by, ` + holderColumns + `,
		c.document, c.doc_hash, c.commit_salt, c.name_salt, c.thumbprint,
		l.number, a.idx, f.data, f.idx, a.key, a.fingerprint,
		n.shown, n.decided_by, n.decided_at, n.how, r.revoked_at, r.revoked_by, r.reason
	FROM award a
	JOIN venue v ON v.id = a.venue
	JOIN achievement t ON t.id = a.achievement
	JOIN holder h ON h.id = a.holder
	JOIN credential c ON c.award = a.id
	JOIN status_list l ON l.id = a.list
	JOIN log_leaf f ON f.award = a.id AND f.kind = '` + string(translog.KindIssue) + `'
	LEFT JOIN name_decision n ON n.award = a.id
		AND n.ordinal = (SELECT MAX(m.ordinal) FROM name_decision m WHERE m.award = a.id)
	LEFT JOIN revocation r ON r.award = a.id`

// awardRow is where the columns of selectAward are read into.
type awardRow struct {
	award.Stored
	holder                     holderRow
	awardedOn                  day
	validFrom, issuedAt        Time
	validUntil, decidedAt      optionalTime
	revokedAt                  optionalTime
	docHash, commitSalt, order hash32
	decidedBy, how, by, reason *string
	shown                      *bool
}

func (a *awardRow) dest() []any {
	first := []any{&a.ID, &a.Venue, &a.Achievement, &a.Version, &a.Level, &a.awardedOn,
		&a.validFrom, &a.validUntil, &a.issuedAt, &a.IssuedBy}
	return append(append(first, a.holder.dest()...),
		&a.Document, &a.docHash, &a.commitSalt, &a.NameSalt, &a.Thumbprint,
		&a.Slot.List, &a.Slot.Index, &a.Leaf, &a.LeafIndex, &a.Key, &a.order,
		&a.shown, &a.decidedBy, &a.decidedAt, &a.how, &a.revokedAt, &a.by, &a.reason)
}

func scanAward(r row) (award.Stored, error) {
	var a awardRow
	if err := r.Scan(a.dest()...); err != nil {
		return award.Stored{}, err
	}
	return a.word(), nil
}

func (a *awardRow) word() award.Stored {
	word := a.Stored
	word.Holder = a.holder.word()
	word.AwardedOn = string(a.awardedOn)
	word.ValidFrom, word.ValidUntil, word.IssuedAt = a.validFrom.Time, a.validUntil.at, a.issuedAt.Time
	word.DocHash, word.CommitSalt, word.Fingerprint = a.docHash, a.commitSalt, a.order
	if a.decidedAt.at != nil {
		word.ShowName = *a.shown
		word.Consent = &award.Consent{By: *a.decidedBy, At: *a.decidedAt.at, How: *a.how}
	}
	if a.revokedAt.at != nil {
		word.Revocation = &award.Revocation{At: *a.revokedAt.at, By: *a.by, Reason: *a.reason}
	}
	return word
}

// Award gives one award of the venue.
func (s *Store) Award(ctx context.Context, sc scope.Scope, id award.ID) (award.Stored, error) {
	return readOne(ctx, s, "read the award", scanAward,
		selectAward+` WHERE a.public_id = $1 AND v.slug = $2`, id, sc.Venue())
}

// PublicAward gives one award to anybody who has its id; problem.NotFound, or
// problem.Gone once erased.
func (s *Store) PublicAward(ctx context.Context, id award.ID) (award.Stored, error) {
	found, err := readOne(ctx, s, "read the award", scanAward, selectAward+` WHERE a.public_id = $1`, id)
	return found, s.orGone(ctx, id, err)
}

// PublicDocument gives the signed bytes of an award to anybody who has its id;
// it fails like PublicAward.
func (s *Store) PublicDocument(ctx context.Context, id award.ID) ([]byte, error) {
	document, err := readOne(ctx, s, "read the credential", scalar[[]byte],
		`SELECT c.document FROM award a JOIN credential c ON c.award = a.id WHERE a.public_id = $1`, id)
	return document, s.orGone(ctx, id, err)
}

// orGone says of an award that was not found whether it was erased.
func (s *Store) orGone(ctx context.Context, id award.ID, err error) error {
	if !problem.Is(err, problem.NotFound) {
		return err
	}
	_, missing := readOne(ctx, s, "read the tombstone", scalar[string],
		`SELECT public_id FROM erased_award WHERE public_id = $1`, id)
	if missing == nil {
		return problem.New(problem.Gone, keyGone)
	}
	return missing
}
