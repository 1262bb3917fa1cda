package storetest

import (
	"crypto/sha256"
	"sync"
	"time"

	"ramure/internal/auth"
	"ramure/internal/problem"
)

func (w *world) session(u auth.User) (auth.Session, [32]byte) {
	w.Helper()
	n := auth.Session{ID: w.id(), User: u, Device: "Firefox, Linux", OpenedAt: cut(dawn), SeenAt: cut(dawn.Add(time.Duration(w.next()) * time.Second)),
		EndsAt: cut(dawn.Add(time.Hour))}
	hash := sha256.Sum256([]byte(n.ID))
	w.must(w.AddSession(w.ctx(), n, hash))
	return n, hash
}

var sessionPromises = map[string]func(*world){
	"is found by its hash, with its user and what they may do": func(w *world) {
		u := w.user()
		n, hash := w.session(u)
		n.Grants = []auth.Grant{w.grant(u, auth.RoleMediator, on("atelier")), w.grant(u, auth.RoleVenueHead, on("phare"))}
		got, err := w.open().SessionByHash(w.ctx(), hash)
		w.must(err)
		w.same(got, n)
		_, err = w.SessionByHash(w.ctx(), sha256.Sum256(nil))
		w.fails(err, problem.NotFound)
	},
	"is not opened for a closed account": func(w *world) {
		u := w.user()
		w.must(w.EndUser(w.ctx(), u.ID, "operator", dawn))
		w.fails(w.AddSession(w.ctx(), auth.Session{ID: w.id(), User: u, OpenedAt: dawn, SeenAt: dawn, EndsAt: dawn}, sha256.Sum256([]byte("x"))), problem.NotFound)
	},
	"is listed while it stands, the last used first": func(w *world) {
		u := w.user()
		first, _ := w.session(u)
		second, _ := w.session(u)
		w.session(w.user())
		w.must(w.TouchSession(w.ctx(), first.ID, cut(dawn.Add(50*time.Minute))))
		w.must(w.TouchSession(w.ctx(), first.ID, cut(dawn)))
		first.SeenAt = cut(dawn.Add(50 * time.Minute))
		got, err := w.Sessions(w.ctx(), u.ID, dawn)
		w.must(err)
		w.same(got, []auth.Session{first, second})
		got, err = w.Sessions(w.ctx(), u.ID, dawn.Add(time.Hour))
		w.must(err)
		w.same(got, []auth.Session(nil))
	},
	"ends for its own person alone": func(w *world) {
		u := w.user()
		n, hash := w.session(u)
		w.fails(w.EndSession(w.ctx(), w.user().ID, n.ID, dawn), problem.NotFound)
		w.must(w.EndSession(w.ctx(), u.ID, n.ID, dawn))
		w.must(w.EndSession(w.ctx(), u.ID, n.ID, dawn.Add(time.Hour)))
		got, err := w.SessionByHash(w.ctx(), hash)
		w.must(err)
		if got.EndedAt == nil || !got.EndedAt.Equal(cut(dawn)) {
			w.Error(got.EndedAt)
		}
		w.fails(w.ProveSession(w.ctx(), n.ID, sha256.Sum256([]byte("y")), dawn), problem.NotFound)
	},
	"gets a new secret with a proof, and the old one dies": func(w *world) {
		n, hash := w.session(w.user())
		fresh := sha256.Sum256([]byte("fresh" + n.ID))
		at := cut(dawn.Add(time.Minute))
		w.must(w.ProveSession(w.ctx(), n.ID, fresh, at))
		_, err := w.SessionByHash(w.ctx(), hash)
		w.fails(err, problem.NotFound)
		got, err := w.SessionByHash(w.ctx(), fresh)
		w.must(err)
		if got.ProvedAt == nil || !got.ProvedAt.Equal(at) {
			w.Error(got.ProvedAt)
		}
	},
	"a request is found by its browser, and used once": func(w *world) {
		u := w.user()
		r := auth.SignIn{User: u.ID, Link: sha256.Sum256([]byte("link")), Code: sha256.Sum256([]byte("code")), Browser: sha256.Sum256([]byte(w.id())),
			Shared: true, CreatedAt: cut(dawn), EndsAt: cut(dawn.Add(10 * time.Minute))}
		w.must(w.AddSignIn(w.ctx(), r))
		for want := 1; want <= 3; want++ {
			tries, err := w.TrySignIn(w.ctx(), r.Browser)
			w.must(err)
			w.same(tries, want)
		}
		r.Tries = 3
		got, err := w.open().SignInByBrowser(w.ctx(), r.Browser)
		w.must(err)
		w.same(got, r)
		w.must(w.UseSignIn(w.ctx(), r.Browser, dawn))
		w.fails(w.UseSignIn(w.ctx(), r.Browser, dawn), problem.NotFound)
		_, err = w.SignInByBrowser(w.ctx(), r.Link)
		w.fails(err, problem.NotFound)
		w.must(w.AddSignIn(w.ctx(), auth.SignIn{Browser: sha256.Sum256([]byte(w.id())), CreatedAt: dawn.Add(25 * time.Hour), EndsAt: dawn.Add(26 * time.Hour)}))
		_, err = w.SignInByBrowser(w.ctx(), r.Browser)
		w.fails(err, problem.NotFound)
	},
	"counts together for all instances, from anew in each window": func(w *world) {
		key := sha256.Sum256([]byte("key"))
		window := dawn.Truncate(time.Hour)
		var all sync.WaitGroup
		for range 4 {
			instance := w.open()
			all.Go(func() {
				for range 5 {
					_, err := instance.Count(w.ctx(), key, window)
					w.must(err)
				}
			})
		}
		all.Wait()
		n, err := w.Count(w.ctx(), key, window)
		w.must(err)
		w.same(n, 21)
		n, err = w.Count(w.ctx(), key, window.Add(time.Hour))
		w.must(err)
		w.same(n, 1)
	},
}
