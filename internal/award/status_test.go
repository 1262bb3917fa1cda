package award_test

import (
	"errors"
	"slices"
	"strconv"
	"testing"
	"time"

	"ramure/internal/award"
	"ramure/internal/credential/dataintegrity"
	"ramure/internal/credential/statuslist"
	"ramure/internal/did"
	"ramure/internal/problem"
)

// listed verifies a list as a stranger does and answers whether a bit is set.
func (h *house) listed(number int, issuer string, slot award.Slot) bool {
	h.Helper()
	l, err := h.List(h.Context(), number)
	h.must(err)
	doc := decode(h, l.Document)
	proof := doc["proof"].([]any)[0].(map[string]any)
	document, err := h.Document(h.Context(), l.Venue)
	h.must(err)
	key, err := did.Static{issuer: document}.Resolve(h.Context(), issuer, proof["verificationMethod"].(string))
	h.must(err)
	_, err = dataintegrity.Verify(h.Context(), doc, proof, key.Public)
	h.must(err)
	set, err := statuslist.Read(doc, statuslist.Entry{List: base + "/status/" + strconv.Itoa(number), Index: strconv.Itoa(slot.Index),
		Purpose: "revocation", Issuer: issuer}, h.clock.now())
	h.must(err)
	return set
}

// A list is signed by the key for lists, which signs nothing else.
func TestListHasAKeyOfItsOwn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	stored := h.issue(sc, h.define(sc))
	l, err := h.List(t.Context(), 1)
	h.must(err)
	method := func(document []byte) any {
		return decode(t, document)["proof"].([]any)[0].(map[string]any)["verificationMethod"]
	}
	if method(l.Document) == method(stored.Document) {
		t.Error("one key signs badges and lists")
	}
}

// The timer signs anew the lists whose end is near, and leaves the others alone.
func TestRenewLists(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	stored := h.issue(sc, h.define(sc))
	before, err := h.List(t.Context(), 1)
	h.must(err)
	h.clock.advance(11 * time.Hour)
	h.must(h.RenewLists(t.Context()))
	if same, err := h.List(t.Context(), 1); err != nil || same.Signatures != before.Signatures {
		t.Errorf("signed anew with 13 hours left: %v", err)
	}
	h.clock.advance(2 * time.Hour)
	h.must(h.RenewLists(t.Context()))
	after, err := h.List(t.Context(), 1)
	h.must(err)
	if after.Signatures != before.Signatures+1 || !after.ValidUntil.Equal(h.clock.now().Add(24*time.Hour)) {
		t.Errorf("%d signatures, until %s", after.Signatures, after.ValidUntil)
	}
	if h.listed(1, h.Addresses.Issuer("atelier"), stored.Slot) {
		t.Error("a new signature has set a bit")
	}
}

// A list that ended is never answered: it is signed anew first, or not answered
// at all.
func TestListIsNeverStale(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	stored := h.issue(sc, h.define(sc))
	h.must(h.revoke(sc, stored.ID))
	for _, wait := range []time.Duration{24*time.Hour - 2*time.Minute, 24*time.Hour - time.Second, 24 * time.Hour, 400 * 24 * time.Hour} {
		h.clock.advance(wait)
		l, err := h.List(t.Context(), 1)
		h.must(err)
		if left := l.ValidUntil.Sub(h.clock.now()); left != 24*time.Hour {
			t.Errorf("after %s it is good for %s", wait, left)
		}
		if !h.listed(1, h.Addresses.Issuer("atelier"), stored.Slot) {
			t.Error("the new signature has lost the revocation")
		}
	}
	h.doubt.Store(true)
	h.clock.advance(23 * time.Hour)
	if l, err := h.List(t.Context(), 1); err != nil || len(l.Document) == 0 {
		t.Errorf("a list that is good is not answered: %v", err)
	}
	h.clock.advance(2 * time.Hour)
	l, err := h.List(t.Context(), 1)
	h.refused(err, problem.Unavailable, "error.clock")
	if len(l.Document) > 0 {
		t.Error("a stale list is answered with the error")
	}
	if err := h.RenewLists(t.Context()); !problem.Is(err, problem.Unavailable) {
		t.Errorf("signed by a clock in doubt: %v", err)
	}
}

// One list that can't be signed does not keep the others from it.
func TestRenewListsGoesOn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, slug := range []string{"atelier", "phare", "vigie"} {
		sc := h.venue(slug)
		h.issue(sc, h.define(sc))
	}
	h.clock.advance(13 * time.Hour)
	failing := h.Config
	failing.Keys = keysBut{h.ring, "atelier"}
	if err := award.New(failing).RenewLists(t.Context()); !errors.Is(err, errNoKey) {
		t.Errorf("the failure is not told: %v", err)
	}
	ending, err := h.store.ListsEnding(t.Context(), h.clock.now().Add(12*time.Hour))
	h.must(err)
	if !slices.Equal(ending, []int{1}) {
		t.Errorf("lists %v are still to be signed", ending)
	}
}

// Each version of a list has its leaf, so that an old one shown again is found out.
func TestEveryListVersionIsLogged(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	stored := h.issue(sc, h.define(sc))
	h.log.Settle(t.Context())
	before := h.leaves("status")
	h.must(h.revoke(sc, stored.ID))
	h.clock.advance(13 * time.Hour)
	h.must(h.RenewLists(t.Context()))
	h.log.Settle(t.Context())
	if after := h.leaves("status"); before != 1 || after != 3 {
		t.Errorf("%d leaves of lists, then %d", before, after)
	}
	if n := h.leaves("revoke"); n != 1 {
		t.Errorf("%d leaves of revocations", n)
	}
}
