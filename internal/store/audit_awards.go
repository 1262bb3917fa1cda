package store

import (
	"context"
	"math"

	"ramure/internal/award"
	"ramure/internal/translog"
)

// Leaves gives the leaves that have a place by it, then those that wait.
func (l ledger) Leaves(ctx context.Context, do func(award.LeafRow) error) error {
	const columns = `SELECT idx, kind, data, hash, created_at, award IS NOT NULL, id FROM log_leaf WHERE log = 1 AND `
	err := inPages(ctx, l.tx, int64(math.MinInt64), scanPlaced, do, columns+`idx > $1 ORDER BY idx LIMIT $2`)
	if err != nil {
		return err
	}
	return inPages(ctx, l.tx, rowID{}, scanWaiting, do, columns+`idx IS NULL AND id > $1 ORDER BY id LIMIT $2`)
}

func scanPlaced(r row) (award.LeafRow, int64, error) {
	leaf, _, err := scanWaiting(r)
	if err != nil || leaf.Index == nil {
		return leaf, 0, err
	}
	return leaf, *leaf.Index, nil
}

func scanWaiting(r row) (leaf award.LeafRow, id rowID, err error) {
	var hash seenHash
	var created seenTime
	err = r.Scan(&leaf.Index, &leaf.Kind, &leaf.Data, &hash, &created, &leaf.Linked, &id)
	leaf.Hash, leaf.CreatedAt = translog.Hash(hash), created.Time
	return leaf, id, err
}

// selectWhole reads an award with every row that stands by it. A row that is
// missing leaves its columns empty.
const selectWhole = `SELECT a.id, a.public_id, COALESCE(v.slug, ''), COALESCE(t.public_id, ''), a.version, a.level, a.awarded_on,
		a.valid_from, a.valid_until, a.issued_at, COALESCE(tv.slug, ''),
		COALESCE(h.subject, ''), COALESCE(h.given_name, ''), COALESCE(h.family_name, ''), COALESCE(hv.slug, ''),
		c.document, c.doc_hash, c.commit_salt, COALESCE(c.name_salt, ''), COALESCE(c.thumbprint, ''),
		COALESCE(l.number, 0), a.idx, f.data, f.created_at, g.data, g.created_at, r.revoked_at,
		COALESCE(j.jwt, ''), COALESCE(j.thumbprint, '')
	FROM award a
	LEFT JOIN venue v ON v.id = a.venue
	LEFT JOIN achievement t ON t.id = a.achievement
	LEFT JOIN venue tv ON tv.id = t.venue
	LEFT JOIN holder h ON h.id = a.holder
	LEFT JOIN venue hv ON hv.id = h.venue
	LEFT JOIN credential c ON c.award = a.id
	LEFT JOIN status_list l ON l.id = a.list
	LEFT JOIN log_leaf f ON f.award = a.id AND f.log = 1 AND f.kind = '` + string(translog.KindIssue) + `'
	LEFT JOIN log_leaf g ON g.award = a.id AND g.log = 1 AND g.kind = '` + string(translog.KindRevoke) + `'
	LEFT JOIN revocation r ON r.award = a.id
	LEFT JOIN credential_jwt j ON j.award = a.id
	WHERE a.id > $1 ORDER BY a.id LIMIT $2`

// Awards gives all awards.
func (l ledger) Awards(ctx context.Context, do func(award.AwardRow) error) error {
	return inPages(ctx, l.tx, rowID{}, scanWhole, do, selectWhole)
}

func scanWhole(r row) (a award.AwardRow, id rowID, err error) {
	var on day
	var from, issued, leafAt, revokeAt seenTime
	var until, revoked seenOptional
	var docHash, salt seenHash
	err = r.Scan(&id, &a.ID, &a.Venue, &a.Achievement, &a.Version, &a.Level, &on,
		&from, &until, &issued, &a.AchievementVenue,
		&a.Holder.Subject, &a.Holder.GivenName, &a.Holder.FamilyName, &a.HolderVenue,
		&a.Document, &docHash, &salt, &a.NameSalt, &a.Thumbprint,
		&a.Slot.List, &a.Slot.Index, &a.Leaf, &leafAt, &a.Revoke, &revokeAt, &revoked,
		&a.JWT, &a.JWTKey)
	a.AwardedOn, a.ValidFrom, a.ValidUntil, a.IssuedAt = string(on), from.Time, until.at, issued.Time
	a.DocHash, a.CommitSalt, a.LeafAt, a.RevokeAt = docHash, salt, leafAt.Time, revokeAt.Time
	if revoked.at != nil {
		a.Revocation = &award.Revocation{At: *revoked.at}
	}
	return a, id, err
}

// Erased counts the awards of which only a public id is left.
func (l ledger) Erased(ctx context.Context) (int64, error) {
	return scalar[int64](l.tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM erased_award`))
}
