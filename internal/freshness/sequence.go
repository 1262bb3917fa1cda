package freshness

import (
	"sync"
	"time"
)

// Limit is how long a change made on another instance may stay unseen here.
const Limit = time.Second

// Sequence is what a process knows of the change sequence. It is safe for
// concurrent use.
type Sequence struct {
	now func() time.Time

	mutex sync.Mutex
	value int64
	asOf  time.Time // when value was certainly the last one; zero before the first Learn
}

// NewSequence makes a Sequence that knows nothing yet.
func NewSequence(now func() time.Time) *Sequence { return &Sequence{now: now} }

// Learn takes what the database answered to a question that was asked at a
// moment.
func (s *Sequence) Learn(value int64, asked time.Time) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.value = max(s.value, value)
	if asked.After(s.asOf) {
		s.asOf = asked
	}
}

// Raise takes the number that a change of this process was committed under. It
// is called before anybody is told of the change.
func (s *Sequence) Raise(value int64) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.value = max(s.value, value)
}

// Current gives the number, and whether no other one can be older than Limit: a
// clock that went back leaves that open too.
func (s *Sequence) Current() (value int64, known bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	age := s.now().Sub(s.asOf)
	return s.value, !s.asOf.IsZero() && age >= 0 && age < Limit
}
