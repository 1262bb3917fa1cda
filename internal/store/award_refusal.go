package store

import (
	"context"

	"ramure/internal/award"
	"ramure/internal/problem"
	"ramure/internal/scope"
)

// refusal says why a record was refused by a constraint: first whether its key
// was answered meanwhile, for then nothing else matters.
func (s *Store) refusal(ctx context.Context, sc scope.Scope, r award.Record, cause error) (award.Receipt, error) {
	before, fingerprint, err := s.Answered(ctx, sc, r.Key)
	switch {
	case err == nil:
		return answer{receipt: before, fingerprint: fingerprint}.to(r)
	case !problem.Is(err, problem.NotFound):
		return award.Receipt{}, err
	}
	if err := s.refusedAchievement(ctx, sc, r.Achievement); err != nil {
		return award.Receipt{}, err
	}
	if err := s.refusedHolder(ctx, sc, r.Holder); err != nil {
		return award.Receipt{}, err
	}
	return award.Receipt{}, cause
}

// to answers a record whose key was answered before.
func (a answer) to(r award.Record) (award.Receipt, error) {
	if a.fingerprint != r.Fingerprint {
		return award.Receipt{}, problem.New(problem.Conflict, "error.idempotency.mismatch")
	}
	return a.receipt, nil
}

// refusedAchievement finds an achievement of another venue, or a withdrawn one.
func (s *Store) refusedAchievement(ctx context.Context, sc scope.Scope, id award.AchievementID) error {
	a, err := s.presentAchievement(ctx, sc, id)
	if err == nil && a.Withdrawal != nil {
		err = problem.New(problem.Conflict, keyWithdrawn)
	}
	return err
}

// refusedHolder finds a holder of the reference who has another name, or
// another subject than the signed one.
func (s *Store) refusedHolder(ctx context.Context, sc scope.Scope, h award.Holder) error {
	found, err := s.Holder(ctx, sc, h.Ref)
	if problem.Is(err, problem.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return samePerson(found, h)
}

// samePerson says why the holder who is there is not the one of a record.
func samePerson(found, h award.Holder) error {
	switch {
	case found.GivenName != h.GivenName || found.FamilyName != h.FamilyName:
		return problem.New(problem.Conflict, "error.holder.name")
	case found.Subject != h.Subject:
		return award.ErrHolderMoved
	}
	return nil
}

// Answered gives the receipt that a key was answered with and the fingerprint
// of its order; problem.NotFound for a new key.
func (s *Store) Answered(ctx context.Context, sc scope.Scope, key string) (award.Receipt, [32]byte, error) {
	a, err := readOne(ctx, s, "read the receipt", scanAnswer, selectAnswer+` AND a.key = $2`, sc.Venue(), key)
	return a.receipt, a.fingerprint, err
}

const selectAnswer = `SELECT a.key, a.public_id, c.doc_hash, a.issued_at, a.valid_from, a.valid_until, a.fingerprint
	FROM award a
	JOIN venue v ON v.id = a.venue
	JOIN credential c ON c.award = a.id
	WHERE v.slug = $1`

type answer struct {
	key         string
	receipt     award.Receipt
	fingerprint [32]byte
}

func scanAnswer(r row) (a answer, err error) {
	var issued, from Time
	var until optionalTime
	var docHash, fingerprint hash32
	err = r.Scan(&a.key, &a.receipt.ID, &docHash, &issued, &from, &until, &fingerprint)
	if err != nil {
		return answer{}, err
	}
	a.fingerprint = fingerprint
	a.receipt = award.Receipt{ID: a.receipt.ID, DocHash: docHash, IssuedAt: issued.Time,
		ValidFrom: from.Time, ValidUntil: until.at, Replayed: true}
	return a, nil
}
