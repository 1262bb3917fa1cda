package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"ramure/internal/award"
	"ramure/internal/keyring"
	"ramure/internal/problem"
	"ramure/internal/store"
	"ramure/internal/translog"
)

// atOnce runs do many times at the same moment.
func (w *world) atOnce(callers int, do func(caller int) error) []error {
	failures := make([]error, callers)
	var ready, done sync.WaitGroup
	start := make(chan struct{})
	for caller := range callers {
		ready.Add(1)
		done.Go(func() {
			ready.Done()
			<-start
			failures[caller] = do(caller)
		})
	}
	ready.Wait()
	close(start)
	done.Wait()
	return failures
}

var concurrencyPromises = map[string]func(*world){
	"one key asked by 16 callers is one award": oneKeyOneAward,
	"one reference met by 16 orders is one holder": func(w *world) {
		instances := []*store.Store{w.Store, w.open()}
		for round := range 10 {
			ref := fmt.Sprintf("R-%d", round)
			failures := w.atOnce(16, func(caller int) error { return w.persist(instances[caller%2], ref) })
			w.must(errors.Join(failures...))
			holder, err := w.Holder(w.ctx(), w.atelier.scope, ref)
			w.must(err)
			var awards int
			items, _, err := w.Awards(w.ctx(), w.atelier.scope, newest(16))
			w.must(err)
			for _, a := range items {
				if a.Holder == holder {
					awards++
				}
			}
			w.same(awards, 16)
		}
	},
	"8 writers of 100 awards each lose none": func(w *world) {
		instances := []*store.Store{w.Store, w.open()}
		w.must(errors.Join(w.atOnce(8, func(caller int) error {
			for range 100 {
				if _, err := instances[caller%2].RecordAward(w.ctx(), w.atelier.scope, w.record(w.atelier)); err != nil {
					return err
				}
			}
			return nil
		})...))
		w.same(len(w.turn(newest(300), nil)), 800)
	},
	"slots reserved at once are all different": func(w *world) {
		v := w.empty("quai")
		instances := []*store.Store{w.Store, w.open()}
		var mutex sync.Mutex
		taken := map[string]bool{}
		w.must(errors.Join(w.atOnce(16, func(caller int) error {
			for range 10 {
				block, err := w.reserve(instances[caller%2], v)
				if err != nil {
					return err
				}
				mutex.Lock()
				for i := range block.Count {
					taken[fmt.Sprint(block.List, block.First+uint64(i))] = true
				}
				mutex.Unlock()
			}
			return nil
		})...))
		w.same(len(taken), 160*3)
	},
	"a revocation asked by 16 callers happens once": func(w *world) {
		r := w.award(w.atelier)
		instances := []*store.Store{w.Store, w.open()}
		failures := w.atOnce(16, func(caller int) error {
			return instances[caller%2].RecordRevocation(w.ctx(), w.atelier.scope, r.ID,
				award.Revocation{At: dawn, By: "x", Reason: "y"}, w.leaf(translog.KindRevoke, "atelier"), w.sign)
		})
		w.onceElse(failures, problem.Conflict)
		w.same(w.list().Signatures, int64(2))
	},
	"awards taken back at once are all in the list": func(w *world) {
		records := make([]award.Record, 16)
		for i := range records {
			records[i] = w.award(w.atelier)
		}
		w.must(errors.Join(w.atOnce(16, func(caller int) error {
			return w.RecordRevocation(w.ctx(), w.atelier.scope, records[caller].ID,
				award.Revocation{At: dawn, By: "x", Reason: "y"}, w.leaf(translog.KindRevoke, "atelier"), w.sign)
		})...))
		l := w.list()
		signed, err := w.sign(l)
		w.must(err)
		w.same([]any{len(l.Revoked), string(l.Document)}, []any{16, string(signed.Document)})
	},
	"a withdrawal asked by 16 callers happens once": func(w *world) {
		w.onceElse(w.atOnce(16, func(int) error {
			return w.Withdraw(w.ctx(), w.atelier.scope, w.atelier.achievement, award.Withdrawal{At: dawn, By: "x", Reason: "y"})
		}), problem.Conflict)
	},
	"a key made by 16 callers is one key": func(w *world) {
		instances := []*store.Store{w.Store, w.open()}
		thumbprints := make([]string, 16)
		w.must(errors.Join(w.atOnce(16, func(caller int) error {
			k, err := instances[caller%2].AddKey(w.ctx(), w.key("atelier", keyring.Proof))
			thumbprints[caller] = k.Thumbprint
			return err
		})...))
		for _, t := range thumbprints {
			w.same(t, thumbprints[0])
		}
	},
	"a bad award among 16 at once is refused alone":           badAmongGood,
	"one file issued by two instances at once is issued once": sameFileTwice,
	"sequencers take turns, and leave neither gap nor fork":   sequencersTakeTurns,
}

// onceElse checks that one call succeeded and all others failed that way.
func (w *world) onceElse(failures []error, kind problem.Kind) {
	w.Helper()
	done := 0
	for _, err := range failures {
		if err == nil {
			done++
			continue
		}
		w.fails(err, kind)
	}
	w.same(done, 1)
}

func badAmongGood(w *world) {
	for name, s := range w.spoils() {
		records := w.batch(16)
		s.do(&records[7])
		failures := w.atOnce(16, func(caller int) error {
			_, err := w.RecordAward(w.ctx(), w.atelier.scope, records[caller])
			return err
		})
		for i, err := range failures {
			if i == 7 {
				w.fails(err, s.kind)
				continue
			}
			if err != nil {
				w.Fatalf("%s: %d was refused too: %v", name, i, err)
			}
			w.stands(records[i])
		}
	}
}

func oneKeyOneAward(w *world) {
	instances := []*store.Store{w.Store, w.open()}
	const rounds = 60
	for round := range rounds {
		receipts := make([]award.Receipt, 16)
		w.must(errors.Join(w.atOnce(16, func(caller int) (err error) {
			r := w.record(w.atelier)
			r.Key, r.Fingerprint = fmt.Sprintf("round %d", round), [32]byte{byte(round)}
			receipts[caller], err = instances[caller%2].RecordAward(w.ctx(), w.atelier.scope, r)
			return err
		})...))
		fresh := 0
		for _, receipt := range receipts {
			w.same(receipt.ID, receipts[0].ID)
			if !receipt.Replayed {
				fresh++
			}
		}
		w.same(fresh, 1)
	}
	w.same(len(w.turn(newest(100), nil)), rounds)
}

// persist awards to a reference as the act does: signed again when another
// order has created the holder meanwhile.
func (w *world) persist(s *store.Store, ref string) error {
	r := w.record(w.atelier)
	r.Holder.Ref = ref
	for range 3 {
		_, err := s.RecordAward(w.ctx(), w.atelier.scope, r)
		if !errors.Is(err, award.ErrHolderMoved) {
			return err
		}
		holder, err := s.Holder(w.ctx(), w.atelier.scope, ref)
		if err != nil {
			return err
		}
		r.Holder.Subject = holder.Subject
	}
	return errors.New("the holder moved three times")
}

// reserve takes 3 slots as the act does: in a new list when none has room.
func (w *world) reserve(s *store.Store, venue string) (award.Block, error) {
	for {
		block, err := s.ReserveSlots(w.ctx(), venue, 3)
		if !problem.Is(err, problem.NotFound) {
			return block, err
		}
		if err := s.AddStatusList(w.ctx(), venue, []byte("key"), 30, w.sign); err != nil {
			return block, err
		}
	}
}

func sequencersTakeTurns(w *world) {
	instances := []*store.Store{w.Store, w.open()}
	const issuers, each = 4, 25
	w.must(errors.Join(w.atOnce(issuers+2, func(caller int) error {
		s := instances[caller%2]
		for range each {
			if caller < issuers {
				if _, err := s.RecordAward(w.ctx(), w.atelier.scope, w.record(w.atelier)); err != nil {
					return err
				}
				continue
			}
			err := s.Sequence(w.ctx(), func(ctx context.Context, tx translog.Tx) error {
				_, err := translog.Sequence(ctx, tx, w.signer(), func() time.Time { return dawn }, 7)
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})...))
	for w.sequence(50).More {
	}
	places := map[int64]bool{}
	for _, id := range w.turn(newest(200), nil) {
		a, err := w.PublicAward(w.ctx(), id)
		w.must(err)
		places[*a.LeafIndex] = true
	}
	w.same(len(places), issuers*each)
	w.must(w.Archive(w.ctx(), func(ctx context.Context, all translog.Archive) error {
		report, err := translog.Fsck(ctx, all, w.signer().Keys()[0].Public)
		w.same(report.Found, int64(0))
		return err
	}))
}
