package storetest

import (
	"fmt"
	"sync"
	"time"

	"ramure/internal/job"
	"ramure/internal/problem"
)

// job is due so many minutes after dawn.
func (w *world) job(minutes int) job.Job {
	w.Helper()
	j := job.Job{ID: w.id(), Kind: "mail.send", Payload: []byte{0, 1, 2}, CreatedAt: cut(dawn), RunAt: cut(dawn.Add(time.Duration(minutes) * time.Minute))}
	w.must(w.AddJob(w.ctx(), j))
	return j
}

var jobPromises = map[string]func(*world){
	"is claimed when due, the oldest first, and comes back when its lease ends": func(w *world) {
		late, early := w.job(2), w.job(1)
		_, err := w.ClaimJob(w.ctx(), dawn, time.Minute)
		w.fails(err, problem.NotFound)
		now := dawn.Add(3 * time.Minute)
		for _, want := range []job.Job{early, late} {
			want.Tries = 1
			got, err := w.open().ClaimJob(w.ctx(), now, time.Minute)
			w.must(err)
			w.same(got, want)
		}
		_, err = w.ClaimJob(w.ctx(), now.Add(time.Minute-time.Second), time.Minute)
		w.fails(err, problem.NotFound)
		got, err := w.ClaimJob(w.ctx(), now.Add(time.Minute), time.Minute)
		w.must(err)
		if got.ID != early.ID || got.Tries != 2 {
			w.Errorf("%+v", got)
		}
	},
	"goes when it is done": func(w *world) {
		j := w.job(0)
		w.must(w.FinishJob(w.ctx(), j.ID))
		w.must(w.FinishJob(w.ctx(), j.ID))
		_, err := w.ClaimJob(w.ctx(), dawn.Add(time.Hour), time.Minute)
		w.fails(err, problem.NotFound)
	},
	"waits for its next try, dies, and is tried again": func(w *world) {
		j := w.job(0)
		now := dawn.Add(time.Minute)
		_, err := w.ClaimJob(w.ctx(), now, time.Hour)
		w.must(err)
		w.must(w.RetryJob(w.ctx(), j.ID, now.Add(time.Minute), "away"))
		_, err = w.ClaimJob(w.ctx(), now, time.Hour)
		w.fails(err, problem.NotFound)
		got, err := w.ClaimJob(w.ctx(), now.Add(time.Minute), time.Hour)
		w.must(err)
		if got.Tries != 2 || got.Reason != "away" {
			w.Errorf("%+v", got)
		}
		w.must(w.BuryJob(w.ctx(), j.ID, now, "never"))
		_, err = w.ClaimJob(w.ctx(), now.Add(24*time.Hour), time.Hour)
		w.fails(err, problem.NotFound)
		dead, err := w.DeadJobs(w.ctx())
		w.must(err)
		if len(dead) != 1 || dead[0].ID != j.ID || dead[0].Reason != "never" {
			w.Errorf("%+v", dead)
		}
		w.must(w.ReviveJob(w.ctx(), j.ID, now))
		w.fails(w.ReviveJob(w.ctx(), j.ID, now), problem.NotFound)
		_, err = w.ClaimJob(w.ctx(), now, time.Hour)
		w.must(err)
	},
	"is summed up": func(w *world) {
		first := w.job(1)
		w.job(90)
		dead := w.job(0)
		w.must(w.BuryJob(w.ctx(), dead.ID, dawn, "x"))
		got, err := w.JobState(w.ctx(), dawn.Add(time.Hour))
		w.must(err)
		w.same(got, job.State{Waiting: 2, Oldest: &first.RunAt, Dead: 1})
		got, err = w.JobState(w.ctx(), dawn.Add(-time.Hour))
		w.must(err)
		w.same(got, job.State{Waiting: 2, Dead: 1})
	},
	"is claimed by one of many": func(w *world) {
		const jobs = 40
		for range jobs {
			w.job(0)
		}
		var mu sync.Mutex
		taken := map[string]int{}
		var all sync.WaitGroup
		for range 4 {
			instance := w.open()
			all.Go(func() {
				for range 2 * jobs {
					j, err := instance.ClaimJob(w.ctx(), dawn.Add(time.Hour), time.Hour)
					if problem.Is(err, problem.NotFound) {
						continue
					}
					w.must(err)
					mu.Lock()
					taken[j.ID]++
					mu.Unlock()
				}
			})
		}
		all.Wait()
		for id, n := range taken {
			if n != 1 {
				w.Error(fmt.Sprintf("job %s was claimed %d times", id, n))
			}
		}
		w.same(len(taken), jobs)
	},
}
