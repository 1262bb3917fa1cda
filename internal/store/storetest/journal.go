package storetest

import (
	"ramure/internal/award"
	"ramure/internal/journal"
)

var journalPromises = map[string]func(*world){
	"tells what was done and what was awarded, newest first, page by page": func(w *world) {
		var want []journal.Entry
		for range 5 {
			e := w.entry(journal.RoleGiven, "user:a", "atelier")
			e.Detail, e.From = "mediator", "192.0.2.0/24"
			w.must(w.WriteEntry(w.ctx(), e))
			want = append([]journal.Entry{e}, want...)
		}
		w.must(w.WriteEntry(w.ctx(), w.entry(journal.RoleGiven, "user:a", "phare")))
		w.must(w.WriteEntry(w.ctx(), w.entry(journal.SessionOpened, "user:a", "")))
		r := w.record(w.atelier)
		_, err := w.RecordAward(w.ctx(), w.atelier.scope, r)
		w.must(err)
		var got []journal.Entry
		q := journal.Question{Venues: []string{"atelier"}, Limit: 2}
		for range 10 {
			entries, next, err := w.Entries(w.ctx(), q)
			w.must(err)
			got = append(got, entries...)
			if q.Cursor = next; next == "" {
				break
			}
		}
		award := journal.Entry{At: r.IssuedAt, Actor: r.IssuedBy, Act: journal.AwardIssued, Venue: "atelier", Subject: string(r.ID)}
		w.same(got, append([]journal.Entry{award}, want...))
	},
	"is of those venues alone, of that actor, between two moments": func(w *world) {
		a, b := w.entry(journal.RoleGiven, "user:a", "atelier"), w.entry(journal.RoleGiven, "user:b", "phare")
		c := w.entry(journal.SessionOpened, "user:a", "")
		for _, e := range []journal.Entry{a, b, c} {
			w.must(w.WriteEntry(w.ctx(), e))
		}
		for name, q := range map[string]struct {
			journal.Question
			want []journal.Entry
		}{
			"no venue":    {journal.Question{}, []journal.Entry{}},
			"another":     {journal.Question{Venues: []string{"nowhere"}}, []journal.Entry{}},
			"two":         {journal.Question{Venues: []string{"phare", "atelier"}}, []journal.Entry{b, a}},
			"all":         {journal.Question{All: true}, []journal.Entry{c, b, a}},
			"of an actor": {journal.Question{All: true, Actor: "user:a"}, []journal.Entry{c, a}},
			"since":       {journal.Question{All: true, Since: b.At}, []journal.Entry{c, b}},
			"until":       {journal.Question{All: true, Until: b.At}, []journal.Entry{a}},
		} {
			got, next, err := w.Entries(w.ctx(), q.Question)
			w.must(err)
			if next != "" {
				w.Errorf("%s: more to come", name)
			}
			w.same(got, q.want)
		}
	},
	"tells a revocation with its reason": func(w *world) {
		r := w.record(w.phare)
		_, err := w.RecordAward(w.ctx(), w.phare.scope, r)
		w.must(err)
		taken := w.revoke(w.phare, r.ID)
		entries, _, err := w.Entries(w.ctx(), journal.Question{Venues: []string{"phare"}, Limit: 1})
		w.must(err)
		if len(entries) != 1 || entries[0].Act != journal.AwardRevoked || entries[0].Detail != taken.Reason || award.ID(entries[0].Subject) != r.ID {
			w.Errorf("%+v", entries)
		}
	},
}
