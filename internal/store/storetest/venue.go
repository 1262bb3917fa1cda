package storetest

import (
	"ramure/internal/mediation"
	"ramure/internal/problem"
)

var venuePromises = map[string]func(*world){
	"is found by its slug": func(w *world) {
		want := mediation.Venue{Slug: "eric-embrun", Name: "ÉRIC d’Embrun", Commune: "05046", JWTAlg: "ES256", CreatedAt: cut(dawn)}
		w.raises(true, func() { w.must(w.AddVenue(w.ctx(), want)) })
		got, err := w.open().Venue(w.ctx(), "eric-embrun")
		w.must(err)
		w.same(got, want)
		_, err = w.Venue(w.ctx(), "eric")
		w.fails(err, problem.NotFound)
	},
	"keeps its slug to itself": func(w *world) {
		taken := mediation.Venue{Slug: "atelier", Name: "Un autre", Commune: "05046", JWTAlg: "RS256", CreatedAt: dawn}
		w.fails(w.AddVenue(w.ctx(), taken), problem.Conflict, "error.venue.taken")
		got, err := w.Venue(w.ctx(), "atelier")
		w.must(err)
		w.same(got.Name, "Lieu atelier")
	},
	"is listed by name without accents and case": func(w *world) {
		for slug, name := range map[string]string{"a": "Zinc", "b": "école", "c": "Éditions", "d": "edition spéciale", "e": "ABC"} {
			w.must(w.AddVenue(w.ctx(), mediation.Venue{Slug: slug + "-lieu", Name: name, Commune: "13055", JWTAlg: "RS256", CreatedAt: dawn}))
		}
		listed, err := w.Venues(w.ctx())
		w.must(err)
		var names []string
		for _, v := range listed {
			names = append(names, v.Name)
		}
		w.same(names, []string{"ABC", "école", "edition spéciale", "Éditions", "Lieu atelier", "Lieu phare", "Zinc"})
	},
}
