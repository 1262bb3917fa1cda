package storetest

import (
	"crypto/sha256"
	"time"

	"ramure/internal/auth"
	"ramure/internal/problem"
)

func (w *world) token(venue string, at time.Duration) auth.Token {
	w.Helper()
	id := w.id()
	t := auth.Token{ID: id, Venue: venue, Name: "Logiciel d’accueil", Rights: []auth.Right{auth.Issue, auth.Read},
		Hash: sha256.Sum256([]byte(id)), CreatedAt: cut(dawn.Add(at))}
	w.must(w.AddToken(w.ctx(), t))
	return t
}

var tokenPromises = map[string]func(*world){
	"is found by its hash": func(w *world) {
		want := w.token("atelier", 0)
		got, err := w.open().TokenByHash(w.ctx(), want.Hash)
		w.must(err)
		w.same(got, want)
		_, err = w.TokenByHash(w.ctx(), sha256.Sum256(nil))
		w.fails(err, problem.NotFound)
	},
	"needs a venue and a hash of its own": func(w *world) {
		t := w.token("atelier", 0)
		t.ID = w.id()
		w.fails(w.AddToken(w.ctx(), t), problem.Conflict)
		t.Venue, t.Hash = "nowhere", sha256.Sum256([]byte("fresh"))
		w.fails(w.AddToken(w.ctx(), t), problem.NotFound)
	},
	"is listed with its venue's, newest first": func(w *world) {
		first, second, other := w.token("atelier", 0), w.token("atelier", time.Hour), w.token("phare", time.Minute)
		for venue, want := range map[string][]auth.Token{"atelier": {second, first}, "phare": {other}, "": {second, other, first}, "nowhere": nil} {
			got, err := w.Tokens(w.ctx(), venue)
			w.must(err)
			w.same(got, want)
		}
	},
	"ends once, and stays listed": func(w *world) {
		t := w.token("atelier", 0)
		end := cut(dawn.Add(time.Hour))
		w.must(w.RevokeToken(w.ctx(), t.ID, end))
		w.must(w.RevokeToken(w.ctx(), t.ID, end.Add(time.Hour)))
		got, err := w.TokenByHash(w.ctx(), t.Hash)
		w.must(err)
		t.RevokedAt = &end
		w.same(got, t)
		w.fails(w.RevokeToken(w.ctx(), "nothing", end), problem.NotFound)
	},
}
