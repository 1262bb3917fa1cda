package httpx

import (
	"sync"
	"time"

	"ramure/internal/problem"
)

// Turns lets each key do a few things at a time: a visitor whose uploads creep in
// keeps none of the others waiting. What it remembers is as much as is under way.
type Turns struct {
	most int

	mu   sync.Mutex
	held map[string]int
}

// NewTurns lets each key have so many turns at once.
func NewTurns(most int) *Turns { return &Turns{most: most, held: map[string]int{}} }

// turnPause is when somebody whose turns are all taken should come back.
const turnPause = 5 * time.Second

// Enter takes a turn for a key (ClientAddress), to be given back once, or answers a
// problem.TooMany.
func (t *Turns) Enter(key string) (leave func(), err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.held[key] >= t.most {
		return nil, problem.New(problem.TooMany, "error.turns").After(turnPause)
	}
	t.held[key]++
	return func() { t.leave(key) }, nil
}

func (t *Turns) leave(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.held[key]--; t.held[key] == 0 {
		delete(t.held, key)
	}
}
