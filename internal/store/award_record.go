package store

import (
	"context"

	"ramure/internal/award"
	"ramure/internal/scope"
)

// RecordAward writes the award, its holder, credential, status entry, decision
// on the name, log leaf and idempotency key in one transaction, or nothing.
// When the key was answered meanwhile it answers that receipt. See the contract
// in package award for its failures.
func (s *Store) RecordAward(ctx context.Context, sc scope.Scope, r award.Record) (award.Receipt, error) {
	list, err := s.recording(sc, r)
	if err != nil {
		return award.Receipt{}, err
	}
	err = s.apply(ctx, "record the award", list)
	if isRefused(err) {
		return s.refusal(ctx, sc, r, err)
	}
	if err != nil {
		return award.Receipt{}, err
	}
	return receipt(r), nil
}

func receipt(r award.Record) award.Receipt {
	return award.Receipt{ID: r.ID, DocHash: r.DocHash, IssuedAt: stored(r.IssuedAt),
		ValidFrom: stored(r.ValidFrom), ValidUntil: storedPointer(r.ValidUntil)}
}

// recording is all that one award writes, as statements that branch nowhere.
// Their order is the order in which locks are taken: the holder, which two
// orders may share, before the key.
func (s *Store) recording(sc scope.Scope, r award.Record) ([]statement, error) {
	ids, err := s.newIDs(r)
	if err != nil {
		return nil, err
	}
	list := []statement{
		putHolder(ids.holder, sc.Venue(), r),
		putAward(ids.award, sc.Venue(), r),
		putCredential(ids.award, r),
		insertLeaf(ids.leaf, issueLeaf(&ids.award, r)),
	}
	if r.Consent != nil {
		list = append(list, putDecision(ids.award, r))
	}
	return list, nil
}

// putAward joins all that must hold: the venue's own achievement in a version
// that there is, not withdrawn, its own list, and the holder of this very subject
// and name. When something does not, it writes nothing, and the credential that
// follows has no award to stand on. A slot serves one award, and so does a key.
func putAward(id rowID, venue string, r award.Record) statement {
	h := r.Holder
	return statement{
		text: `INSERT INTO award (id, public_id, venue, achievement, version, holder, level,
				awarded_on, valid_from, valid_until, issued_at, issued_by, list, idx, key, fingerprint)
			SELECT $1, $2, v.id, a.id, n.version, h.id, $3, $4, $5, $6, $7, $8, l.id, $9, $10, $11
			FROM venue v
			JOIN achievement a ON a.venue = v.id AND a.public_id = $12
			JOIN achievement_version n ON n.achievement = a.id AND n.version = $13
			JOIN status_list l ON l.venue = v.id AND l.number = $14
			JOIN holder h ON h.venue = v.id AND h.subject = $15 AND h.given_name = $16 AND h.family_name = $17
			WHERE v.slug = $18
				AND NOT EXISTS (SELECT 1 FROM achievement_withdrawal w WHERE w.achievement = a.id)`,
		args: []any{id, r.ID, r.Level, day(r.AwardedOn), Time{r.ValidFrom}, optionalTime{r.ValidUntil},
			Time{r.IssuedAt}, r.IssuedBy, r.Slot.Index, r.Key, r.Fingerprint[:], r.Achievement, r.Version, r.Slot.List,
			h.Subject, h.GivenName, h.FamilyName, venue},
	}
}

func putCredential(id rowID, r award.Record) statement {
	return statement{
		text: `INSERT INTO credential (award, document, doc_hash, commit_salt, name_salt, thumbprint)
			VALUES ($1, $2, $3, $4, $5, $6)`,
		args: []any{id, r.Document, r.DocHash[:], r.CommitSalt[:], r.NameSalt, r.Thumbprint},
	}
}

func putDecision(id rowID, r award.Record) statement {
	return statement{
		text: `INSERT INTO name_decision (award, ordinal, shown, decided_by, decided_at, how)
			VALUES ($1, $2, $3, $4, $5, $6)`,
		args: decisionRow(id, r),
	}
}
