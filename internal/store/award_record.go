package store

import (
	"context"
	"errors"

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
		putHolder(holderValues(ids.holder, on.venue, r)),
		putAward(awardValues(ids.award, ids.holder, on, r), r),
		putCredential(ids.award, r),
		insertLeaf(ids.leaf, issueLeaf(&ids.award, r)),
	}
	if r.Consent != nil {
		list = append(list, putDecision(ids.award, r))
	}
	return list, nil
}

// putHolder makes the holder of a record, or finds the one of its reference and
// fills in what was not known. It does not look whether that one is the same
// person: the statement that follows does.
func putHolder(values []any) statement {
	return statement{
		text: `INSERT INTO holder (id, venue, ref, subject, given_name, family_name, email, birth_year, over15, created_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)` + orLearn,
		args: values,
	}
}

const insertAward = `INSERT INTO award (id, public_id, venue, achievement, version, holder, level,
	awarded_on, valid_from, valid_until, issued_at, issued_by, list, idx, key, fingerprint)
	SELECT $1, $2, $3, $4, $5, `

const unlessWithdrawn = `NOT EXISTS (SELECT 1 FROM achievement_withdrawal w WHERE w.achievement = $17)`

// putAward asks for all that may have changed: the achievement is not withdrawn,
// and the holder of the reference is of this very subject and name. When something
// does not hold it writes nothing, and the credential that follows has no award to
// stand on. A slot serves one award, and so does a key.
func putAward(values []any, r award.Record) statement {
	h := r.Holder
	args := append(values, values[3])
	if h.Ref == "" {
		return statement{args: args,
			text: insertAward + `$6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16 WHERE ` + unlessWithdrawn}
	}
	args[5] = h.Ref
	return statement{args: append(args, values[2], h.Subject, h.GivenName, h.FamilyName),
		text: insertAward + `h.id, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16 FROM holder h
			WHERE h.venue = $18 AND h.ref = $6 AND h.subject = $19 AND h.given_name = $20 AND h.family_name = $21
				AND ` + unlessWithdrawn}
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
		args: decisionValues(id, r),
	}
}
