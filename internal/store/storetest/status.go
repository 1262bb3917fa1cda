package storetest

import (
	"errors"
	"fmt"
	"time"

	"ramure/internal/award"
	"ramure/internal/problem"
)

var statusPromises = map[string]func(*world){
	"list gives each counter once, and no more than it has": func(w *world) {
		v := w.empty("quai")
		_, err := w.ReserveSlots(w.ctx(), v, 4)
		w.fails(err, problem.NotFound)
		w.must(w.AddStatusList(w.ctx(), v, []byte("key"), 10, w.sign))
		var got []string
		for range 3 {
			block, err := w.open().ReserveSlots(w.ctx(), v, 4)
			w.must(err)
			got = append(got, fmt.Sprintf("%d+%d %s", block.First, block.Count, block.Key))
		}
		w.same(got, []string{"0+4 key", "4+4 key", "8+2 key"})
		_, err = w.ReserveSlots(w.ctx(), v, 4)
		w.fails(err, problem.NotFound)
	},
	"list is opened when none has room, under the next number": func(w *world) {
		v := w.empty("quai")
		w.must(w.AddStatusList(w.ctx(), v, []byte("first"), 2, w.sign))
		w.must(w.open().AddStatusList(w.ctx(), v, []byte("needless"), 2, w.sign))
		first, err := w.ReserveSlots(w.ctx(), v, 2)
		w.must(err)
		w.must(w.AddStatusList(w.ctx(), v, []byte("second"), 2, w.sign))
		second, err := w.ReserveSlots(w.ctx(), v, 1)
		w.must(err)
		w.same([]any{string(first.Key), string(second.Key), second.List - first.List}, []any{"first", "second", 1})
		w.fails(w.AddStatusList(w.ctx(), "nowhere", []byte("key"), 2, w.sign), problem.NotFound)
	},
	"list is read as it was signed": func(w *world) {
		got, err := w.StatusList(w.ctx(), w.phare.list)
		w.must(err)
		w.same(string(got.Document), fmt.Sprintf("list %d of phare, revoked []", w.phare.list))
		w.same([]any{got.Number, got.Venue, got.Signatures, len(got.Revoked)}, []any{w.phare.list, "phare", int64(1), 0})
		_, err = w.StatusList(w.ctx(), 99)
		w.fails(err, problem.NotFound)
	},
	"list is signed anew": signsAnew,
	"list stays as it was when it cannot be signed": func(w *world) {
		before, err := w.StatusList(w.ctx(), w.atelier.list)
		w.must(err)
		pending := w.pending()
		_, err = w.ResignList(w.ctx(), w.atelier.list, cannotSign)
		if !errors.Is(err, errNoInk) {
			w.Fatalf("got %v", err)
		}
		after, err := w.StatusList(w.ctx(), w.atelier.list)
		w.must(err)
		w.same(after, before)
		w.same(w.pending(), pending)
	},
}

// empty makes a venue that has nothing yet.
func (w *world) empty(slug string) string {
	w.Helper()
	v, err := w.Venue(w.ctx(), "atelier")
	w.must(err)
	v.Slug = slug
	w.must(w.AddVenue(w.ctx(), v))
	return slug
}

var errNoInk = errors.New("no ink")

func cannotSign(award.StatusList) (award.SignedList, error) { return award.SignedList{}, errNoInk }

func signsAnew(w *world) {
	old, err := w.StatusList(w.ctx(), w.atelier.list)
	w.must(err)
	ending, err := w.ListsEnding(w.ctx(), old.ValidUntil.Add(time.Microsecond))
	w.must(err)
	w.same(ending, []int{w.atelier.list})
	var answered award.StatusList
	w.raises(true, func() {
		answered, err = w.ResignList(w.ctx(), w.atelier.list, w.sign)
		w.must(err)
	})
	got, err := w.open().StatusList(w.ctx(), w.atelier.list)
	w.must(err)
	w.same(got, answered)
	if got.Signatures != old.Signatures+1 || !got.ValidUntil.After(old.ValidUntil) {
		w.Fatalf("was %+v, is %+v", old, got)
	}
	ending, err = w.ListsEnding(w.ctx(), old.ValidUntil)
	w.must(err)
	w.same(len(ending), 0)
	_, err = w.ResignList(w.ctx(), 99, w.sign)
	w.fails(err, problem.NotFound)
}
