package storetest

import "ramure/internal/problem"

var jwtPromises = map[string]func(*world){
	"is the first that was kept": func(w *world) {
		id := w.award(w.atelier).ID
		_, err := w.JWT(w.ctx(), id)
		w.fails(err, problem.NotFound)
		kept, err := w.KeepJWT(w.ctx(), id, "a.b.c", thumbprint("jwt"), dawn)
		w.must(err)
		w.same(kept, "a.b.c")
		kept, err = w.open().KeepJWT(w.ctx(), id, "d.e.f", thumbprint("jwt"), dawn)
		w.must(err)
		w.same(kept, "a.b.c")
		read, err := w.JWT(w.ctx(), id)
		w.must(err)
		w.same(read, "a.b.c")
	},
	"needs an award": func(w *world) {
		_, err := w.KeepJWT(w.ctx(), "0000000000000000000000", "a.b.c", thumbprint("jwt"), dawn)
		w.fails(err, problem.NotFound)
	},
}
