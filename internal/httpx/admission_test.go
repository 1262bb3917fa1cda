package httpx

import (
	"context"
	"net/http"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
)

// A lane lets in as many as it has places, keeps as many waiting as it has
// room for, and refuses the rest at once.
func TestLaneRefusesWhatIsTooMuch(t *testing.T) {
	t.Parallel()
	l := newLane(LaneLimit{Places: 2, Waiting: 1, Patience: time.Hour})
	for range 2 {
		if !l.enter(t.Context()) {
			t.Fatal("a free place was refused")
		}
	}
	let := make(chan bool)
	go func() { let <- l.enter(t.Context()) }()
	for l.waiting.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	if l.enter(t.Context()) {
		t.Fatal("a request beyond places and waiting room was let in")
	}
	l.leave()
	if !<-let {
		t.Fatal("the one that waited did not get the place that came free")
	}
}

// Waiting ends with the lane's patience, and with the caller's.
func TestLaneWaitsNoLongerThanItsPatience(t *testing.T) {
	t.Parallel()
	l := newLane(LaneLimit{Places: 1, Waiting: 8, Patience: time.Millisecond})
	if !l.enter(t.Context()) || l.enter(t.Context()) {
		t.Fatal("one place, one request")
	}
	patient := newLane(LaneLimit{Places: 1, Waiting: 8, Patience: time.Hour})
	gone, leave := context.WithCancel(t.Context())
	leave()
	if !patient.enter(t.Context()) || patient.enter(gone) {
		t.Fatal("a caller who left was let in")
	}
	if n := patient.waiting.Load(); n != 0 {
		t.Errorf("%d still counted as waiting", n)
	}
}

// However many come at once, never more than its places are inside.
func TestLaneNeverHoldsMoreThanItsPlaces(t *testing.T) {
	t.Parallel()
	l := newLane(LaneLimit{Places: 3, Waiting: 1000, Patience: time.Hour})
	var inside, most int
	var mu sync.Mutex
	var group sync.WaitGroup
	for range 200 {
		group.Go(func() {
			if !l.enter(t.Context()) {
				t.Error("refused with room to wait")
				return
			}
			defer l.leave()
			mu.Lock()
			inside++
			most = max(most, inside)
			mu.Unlock()
			time.Sleep(time.Microsecond)
			mu.Lock()
			inside--
			mu.Unlock()
		})
	}
	group.Wait()
	if most > 3 || most < 1 {
		t.Errorf("%d were inside at once, of 3 places", most)
	}
}

// On one processor, work that never waits would be done one request after the
// other, and the lane would never look full, however many come at once.
func TestHeavyWorkGivesWayToThoseWhoCame(t *testing.T) {
	before := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(before)
	h := newHall(t, func(c *Config) {
		c.Lanes = map[Lane]LaneLimit{Writing: {Places: 2, Waiting: 2, Patience: time.Hour, Heavy: true}}
	}, Route{Method: "POST", Path: "/write", Policy: Public, Body: SmallBody, Lane: Writing, Handler: func(c *gin.Context) { OK(c, 1) }})
	const crowd = 50
	statuses := make([]int, crowd)
	var group sync.WaitGroup
	for n := range crowd {
		group.Go(func() { statuses[n] = h.ask(t, "POST", "/write", nil).Code })
	}
	group.Wait()
	served := 0
	for _, status := range statuses {
		if status == http.StatusOK {
			served++
		}
	}
	if served < 4 || served > crowd/2 {
		t.Errorf("%d of %d were served by a lane of 2 places and as many waiting", served, crowd)
	}
}
