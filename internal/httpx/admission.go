package httpx

import (
	"context"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/problem"
)

// Lane is a part of the service that has places of its own: a flood in one
// lane leaves the others alive.
type Lane string

// The lanes. Reading is the zero value: verification pages, credentials, keys,
// status lists, the log.
const (
	Reading Lane = ""
	Writing Lane = "writing" // what signs and stores
	// Verifying is for what strangers hand in: larger bodies, and work whose size they
	// choose.
	Verifying Lane = "verifying"
)

// LaneLimit bounds one lane.
type LaneLimit struct {
	Places   int           // requests under way at once
	Waiting  int           // requests that may wait for a place
	Patience time.Duration // how long one waits before it is refused
	Heavy    bool          // the work takes much processor time
}

// lane holds the places of one lane. Beyond places and waiting room a request
// is refused at once, before its body is read: refusing must stay cheap.
type lane struct {
	limit   LaneLimit
	places  chan struct{}
	waiting atomic.Int64
	refused atomic.Int64
}

func newLane(limit LaneLimit) *lane {
	return &lane{limit: limit, places: make(chan struct{}, limit.Places)}
}

func newLanes(limits map[Lane]LaneLimit) map[Lane]*lane {
	lanes := map[Lane]*lane{}
	for name, limit := range limits {
		lanes[name] = newLane(limit)
	}
	return lanes
}

// enter takes a place, and reports whether there was one in time.
func (l *lane) enter(ctx context.Context) bool {
	select {
	case l.places <- struct{}{}:
		return true
	default:
	}
	if l.waiting.Add(1) > int64(l.limit.Waiting) {
		l.waiting.Add(-1)
		return false
	}
	defer l.waiting.Add(-1)
	timer := time.NewTimer(l.limit.Patience)
	defer timer.Stop()
	select {
	case l.places <- struct{}{}:
		return true
	case <-timer.C:
	case <-ctx.Done():
	}
	return false
}

func (l *lane) leave() { <-l.places }

// full reports whether a request that came now would be refused at once.
func (l *lane) full() bool {
	return len(l.places) == cap(l.places) && l.waiting.Load() >= int64(l.limit.Waiting)
}

// busyPause is when a refused caller should come back.
const busyPause = time.Second

// busy is the refusal of a request that finds no place. Nothing was read and
// nothing was done.
func busy() *problem.Error {
	return problem.New(problem.Unavailable, "error.busy").After(busyPause)
}

// admit lets a request into its lane, or answers 503 with Retry-After.
//
// Heavy work gives way once before it begins, so that all who have come meanwhile
// find their places or are refused: processors that are busy would otherwise take
// one request after the other, each to its end, and the crowd would wait outside,
// where nobody counts it.
func (e *Engine) admit(c *gin.Context) {
	l, bounded := e.lanes[of(c).route.Lane]
	if !bounded {
		return
	}
	if !l.enter(c.Request.Context()) {
		l.refused.Add(1)
		Fail(c, busy())
		return
	}
	defer l.leave()
	if l.limit.Heavy {
		runtime.Gosched()
	}
	c.Next()
}
