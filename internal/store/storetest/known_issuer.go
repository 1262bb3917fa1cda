package storetest

import (
	"fmt"
	"time"

	"ramure/internal/problem"
	"ramure/internal/standing"
)

func (w *world) knownIssuer(name string) standing.Issuer {
	w.Helper()
	n := w.next()
	i := standing.Issuer{ID: fmt.Sprintf("did:web:issuer-%d.example", n), Name: name, Note: "vu à l’inauguration",
		Since: cut(dawn.Add(time.Duration(n) * time.Hour))}
	w.raises(true, func() { w.must(w.AddKnownIssuer(w.ctx(), i)) })
	return i
}

func (w *world) registry(name string) standing.Registry {
	w.Helper()
	n := w.next()
	at := cut(dawn.Add(time.Duration(n) * time.Hour))
	g := standing.Registry{Source: fmt.Sprintf("https://registry-%d.example/list.json", n), Name: name, Note: "",
		Issuers: map[string]string{"did:key:z6Mk": "École « d’ailleurs »", "https://issuer.example": "Autre"}, Since: at, ReadAt: at}
	w.raises(true, func() { w.must(w.PutRegistry(w.ctx(), g)) })
	return g
}

var knownIssuerPromises = map[string]func(*world){
	"is listed by name": func(w *world) {
		b, a, c := w.knownIssuer("Beta"), w.knownIssuer("Alpha"), w.knownIssuer("Écluse")
		got, err := w.open().KnownIssuers(w.ctx())
		w.must(err)
		w.same(got, []standing.Issuer{a, b, c})
	},
	"keeps its id to itself": func(w *world) {
		first := w.knownIssuer("Alpha")
		again := first
		again.Name = "Beta"
		w.raises(false, func() { w.fails(w.AddKnownIssuer(w.ctx(), again), problem.Conflict, "error.trust.listed") })
		got, err := w.KnownIssuers(w.ctx())
		w.must(err)
		w.same(got, []standing.Issuer{first})
	},
	"goes, and may come back": func(w *world) {
		i := w.knownIssuer("Alpha")
		w.raises(true, func() { w.must(w.RemoveKnown(w.ctx(), i.ID)) })
		w.raises(false, func() { w.fails(w.RemoveKnown(w.ctx(), i.ID), problem.NotFound) })
		got, err := w.KnownIssuers(w.ctx())
		w.must(err)
		w.same(len(got), 0)
		w.must(w.AddKnownIssuer(w.ctx(), i))
	},
	"of others is listed with what its registry said": func(w *world) {
		b, a := w.registry("Beta"), w.registry("Alpha")
		got, err := w.open().Registries(w.ctx())
		w.must(err)
		w.same(got, []standing.Registry{a, b})
		w.must(w.RemoveKnown(w.ctx(), a.Source))
		got, err = w.Registries(w.ctx())
		w.must(err)
		w.same(got, []standing.Registry{b})
	},
	"of others is what the registry says last": func(w *world) {
		g := w.registry("Alpha")
		later := cut(g.ReadAt.Add(24 * time.Hour))
		said := map[string]string{"did:key:zDn": "Nouveau"}
		w.raises(true, func() { w.must(w.KeepRegistry(w.ctx(), g.Source, said, later)) })
		g.Issuers, g.ReadAt = said, later
		got, err := w.open().Registries(w.ctx())
		w.must(err)
		w.same(got, []standing.Registry{g})
		w.raises(false, func() { w.fails(w.KeepRegistry(w.ctx(), "https://nowhere.example", said, later), problem.NotFound) })
	},
	"of others is put again under its source": func(w *world) {
		g := w.registry("Alpha")
		again := g
		again.Name, again.Note, again.Issuers = "Beta", "relu", map[string]string{"did:key:zDn": "Nouveau"}
		again.Since, again.ReadAt = cut(g.Since.Add(time.Hour)), cut(g.ReadAt.Add(time.Hour))
		w.must(w.PutRegistry(w.ctx(), again))
		again.Since = g.Since
		got, err := w.Registries(w.ctx())
		w.must(err)
		w.same(got, []standing.Registry{again})
	},
}
