package award

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"

	"ramure/internal/credential"
	"ramure/internal/failpoint"
	"ramure/internal/keyring"
	"ramure/internal/mediation"
	"ramure/internal/problem"
	"ramure/internal/scope"
	"ramure/internal/translog"
)

// signingRounds bounds how often an order is signed again because another
// order created its holder first: the second round always finds that holder.
const signingRounds = 3

// Issue awards an achievement to a person. The same key with the same order is
// answered with the same receipt, whenever and on whichever instance it comes;
// with another order it is a Conflict. A bad order is an Invalid problem that
// names every broken rule, and changes nothing.
//
// Nearly every key is new, so that its answer is not looked for first: recording
// finds it. An order that would be refused today may have been accepted before.
func (s *Service) Issue(ctx context.Context, sc scope.Scope, o Order) (Receipt, error) {
	ctx = failpoint.In(ctx, "issue")
	refused := s.ready()
	if refused == nil {
		receipt, err := s.issueNew(ctx, sc, o)
		if err == nil || down(err) {
			return receipt, err
		}
		refused = err
	}
	if receipt, err := s.answered(ctx, sc, o); !problem.Is(err, problem.NotFound) {
		return receipt, err
	}
	return Receipt{}, refused
}

// down tells a failure of the store from a refusal.
func down(err error) bool {
	return problem.Is(err, problem.Unavailable) || problem.Is(err, problem.Full)
}

// issueNew awards as if the key were new.
func (s *Service) issueNew(ctx context.Context, sc scope.Scope, o Order) (Receipt, error) {
	a, err := s.Store.Achievement(ctx, sc, o.Achievement)
	if err != nil {
		return Receipt{}, err
	}
	if err := s.checkOrder(o, a); err != nil {
		return Receipt{}, err
	}
	venue, err := s.Store.Venue(ctx, sc.Venue())
	if err != nil {
		return Receipt{}, err
	}
	return s.issue(ctx, sc, o, venue, a)
}

// answered gives the receipt of a key that was answered before.
func (s *Service) answered(ctx context.Context, sc scope.Scope, o Order) (Receipt, error) {
	receipt, fingerprint, err := s.Store.Answered(ctx, sc, o.Key)
	if err == nil && fingerprint != o.Fingerprint {
		return Receipt{}, problem.New(problem.Conflict, "error.idempotency.mismatch")
	}
	receipt.Replayed = true
	return receipt, err
}

// issue signs and records; it signs again when the holder was created by
// another order meanwhile, since the subject is inside the signed bytes.
func (s *Service) issue(ctx context.Context, sc scope.Scope, o Order, v mediation.Venue, a Achievement) (Receipt, error) {
	for range signingRounds {
		holder, err := s.holder(ctx, sc, o.Recipient)
		if err != nil {
			return Receipt{}, err
		}
		record, err := s.compose(ctx, sc, o, v, a, holder)
		if err != nil {
			return Receipt{}, err
		}
		receipt, err := s.Store.RecordAward(ctx, sc, record)
		if errors.Is(err, ErrHolderMoved) {
			continue
		}
		if err != nil {
			return receipt, err
		}
		s.Log.Wake()
		return receipt, failpoint.Hit(ctx, "recorded")
	}
	return Receipt{}, problem.New(problem.Conflict, "error.holder.busy")
}

// compose gathers what the award needs, signs it, and answers the record that
// one transaction will write.
func (s *Service) compose(ctx context.Context, sc scope.Scope, o Order, v mediation.Venue, a Achievement, h Holder) (Record, error) {
	r, err := s.draft(sc, o, a, h)
	if err != nil {
		return r, err
	}
	if r.Slot, err = s.slot(ctx, v); err != nil {
		return r, err
	}
	if err := failpoint.Hit(ctx, "reserved"); err != nil {
		return r, err
	}
	key, err := s.Keys.Ensure(ctx, v.Slug, keyring.Proof, keyring.Ed25519)
	if err != nil {
		return r, err
	}
	signed, err := s.sign(ctx, s.credential(v, a, o, r), v, key, r)
	if err != nil {
		return r, err
	}
	r.Document, r.DocHash, r.Thumbprint = signed.Document, signed.DocHash, signed.Thumbprint
	leaf := translog.IssueLeaf(translog.Day(r.IssuedAt), s.Addresses.Issuer(v.Slug), r.Thumbprint,
		translog.Commit(r.CommitSalt, r.DocHash))
	if r.Leaf, err = leaf.Marshal(); err != nil {
		return r, err
	}
	return r, failpoint.Hit(ctx, "composed")
}

// draft fills in the parts of the record that come before the signature.
func (s *Service) draft(sc scope.Scope, o Order, a Achievement, h Holder) (Record, error) {
	r := Record{Key: o.Key, Fingerprint: o.Fingerprint, Achievement: a.ID, Version: a.Version, Holder: h, Level: o.Level,
		ShowName: o.ShowName, Consent: o.Consent, IssuedAt: s.Now(), IssuedBy: sc.Actor()}
	s.schedule(&r, o, a)
	id, err := s.newID()
	if err != nil {
		return r, err
	}
	r.ID = ID(id)
	nameSalt, err := s.random(16)
	if err != nil {
		return r, err
	}
	r.NameSalt = hex.EncodeToString(nameSalt)
	commitSalt, err := s.random(32)
	if err != nil {
		return r, err
	}
	copy(r.CommitSalt[:], commitSalt)
	return r, nil
}

// holder finds the record of the venue's reference, or makes a new person.
// People are never matched by name.
func (s *Service) holder(ctx context.Context, sc scope.Scope, p Person) (Holder, error) {
	if p.Ref != "" {
		known, err := s.Store.Holder(ctx, sc, p.Ref)
		if err == nil {
			return Holder{Person: p, Subject: known.Subject}, nil
		}
		if !problem.Is(err, problem.NotFound) {
			return Holder{}, err
		}
	}
	subject, err := s.newSubject()
	return Holder{Person: p, Subject: subject}, err
}

// newSubject makes a random UUID (RFC 9562 §5.4) as an IRI.
func (s *Service) newSubject() (string, error) {
	b, err := s.random(16)
	if err != nil {
		return "", err
	}
	b[6], b[8] = b[6]&0x0F|0x40, b[8]&0x3F|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:]), nil
}

// sign walks the rite: lint, one-use draft, signature, own verification.
func (s *Service) sign(ctx context.Context, c unsigned, v mediation.Venue, key *keyring.Signer, r Record) (credential.Signed, error) {
	draft, err := credential.Prepare(ctx, c)
	if err != nil {
		return credential.Signed{}, err
	}
	method, err := s.Addresses.Method(v.Slug, key.Public())
	if err != nil {
		return credential.Signed{}, err
	}
	return draft.Sign(ctx, credential.Key{
		Signer: failpoint.Signer(ctx, "credential", key), Method: method, Thumbprint: key.Thumbprint()}, r.IssuedAt)
}
