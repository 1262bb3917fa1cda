package award_test

import (
	"testing"

	"ramure/internal/award"
	"ramure/internal/credential/statuslist"
)

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
