package award

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"ramure/internal/credential/dataintegrity"
	"ramure/internal/credential/statuslist"
	"ramure/internal/did"
	"ramure/internal/jsonld"
	"ramure/internal/keyring"
	"ramure/internal/openbadges"
	"ramure/internal/translog"
)

// readLists holds the signed lists against their rows, and against the indexes
// that awards have.
func (a *audit) readLists(ctx context.Context) error {
	err := a.rows.Lists(ctx, func(l ListRow) error {
		a.report.Lists++
		a.lists = append(a.lists, l)
		a.expect(a.listLeaf(l), "status_list", l.name(), nil)
		return nil
	})
	for _, l := range a.lists {
		if err != nil {
			return err
		}
		err = a.checkList(ctx, l)
	}
	erased, failed := a.rows.Erased(ctx)
	if a.ownerless > erased {
		a.find("status_list", "(all)", "%d bits are set for no award, and %d awards were erased", a.ownerless, erased)
	}
	return errors.Join(err, failed)
}

func (l ListRow) name() string { return strconv.Itoa(l.Number) }

func (a *audit) listLeaf(l ListRow) leafName {
	leaf, _ := translog.HashLeaf(translog.KindStatus, "", a.addresses.Issuer(l.Venue), "", l.Document)
	return nameOf(leaf)
}

func (a *audit) checkList(ctx context.Context, l ListRow) error {
	bits, err := a.verifyList(ctx, l)
	if err != nil {
		a.find("status_list", l.name(), "document does not hold: %v", err)
		return nil
	}
	given := a.givenOut(l)
	err = a.rows.Slots(ctx, l.Number, func(s SlotRow) error {
		row := fmt.Sprintf("(index %d of list %d)", s.Index, l.Number)
		if s.Index < 0 || s.Index >= bits.Len() || given != nil && !given[s.Index] {
			a.find("award", row, "idx was never given out by the list's permutation_key and next_counter")
			return nil
		}
		if bits.Get(s.Index) != s.Revoked {
			a.find("revocation", row, "the bit does not say what the award's revocation says")
		}
		bits.Set(s.Index, false)
		return nil
	})
	a.ownerless += int64(bits.Count())
	return err
}

// verifyList reads a list as a stranger does and answers its bits.
func (a *audit) verifyList(ctx context.Context, l ListRow) (*statuslist.Bits, error) {
	doc, err := jsonld.DecodeObject(l.Document)
	if err != nil {
		return nil, err
	}
	if err := a.verifyListProof(ctx, l, doc); err != nil {
		return nil, err
	}
	from, _ := doc["validFrom"].(string)
	until, _ := doc["validUntil"].(string)
	if doc["id"] != a.addresses.StatusList(l.Number) || !sameInstant(from, l.ValidFrom) || !sameInstant(until, l.ValidUntil) {
		return nil, errors.New("its number or its dates are not those of the row")
	}
	subject, _ := doc["credentialSubject"].(map[string]any)
	encoded, _ := subject["encodedList"].(string)
	bits, err := statuslist.Decode(encoded)
	if err == nil && bits.Len() != l.Size {
		err = fmt.Errorf("it has %d entries, and its row %d", bits.Len(), l.Size)
	}
	return bits, err
}

func (a *audit) verifyListProof(ctx context.Context, l ListRow, doc map[string]any) error {
	issuer := a.addresses.Issuer(l.Venue)
	proofs, _ := doc["proof"].([]any)
	if len(proofs) != 1 || statuslist.Issuer(doc) != issuer {
		return fmt.Errorf("it is not by %s", issuer)
	}
	proof, _ := proofs[0].(map[string]any)
	method, _ := proof["verificationMethod"].(string)
	key, err := a.documents.Resolve(ctx, issuer, method)
	if err != nil {
		return err
	}
	thumbprint, err := did.Thumbprint(key.Public)
	if err == nil && !a.signs(thumbprint, issuer, keyring.Status) {
		err = errors.New("its key is not for status lists")
	}
	if err != nil {
		return err
	}
	_, err = dataintegrity.Verify(ctx, doc, proof, key.Public)
	return err
}

func sameInstant(text string, at time.Time) bool {
	read, err := openbadges.ParseDateTime(text)
	return err == nil && read.Equal(at)
}

// givenOut are the indexes that the list has given out so far; nil, and told,
// when its columns can't be right.
func (a *audit) givenOut(l ListRow) map[int]bool {
	permutation, err := statuslist.NewPermutation(l.Key, l.Size)
	if err != nil || l.Next < 0 {
		a.find("status_list", l.name(), "permutation_key, size or next_counter can't be right")
		return nil
	}
	given := map[int]bool{}
	for counter := range min(l.Next, int64(l.Size)) {
		given[permutation.Index(uint64(counter))] = true
	}
	return given
}

// judgeLists holds the lists against the leaves of their signatures: an old
// version put back is not the latest any more.
func (a *audit) judgeLists(context.Context) error {
	signatures, current := map[string]int64{}, map[leafName]bool{}
	for _, l := range a.lists {
		issuer := a.addresses.Issuer(l.Venue)
		signatures[issuer] += l.Signatures
		current[a.listLeaf(l)] = true
		if s := a.status[issuer]; s != nil && !s.at[l.CreatedAt.UnixMicro()] {
			a.find("status_list", l.name(), "created_at is not the instant of a leaf of a status list")
		}
	}
	for _, l := range a.lists {
		issuer := a.addresses.Issuer(l.Venue)
		s := a.status[issuer]
		if s == nil {
			continue // told as missing
		}
		if s.count != signatures[issuer] {
			a.find("status_list", l.name(), "signatures of the lists of %s are %d, and their leaves %d", l.Venue, signatures[issuer], s.count)
		}
		if !current[s.latest] {
			a.find("status_list", l.name(), "the latest list that %s signed is not here", l.Venue)
		}
	}
	return nil
}
