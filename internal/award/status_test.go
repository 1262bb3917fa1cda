package award_test

import (
	"errors"
	"slices"
	"strconv"
	"testing"
	"time"

	"ramure/internal/award"
	"ramure/internal/credential"
	"ramure/internal/credential/dataintegrity"
	"ramure/internal/credential/statuslist"
	"ramure/internal/did"
	"ramure/internal/problem"
	"ramure/internal/scope"
)

func (h *house) revoke(sc scope.Scope, id award.ID) error {
	_, err := h.Revoke(h.Context(), sc, id, "Délivré par erreur.")
	return err
}

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

// Each award has a bit of its own, in an order that tells nothing: neither
// neighbours nor a regular step.
func TestSlotsAreUniqueAndPermuted(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc, other := h.venue("atelier"), h.venue("phare")
	id, theirs := h.define(sc), h.define(other)
	seen, steps := map[award.Slot]bool{}, map[int]int{}
	last, rising := 0, 0
	for n := range 300 { // more than two blocks
		slot := h.issue(sc, id).Slot
		if seen[slot] || slot.List != 1 || slot.Index < 0 || slot.Index >= statuslist.Entries {
			t.Fatalf("award %d has slot %+v", n, slot)
		}
		seen[slot] = true
		steps[slot.Index-last]++
		if slot.Index > last {
			rising++
		}
		last = slot.Index
	}
	for step, n := range steps {
		if n > 2 {
			t.Errorf("step %d occurs %d times", step, n)
		}
	}
	if rising < 100 || rising > 200 {
		t.Errorf("%d of 300 indexes rise", rising)
	}
	if slot := h.issue(other, theirs).Slot; slot.List != 2 {
		t.Errorf("another venue is in list %d", slot.List)
	}
}

// Two processes on one database never take the same bit.
func TestSlotsOfTwoProcesses(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	id := h.define(sc)
	second := &house{Service: award.New(h.Config), TB: t, store: h.store, ring: h.ring, log: h.log, clock: h.clock}
	second.keys.Store(1000)
	seen := map[award.Slot]bool{}
	for range 20 {
		for _, process := range []*house{h, second} {
			slot := process.issue(sc, id).Slot
			if seen[slot] {
				t.Fatalf("slot %+v is taken twice", slot)
			}
			seen[slot] = true
		}
	}
}

// A revocation is seen by the next read: on the page, in the list, once for good.
func TestRevoke(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc, other := h.venue("atelier"), h.venue("phare")
	id := h.define(sc)
	stored, kept := h.issue(sc, id), h.issue(sc, id)
	issuer := h.Addresses.Issuer("atelier")
	if h.listed(1, issuer, stored.Slot) {
		t.Error("revoked before it was")
	}
	h.refused(h.revoke(other, stored.ID), problem.NotFound, "")
	h.refused(h.revoke(sc, "AAAAAAAAAAAAAAAAAAAAAA"), problem.NotFound, "")
	_, err := h.Revoke(t.Context(), sc, stored.ID, " \n")
	h.refused(err, problem.Invalid, "$.reason")
	h.clock.advance(time.Hour)
	h.must(h.revoke(sc, stored.ID))
	if !h.listed(1, issuer, stored.Slot) || h.listed(1, issuer, kept.Slot) {
		t.Error("the list does not say which one was revoked")
	}
	for id, want := range map[award.ID]credential.Verdict{stored.ID: credential.Revoked, kept.ID: credential.Valid} {
		view, err := h.Examine(t.Context(), id)
		h.must(err)
		if view.Report.Verdict != want {
			t.Errorf("%s, want %s", view.Report.Verdict, want)
		}
	}
	h.refused(h.revoke(sc, stored.ID), problem.Conflict, "error.award.revoked")
	if r := h.read(stored.ID).Revocation; r == nil || !r.At.Equal(h.clock.now()) || r.By != "operator" || r.Reason != "Délivré par erreur." {
		t.Errorf("recorded as %+v", r)
	}
}

// Many callers revoke once.
func TestRevokeAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	stored := h.issue(sc, h.define(sc))
	const callers = 8
	results := make(chan error, callers)
	for range callers {
		go func() { results <- h.revoke(sc, stored.ID) }()
	}
	done := 0
	for range callers {
		if err := <-results; err == nil {
			done++
		} else if !problem.Is(err, problem.Conflict) {
			t.Error(err)
		}
	}
	if done != 1 {
		t.Errorf("revoked %d times", done)
	}
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
