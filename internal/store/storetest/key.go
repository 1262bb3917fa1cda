package storetest

import (
	"fmt"
	"slices"
	"time"

	"ramure/internal/keyring"
	"ramure/internal/problem"
	"ramure/internal/translog"
)

// key is a sealed key unlike any other.
func (w *world) key(issuer string, use keyring.Use) keyring.Sealed {
	n := w.next()
	return keyring.Sealed{Issuer: issuer, Use: use, Algorithm: keyring.Ed25519,
		Thumbprint: thumbprint(fmt.Sprintf("key %d", n)), Public: []byte{1, 0, byte(n)}, Secret: []byte("sealed"),
		CreatedAt: cut(dawn.Add(time.Duration(n) * time.Second))}
}

var keyPromises = map[string]func(*world){
	"is found by use and by thumbprint": func(w *world) {
		for _, issuer := range []string{"atelier", ""} {
			_, err := w.Key(w.ctx(), issuer, keyring.Proof)
			w.fails(err, problem.NotFound)
			want := w.key(issuer, keyring.Proof)
			added, err := w.AddKey(w.ctx(), want)
			w.must(err)
			w.same(added, want)
			got, err := w.open().Key(w.ctx(), issuer, keyring.Proof)
			w.must(err)
			w.same(got, want)
			got, err = w.KeyByThumbprint(w.ctx(), want.Thumbprint)
			w.must(err)
			w.same(got, want)
		}
		_, err := w.KeyByThumbprint(w.ctx(), "nothing")
		w.fails(err, problem.NotFound)
	},
	"is one per use: the first": func(w *world) {
		for _, issuer := range []string{"atelier", ""} {
			first, err := w.AddKey(w.ctx(), w.key(issuer, keyring.Status))
			w.must(err)
			second, err := w.open().AddKey(w.ctx(), w.key(issuer, keyring.Status))
			w.must(err)
			w.same(second, first)
		}
	},
	"is listed with its issuer's others": func(w *world) {
		var want []keyring.Sealed
		for _, use := range []keyring.Use{keyring.Status, keyring.Proof, keyring.JWT} {
			k, err := w.AddKey(w.ctx(), w.key("atelier", use))
			w.must(err)
			want = append(want, k)
			_, err = w.AddKey(w.ctx(), w.key("phare", use))
			w.must(err)
		}
		got, err := w.Keys(w.ctx(), "atelier")
		w.must(err)
		w.same(got, want)
		none, err := w.Keys(w.ctx(), "")
		w.must(err)
		w.same(len(none), 0)
	},
	"of an issuer is announced in the log": func(w *world) {
		w.sequence(0)
		last, err := w.LastCheckpoint(w.ctx())
		w.must(err)
		k := w.key("atelier", keyring.Proof)
		w.raises(true, func() { _, err = w.AddKey(w.ctx(), k) })
		w.must(err)
		want, err := translog.KeyLeaf(translog.Day(k.CreatedAt), issuerDID("atelier"), k.Thumbprint, translog.KeyAdded, last.Size).Marshal()
		w.must(err)
		w.same(w.pending(), []string{string(want)})
		_, err = w.AddKey(w.ctx(), w.key("atelier", keyring.Proof)) // too late: nothing to announce
		w.must(err)
		_, err = w.AddKey(w.ctx(), w.key("", keyring.Log))
		w.must(err)
		w.same(len(slices.Compact(w.pending())), 1)
	},
	"needs an issuer that is there": func(w *world) {
		_, err := w.AddKey(w.ctx(), w.key("nowhere", keyring.Proof))
		w.fails(err, problem.NotFound)
	},
}
