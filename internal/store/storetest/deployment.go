package storetest

import (
	"ramure/internal/problem"
	"ramure/internal/store"
)

var deploymentPromises = map[string]func(*world){
	"is founded once": func(w *world) {
		_, err := w.Deployment(w.ctx())
		w.fails(err, problem.NotFound)
		first := store.Deployment{BaseURL: "https://example.org", KeyCheck: []byte{0, 1, 255}, CreatedAt: cut(dawn)}
		w.must(w.Found(w.ctx(), first))
		w.fails(w.open().Found(w.ctx(), store.Deployment{BaseURL: "https://example.com", KeyCheck: []byte("other"),
			CreatedAt: dawn}), problem.Conflict)
		got, err := w.open().Deployment(w.ctx())
		w.must(err)
		w.same(got, first)
	},
	"can be given another base URL": func(w *world) {
		w.fails(w.Rebase(w.ctx(), "https://example.com"), problem.NotFound)
		w.must(w.Found(w.ctx(), store.Deployment{BaseURL: "https://example.org", KeyCheck: []byte("check"), CreatedAt: dawn}))
		w.raises(true, func() { w.must(w.Rebase(w.ctx(), "https://example.com")) })
		got, err := w.Deployment(w.ctx())
		w.must(err)
		w.same(got.BaseURL, "https://example.com")
	},
}
