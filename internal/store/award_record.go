package store

import (
	"context"

	"ramure/internal/award"
	"ramure/internal/scope"
	"ramure/internal/translog"
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
	return award.Receipt{ID: r.ID, DocHash: r.DocHash, IssuedAt: stored(r.IssuedAt),
		ValidFrom: stored(r.ValidFrom), ValidUntil: storedPointer(r.ValidUntil)}, nil
}

// recording is all that one award writes, as statements that branch nowhere.
// Their order is the order in which locks are taken: the holder, which two
// orders may share, before the key.
func (s *Store) recording(sc scope.Scope, r award.Record) ([]statement, error) {
	var ids [3]rowID
	for i := range ids {
		id, err := s.newID(r.IssuedAt)
		if err != nil {
			return nil, err
		}
		ids[i] = id
	}
	holder, awarded, leaf := ids[0], ids[1], ids[2]
	list := []statement{
		putHolder(holder, sc.Venue(), r),
		putAward(awarded, sc.Venue(), r),
		putCredential(awarded, r),
		putEntry(awarded, sc.Venue(), r.Slot),
		insertLeaf(leaf, pendingLeaf{award: &awarded, kind: translog.KindIssue, data: r.Leaf, at: r.IssuedAt}),
	}
	if r.Consent != nil {
		list = append(list, putDecision(awarded, r))
	}
	return append(list, putKey(awarded, sc.Venue(), r)), nil
}

// putAward joins all that must hold: the venue's own achievement, not withdrawn,
// and the holder of this very subject and name. When something does not, it
// writes nothing, and the credential that follows has no award to stand on.
func putAward(id rowID, venue string, r award.Record) statement {
	h := r.Holder
	return statement{
		text: `INSERT INTO award (id, public_id, venue, achievement, version, holder, level,
				awarded_on, valid_from, valid_until, issued_at, issued_by)
			SELECT $1, $2, v.id, a.id, $3, h.id, $4, $5, $6, $7, $8, $9
			FROM venue v
			JOIN achievement a ON a.venue = v.id AND a.public_id = $10
			JOIN holder h ON h.venue = v.id AND h.subject = $11 AND h.given_name = $12 AND h.family_name = $13
			WHERE v.slug = $14
				AND NOT EXISTS (SELECT 1 FROM achievement_withdrawal w WHERE w.achievement = a.id)`,
		args: []any{id, r.ID, r.Version, r.Level, r.AwardedOn, Time{r.ValidFrom}, optionalTime{r.ValidUntil},
			Time{r.IssuedAt}, r.IssuedBy, r.Achievement, h.Subject, h.GivenName, h.FamilyName, venue},
	}
}

func putCredential(id rowID, r award.Record) statement {
	return statement{
		text: `INSERT INTO credential (award, document, doc_hash, commit_salt, name_salt, thumbprint)
			VALUES ($1, $2, $3, $4, $5, $6)`,
		args: []any{id, r.Document, r.DocHash[:], r.CommitSalt[:], r.NameSalt, r.Thumbprint},
	}
}

// putEntry takes the slot of a list of the venue; the list of another venue is
// not found, and a slot serves one award.
func putEntry(id rowID, venue string, slot award.Slot) statement {
	return statement{
		text: `INSERT INTO status_entry (list, idx, award) VALUES (
			(SELECT l.id FROM status_list l JOIN venue v ON v.id = l.venue WHERE l.number = $1 AND v.slug = $2), $3, $4)`,
		args: []any{slot.List, venue, slot.Index, id},
	}
}

func putDecision(id rowID, r award.Record) statement {
	return statement{
		text: `INSERT INTO name_decision (award, ordinal, shown, decided_by, decided_at, how)
			VALUES ($1, 1, $2, $3, $4, $5)`,
		args: []any{id, r.ShowName, r.Consent.By, Time{r.Consent.At}, r.Consent.How},
	}
}

func putKey(id rowID, venue string, r award.Record) statement {
	return statement{
		text: `INSERT INTO idempotency (venue, key, fingerprint, award)
			VALUES ((SELECT id FROM venue WHERE slug = $1), $2, $3, $4)`,
		args: []any{venue, r.Key, r.Fingerprint[:], id},
	}
}
