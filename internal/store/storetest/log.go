package storetest

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"time"

	"ramure/internal/problem"
	"ramure/internal/translog"
)

// pending reads the leaves that wait, in their order.
func (w *world) pending() (waiting []string) {
	w.Helper()
	w.must(w.Sequence(w.ctx(), func(ctx context.Context, tx translog.Tx) error {
		leaves, err := tx.Pending(ctx, 1000)
		waiting = nil
		for _, l := range leaves {
			waiting = append(waiting, string(l.Data))
		}
		return err
	}))
	return waiting
}

func (w *world) signer() *translog.Signer {
	w.Helper()
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	signer, err := translog.NewSigner("example.org/log", key)
	w.must(err)
	return signer
}

// sequence gives up to limit leaves their places.
func (w *world) sequence(limit int) (result translog.Result) {
	w.Helper()
	err := w.Sequence(w.ctx(), func(ctx context.Context, tx translog.Tx) (err error) {
		result, err = translog.Sequence(ctx, tx, w.signer(), func() time.Time { return dawn }, limit)
		return err
	})
	w.must(err)
	return result
}

var logPromises = map[string]func(*world){
	"begins empty and unsigned": func(w *world) {
		_, err := w.LastCheckpoint(w.ctx())
		w.fails(err, problem.NotFound)
		w.must(w.Sequence(w.ctx(), func(ctx context.Context, tx translog.Tx) error {
			head, err := tx.Head(ctx)
			w.same(head, translog.EmptyHead())
			return err
		}))
	},
	"gives leaves their places in order": givesPlaces,
	"proves each leaf and finds no fault with itself": func(w *world) {
		for range 130 { // more than two runs of 50 nodes, more than one read of positions
			w.award(w.atelier)
		}
		for w.sequence(45).More {
		}
		last, err := w.LastCheckpoint(w.ctx())
		w.must(err)
		leaves, err := w.Leaves(w.ctx(), 0, int(last.Size))
		w.must(err)
		for i, leaf := range leaves {
			path, err := translog.Inclusion(w.ctx(), w.Store, int64(i), last.Size)
			w.must(err)
			w.must(translog.CheckInclusion(path, last.Head, int64(i), translog.LeafHash(leaf)))
		}
		public := w.signer().Keys()[0].Public
		w.must(w.Archive(w.ctx(), func(ctx context.Context, all translog.Archive) error {
			report, err := translog.Fsck(ctx, all, public)
			w.same([]any{report.Found, report.Leaves}, []any{int64(0), last.Size})
			return err
		}))
	},
	"reads nodes in the order asked, and misses none": func(w *world) {
		for range 9 {
			w.award(w.atelier)
		}
		w.sequence(0)
		up, err := w.Nodes(w.ctx(), []int64{0, 1, 2, 3})
		w.must(err)
		down, err := w.Nodes(w.ctx(), []int64{3, 2, 1, 0, 3})
		w.must(err)
		w.same(down, []translog.Hash{up[3], up[2], up[1], up[0], up[3]})
		_, err = w.Nodes(w.ctx(), []int64{0, 1 << 40})
		w.fails(err, problem.Internal)
		none, err := w.Nodes(w.ctx(), nil)
		w.must(err)
		w.same(len(none), 0)
		_, err = w.Leaves(w.ctx(), 0, 1<<20)
		w.fails(err, problem.Internal)
	},
	"keeps nothing of a run that fails": func(w *world) {
		before := w.pending()
		err := w.Sequence(w.ctx(), func(ctx context.Context, tx translog.Tx) error {
			if _, err := translog.Sequence(ctx, tx, w.signer(), func() time.Time { return dawn }, 3); err != nil {
				return err
			}
			return errNoInk
		})
		if !errors.Is(err, errNoInk) {
			w.Fatalf("got %v", err)
		}
		w.same(w.pending(), before)
		_, err = w.LastCheckpoint(w.ctx())
		w.fails(err, problem.NotFound)
	},
	"refuses a second checkpoint of a size and a head that moved": func(w *world) {
		w.sequence(2)
		last, err := w.LastCheckpoint(w.ctx())
		w.must(err)
		w.award(w.atelier)
		w.fails(w.Sequence(w.ctx(), func(ctx context.Context, tx translog.Tx) error {
			return tx.AddCheckpoint(ctx, last)
		}), problem.Conflict)
		w.fails(w.Sequence(w.ctx(), func(ctx context.Context, tx translog.Tx) error {
			return tx.SetHead(ctx, translog.EmptyHead(), last.Head)
		}), problem.Conflict)
		w.fails(w.Sequence(w.ctx(), func(ctx context.Context, tx translog.Tx) error {
			return tx.Assign(ctx, []string{"00000000000070008000000000000000"}, 7)
		}), problem.Internal)
	},
	"tells how long a leaf has waited": func(w *world) {
		age, err := w.PendingAge(w.ctx())
		w.must(err)
		if age <= 0 {
			w.Fatalf("leaves wait, and the oldest for %s", age)
		}
		for w.sequence(100).More {
		}
		age, err = w.PendingAge(w.ctx())
		w.must(err)
		w.same(age, time.Duration(0))
		called := false
		w.must(w.Sequence(w.ctx(), func(context.Context, translog.Tx) error { called = true; return nil }))
		w.same(called, false)
	},
}

func givesPlaces(w *world) {
	for range 7 {
		w.award(w.atelier)
	}
	want := w.pending()
	var indexes []int64
	for round := 0; ; round++ {
		result := w.sequence(4)
		w.same(result.First, int64(4*round))
		for i := range result.Count {
			indexes = append(indexes, result.First+int64(i))
		}
		if !result.More {
			break
		}
	}
	leaves, err := w.Leaves(w.ctx(), 0, len(want))
	w.must(err)
	for i, leaf := range leaves {
		w.same(string(leaf), want[i])
	}
	items, _, err := w.Awards(w.ctx(), w.atelier.scope, newest(7))
	w.must(err)
	for _, a := range items {
		w.same(fmt.Sprint(string(leaves[*a.LeafIndex]) == string(a.Leaf)), "true")
	}
	w.same(len(indexes), len(want))
}
