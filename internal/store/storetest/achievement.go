package storetest

import (
	"fmt"
	"time"

	"ramure/internal/award"
	"ramure/internal/problem"
	"ramure/internal/translog"
)

var achievementPromises = map[string]func(*world){
	"is read as it was written": func(w *world) {
		want := w.achievement("atelier")
		w.raises(true, func() {
			w.must(w.AddAchievement(w.ctx(), w.atelier.scope, want, w.leaf(translog.KindAchievement, "atelier")))
		})
		got, err := w.Achievement(w.ctx(), w.atelier.scope, want.ID)
		w.must(err)
		w.same(got, want)
		got, err = w.open().PublicAchievement(w.ctx(), want.ID, 0)
		w.must(err)
		w.same(got, want)
	},
	"with nothing but its name is read as it was written": func(w *world) {
		want := w.achievement("atelier")
		want.Definition = award.Definition{Name: "Nu", Type: "Badge"}
		w.must(w.AddAchievement(w.ctx(), w.atelier.scope, want, w.leaf(translog.KindAchievement, "atelier")))
		got, err := w.Achievement(w.ctx(), w.atelier.scope, want.ID)
		w.must(err)
		w.same(got, want)
	},
	"is refused a second time and for a venue that is not there": func(w *world) {
		a := w.achievement("atelier")
		leaf := w.leaf(translog.KindAchievement, "atelier")
		w.must(w.AddAchievement(w.ctx(), w.atelier.scope, a, leaf))
		w.fails(w.AddAchievement(w.ctx(), w.atelier.scope, a, leaf), problem.Conflict)
		w.fails(w.AddAchievement(w.ctx(), place{}.scope, w.achievement(""), leaf), problem.NotFound)
	},
	"grows by one version at a time": growsByOne,
	"is withdrawn once": func(w *world) {
		at := award.Withdrawal{At: cut(dawn), By: "operator", Reason: "remplacé"}
		w.raises(true, func() { w.must(w.Withdraw(w.ctx(), w.atelier.scope, w.atelier.achievement, at)) })
		again := award.Withdrawal{At: dawn.Add(time.Hour), By: "someone", Reason: "encore"}
		w.fails(w.Withdraw(w.ctx(), w.atelier.scope, w.atelier.achievement, again), problem.Conflict, "error.achievement.withdrawn")
		got, err := w.PublicAchievement(w.ctx(), w.atelier.achievement, 0)
		w.must(err)
		w.same(got.Withdrawal, &at)
		w.fails(w.Withdraw(w.ctx(), w.atelier.scope, "nothing", at), problem.NotFound)
	},
	"is offered until it is withdrawn": func(w *world) {
		kept := w.achievement("atelier")
		w.must(w.AddAchievement(w.ctx(), w.atelier.scope, kept, w.leaf(translog.KindAchievement, "atelier")))
		w.must(w.Withdraw(w.ctx(), w.atelier.scope, w.atelier.achievement, award.Withdrawal{At: dawn, By: "x", Reason: "y"}))
		offered, err := w.PublicAchievements(w.ctx(), "atelier", 10)
		w.must(err)
		w.same(offered, []award.Achievement{kept})
	},
	"is listed page by page, newest first": listsAchievements,
}

func growsByOne(w *world) {
	id, s := w.atelier.achievement, w.atelier.scope
	first, err := w.Achievement(w.ctx(), s, id)
	w.must(err)
	second := first
	second.Version, second.Document, second.CreatedAt = 2, []byte("second"), cut(dawn.Add(time.Hour))
	second.Definition.Name = "Écrire deux courriels"
	leaf := w.leaf(translog.KindAchievement, "atelier")
	w.raises(true, func() { w.must(w.AddVersion(w.ctx(), s, second, leaf)) })
	w.fails(w.AddVersion(w.ctx(), s, second, leaf), problem.Conflict)
	skipping := second
	skipping.Version = 4
	w.fails(w.AddVersion(w.ctx(), s, skipping, leaf), problem.Conflict)
	for version, want := range map[int]award.Achievement{0: second, 1: first, 2: second} {
		got, err := w.PublicAchievement(w.ctx(), id, version)
		w.must(err)
		w.same(got, want)
	}
	for _, version := range []int{-1, 3, 4} {
		_, err = w.PublicAchievement(w.ctx(), id, version)
		w.fails(err, problem.NotFound)
	}
}

func listsAchievements(w *world) {
	want := []award.AchievementID{w.atelier.achievement}
	at := cut(dawn.Add(24 * time.Hour)) // the same instant for all: the id decides
	for range 11 {
		a := w.achievement("atelier")
		a.CreatedAt = at
		w.must(w.AddAchievement(w.ctx(), w.atelier.scope, a, w.leaf(translog.KindAchievement, "atelier")))
		want = append([]award.AchievementID{a.ID}, want...)
	}
	for _, size := range []int{1, 3, 4, 12, 50} {
		var got []award.AchievementID
		cursor := ""
		for pages := 0; pages == 0 || cursor != ""; pages++ {
			items, next, err := w.Achievements(w.ctx(), w.atelier.scope, cursor, size)
			w.must(err)
			for _, a := range items {
				got = append(got, a.ID)
			}
			cursor = next
		}
		w.same(fmt.Sprint(size, got), fmt.Sprint(size, want))
	}
	_, _, err := w.Achievements(w.ctx(), w.atelier.scope, "not a cursor", 3)
	w.fails(err, problem.Invalid)
}
