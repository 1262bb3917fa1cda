package storetest

import (
	"context"
	"time"

	"ramure/internal/award"
	"ramure/internal/keyring"
	"ramure/internal/mediation"
	"ramure/internal/problem"
	"ramure/internal/store"
	"ramure/internal/translog"
)

// follow lets an instance keep what it reads, until the promise has been tried.
func (w *world) follow(s *store.Store) *store.Store {
	w.Helper()
	ctx, stop := context.WithCancel(w.ctx())
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.Follow(ctx)
	}()
	w.Cleanup(func() { stop(); <-done })
	w.until(func() bool { _, known := s.Changes().Current(); return known })
	return s
}

// patience is how long something may take that must happen.
const patience = 30 * time.Second

// until waits for something to be so.
func (w *world) until(so func() bool) {
	w.Helper()
	late := time.After(patience)
	for !so() {
		select {
		case <-late:
			w.Fatalf("not so after %s", patience)
		case <-time.After(time.Millisecond):
		}
	}
}

// changes are all acts that change what may have been read before.
func (w *world) changes() map[string]func() error {
	w.Helper()
	token := w.token("atelier", 0)
	revised, err := w.Achievement(w.ctx(), w.atelier.scope, w.atelier.achievement)
	w.must(err)
	revised.Version++
	issued := w.award(w.atelier)
	leaf := w.leaf(translog.KindAchievement, "atelier")
	return map[string]func() error{
		"a venue": func() error {
			return w.AddVenue(w.ctx(), mediation.Venue{Slug: "quai", Name: "Quai", Commune: "13055", JWTAlg: "RS256", CreatedAt: dawn})
		},
		"an achievement": func() error {
			return w.AddAchievement(w.ctx(), w.atelier.scope, w.achievement("atelier"), leaf)
		},
		"a version": func() error { return w.AddVersion(w.ctx(), w.atelier.scope, revised, leaf) },
		"a withdrawal": func() error {
			return w.Withdraw(w.ctx(), w.phare.scope, w.phare.achievement, award.Withdrawal{At: dawn, By: "x", Reason: "y"})
		},
		"a token":            func() error { w.token("atelier", time.Hour); return nil },
		"the end of one":     func() error { return w.RevokeToken(w.ctx(), token.ID, dawn) },
		"a key":              func() error { _, err := w.AddKey(w.ctx(), w.key("atelier", keyring.Proof)); return err },
		"a revocation":       func() error { w.revoke(w.atelier, issued.ID); return nil },
		"a list signed anew": func() error { _, err := w.ResignList(w.ctx(), w.phare.list, w.sign); return err },
	}
}

var changePromises = map[string]func(*world){
	"is known here as soon as it was made": func(w *world) {
		w.follow(w.Store)
		for name, make := range w.changes() {
			before, _ := w.Changes().Current()
			w.must(make())
			now, _ := w.Changes().Current()
			stored, err := w.ChangeSequence(w.ctx())
			w.must(err)
			if now <= before || now < stored {
				w.Errorf("%s: known are %d, then %d; stored is %d", name, before, now, stored)
			}
		}
	},
	"is known elsewhere before long": func(w *world) {
		other := w.follow(w.open())
		for _, make := range w.changes() {
			w.must(make())
			stored, err := w.ChangeSequence(w.ctx())
			w.must(err)
			w.until(func() bool { known, _ := other.Changes().Current(); return known >= stored })
		}
	},
	"is not known without following": func(w *world) {
		w.must(w.changes()["a token"]())
		_, known := w.Changes().Current()
		w.same(known, false)
	},
	"shows in what was kept": showsInWhatWasKept,
}

// showsInWhatWasKept changes what two instances have read many times.
func showsInWhatWasKept(w *world) {
	t := w.token("atelier", 0)
	other := w.follow(w.open())
	w.follow(w.Store)
	read := func(s *store.Store) (ended, withdrawn bool, version int) {
		token, err := s.TokenByHash(w.ctx(), t.Hash)
		w.must(err)
		a, err := s.Achievement(w.ctx(), w.atelier.scope, w.atelier.achievement)
		w.must(err)
		_, err = s.Venue(w.ctx(), "atelier")
		w.must(err)
		return token.RevokedAt != nil, a.Withdrawal != nil, a.Version
	}
	expect := func(ended, withdrawn bool, version int) {
		w.Helper()
		so := func(s *store.Store) bool {
			e, x, v := read(s)
			return e == ended && x == withdrawn && v == version
		}
		if !so(w.Store) {
			w.Fatal("it does not show where it was made")
		}
		w.until(func() bool { return so(other) })
	}
	expect(false, false, 1)
	w.must(w.RevokeToken(w.ctx(), t.ID, dawn))
	expect(true, false, 1)
	second, err := w.Achievement(w.ctx(), w.atelier.scope, w.atelier.achievement)
	w.must(err)
	second.Version = 2
	w.must(w.AddVersion(w.ctx(), w.atelier.scope, second, w.leaf(translog.KindAchievement, "atelier")))
	expect(true, false, 2)
	w.must(w.Withdraw(w.ctx(), w.atelier.scope, w.atelier.achievement, award.Withdrawal{At: dawn, By: "x", Reason: "y"}))
	expect(true, true, 2)
	_, err = other.RecordAward(w.ctx(), w.atelier.scope, w.record(w.atelier))
	w.fails(err, problem.Conflict, "error.achievement.withdrawn")
}
