package award

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ramure/internal/credential"
	"ramure/internal/credential/statuslist"
	"ramure/internal/failpoint"
	"ramure/internal/keyring"
	"ramure/internal/translog"
)

const (
	// listLife is how long a signature of a status list is good, and listRest
	// how much of it is left when the timer signs anew: one outage of half a
	// day makes no badge unverifiable.
	listLife = 24 * time.Hour
	listRest = 12 * time.Hour
	// listTTL is how long a verifier may keep a list (Bitstring Status List 1.0
	// §2.2, ttl in milliseconds).
	listTTL = time.Minute
)

// resigner fetches the venue's status key, which is for nothing else, and
// answers the function that signs a list inside a transaction.
func (s *Service) resigner(ctx context.Context, slug string) (Resign, error) {
	if err := s.ready(); err != nil {
		return nil, err
	}
	key, err := s.Keys.Ensure(ctx, slug, keyring.Status, keyring.Ed25519)
	if err != nil {
		return nil, err
	}
	return func(l StatusList) (SignedList, error) { return s.signList(ctx, l, key) }, nil
}

// signList signs the present bits of a list. Each version's hash is a log
// leaf, so that an old list shown again can be found out.
func (s *Service) signList(ctx context.Context, l StatusList, key *keyring.Signer) (SignedList, error) {
	now := s.Now().UTC().Truncate(time.Second)
	signed := SignedList{ValidFrom: now, ValidUntil: now.Add(listLife)}
	document, err := s.listDocument(ctx, l, key, signed)
	if err != nil {
		return SignedList{}, fmt.Errorf("sign status list %d: %w", l.Number, err)
	}
	leaf, err := translog.HashLeaf(translog.KindStatus, translog.Day(now), s.Addresses.Issuer(l.Venue), key.Thumbprint(), document)
	if err != nil {
		return SignedList{}, err
	}
	signed.Document = document
	signed.Leaf, err = leaf.Marshal()
	return signed, err
}

func (s *Service) listDocument(ctx context.Context, l StatusList, key *keyring.Signer, signed SignedList) ([]byte, error) {
	bits := statuslist.New()
	for _, index := range l.Revoked {
		bits.Set(index, true)
	}
	method, err := s.Addresses.Method(l.Venue, key.Public())
	if err != nil {
		return nil, err
	}
	list := statuslist.Unsigned(statuslist.Params{
		ID: s.Addresses.StatusList(l.Number), Issuer: s.Addresses.Issuer(l.Venue), Purpose: statuslist.PurposeRevocation,
		ValidFrom: signed.ValidFrom, ValidUntil: signed.ValidUntil, TTL: listTTL, Bits: bits,
	})
	made, err := credential.SignList(ctx, list,
		credential.Key{Signer: failpoint.Signer(ctx, "list", key), Method: method, Thumbprint: key.Thumbprint()}, signed.ValidFrom)
	return made.Document, err
}

// listReserve is how much life a list has that is handed out: enough for whoever
// keeps it for its ttl.
const listReserve = 2 * listTTL

// List answers a status list that is good now: one whose signature ended, or
// is about to, is signed anew first. It never answers a stale one. The list is
// shared with other readers.
func (s *Service) List(ctx context.Context, number int) (StatusList, error) {
	return s.keptList(ctx, number)
}

func (s *Service) list(ctx context.Context, number int) (StatusList, error) {
	l, err := s.Store.StatusList(ctx, number)
	if err != nil || l.ValidUntil.After(s.Now().Add(listReserve)) {
		return l, err
	}
	return s.renew(ctx, l)
}

// RenewLists signs anew every list whose signature ends soon; a timer calls it.
// One that can't be signed does not keep the others from it.
func (s *Service) RenewLists(ctx context.Context) error {
	numbers, err := s.Store.ListsEnding(ctx, s.Now().Add(listRest))
	if err != nil {
		return err
	}
	var failed []error
	for _, number := range numbers {
		if err := s.renewNumber(ctx, number); err != nil {
			failed = append(failed, fmt.Errorf("renew status list %d: %w", number, err))
		}
	}
	return errors.Join(failed...)
}

func (s *Service) renewNumber(ctx context.Context, number int) error {
	l, err := s.Store.StatusList(ctx, number)
	if err != nil {
		return err
	}
	_, err = s.renew(ctx, l)
	return err
}

func (s *Service) renew(ctx context.Context, l StatusList) (StatusList, error) {
	ctx = failpoint.In(ctx, "resign")
	sign, err := s.resigner(ctx, l.Venue)
	if err != nil {
		return StatusList{}, err
	}
	defer s.Log.Wake()
	renewed, err := s.Store.ResignList(ctx, l.Number, sign)
	if err != nil {
		return renewed, err
	}
	return renewed, failpoint.Hit(ctx, "recorded")
}
