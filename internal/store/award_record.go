package store

import (
	"context"
	"errors"
	"slices"

	"ramure/internal/award"
	"ramure/internal/scope"
)

// RecordAward writes the award with its slot and its key, its holder, credential,
// decision on the name and log leaf in one transaction, or nothing. When the key
// was answered meanwhile it answers that receipt. See the contract in package
// award for its failures.
func (s *Store) RecordAward(ctx context.Context, sc scope.Scope, r award.Record) (award.Receipt, error) {
	list, err := s.recording(ctx, sc, r)
	if err == nil {
		err = s.apply(ctx, "record the award", list)
	}
	if isRefused(err) || errors.Is(err, errMisfit) {
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

// errMisfit says that a record cannot be written, as a constraint would.
var errMisfit = errors.New("the record does not fit to what is stored")

// recording is all that one award writes, as statements that branch nowhere.
// Their order is the order in which locks are taken: the holder, which two
// orders may share, before the key.
func (s *Store) recording(ctx context.Context, sc scope.Scope, r award.Record) ([]statement, error) {
	on, err := s.ground(ctx, sc, r)
	if err != nil {
		return nil, groundless(err)
	}
	ids, err := s.newIDs(r)
	if err != nil {
		return nil, err
	}
	list := []statement{
		putHolder(holderValues(ids.holder, on.venue, r), r.Holder.Ref),
		putAward(awardValues(ids.award, ids.holder, on, r), r),
		putCredential(ids.award, r),
		insertLeaf(ids.leaf, issueLeaf(&ids.award, r)),
	}
	if r.Consent != nil {
		list = append(list, putDecision(ids.award, r))
	}
	return list, nil
}

// putHolder makes the holder of a record. One with a reference may be there: it is
// found, and what was not known of it filled in, without a look whether it is the
// same person: the statement that follows does that.
func putHolder(values []any, ref string) statement {
	if ref == "" {
		return statement{text: insertHolder, row: rowOf(len(values), nil), args: values}
	}
	return statement{text: insertHolder + list(1, len(values)) + orLearn, args: values, lock: ref}
}

const insertHolder = `INSERT INTO holder (id, venue, ref, subject, given_name, family_name, email, birth_year, over15, created_at)
	VALUES `

const insertAward = `INSERT INTO award (id, public_id, venue, achievement, version, holder, level,
	awarded_on, valid_from, valid_until, issued_at, issued_by, list, idx, key, fingerprint)
	VALUES `

// What may have changed is asked for in the row itself: nothing is found, and
// NULL refused, when the achievement was withdrawn, or when the holder of the
// reference is not of this very subject and name.
const (
	offered = `(SELECT t.id FROM achievement t WHERE t.id = ?
		AND NOT EXISTS (SELECT 1 FROM achievement_withdrawal w WHERE w.achievement = t.id))`
	samePersonOf = `(SELECT h.id FROM holder h WHERE h.venue = ? AND h.ref = ?
		AND h.subject = ? AND h.given_name = ? AND h.family_name = ?)`
)

// Places in the row of an award.
const (
	achievementPlace = 3
	holderPlace      = 5
)

// putAward takes the slot and the key, each of which serves one award.
func putAward(values []any, r award.Record) statement {
	h := r.Holder
	s := statement{text: insertAward, row: anyonesAward, args: values, lock: r.Key}
	if h.Ref != "" {
		person := []any{values[2], h.Ref, h.Subject, h.GivenName, h.FamilyName}
		s.row, s.args = knownOnesAward, slices.Concat(values[:holderPlace], person, values[holderPlace+1:])
	}
	return s
}

var (
	anyonesAward   = rowOf(len(awardTable), map[int]string{achievementPlace: offered})
	knownOnesAward = rowOf(len(awardTable), map[int]string{achievementPlace: offered, holderPlace: samePersonOf})
)

func putCredential(id rowID, r award.Record) statement {
	return statement{
		text: `INSERT INTO credential (award, document, doc_hash, commit_salt, name_salt, thumbprint) VALUES `,
		row:  `(?, ?, ?, ?, ?, ?)`,
		args: []any{id, r.Document, r.DocHash[:], r.CommitSalt[:], r.NameSalt, r.Thumbprint},
	}
}

func putDecision(id rowID, r award.Record) statement {
	return statement{
		text: `INSERT INTO name_decision (award, ordinal, shown, decided_by, decided_at, how) VALUES `,
		row:  `(?, ?, ?, ?, ?, ?)`,
		args: decisionValues(id, r),
	}
}
