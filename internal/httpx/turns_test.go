package httpx

import (
	"testing"

	"ramure/internal/problem"
)

// Each key has its turns, gets them back, and is forgotten when it has none.
func TestTurns(t *testing.T) {
	t.Parallel()
	turns := NewTurns(2)
	first, err := turns.Enter("a")
	if err != nil {
		t.Fatal(err)
	}
	second, err := turns.Enter("a")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := turns.Enter("a"); !problem.Is(err, problem.TooMany) {
		t.Errorf("a third turn: %v", err)
	}
	other, err := turns.Enter("b")
	if err != nil {
		t.Errorf("another key waits for the first: %v", err)
	}
	first()
	if again, err := turns.Enter("a"); err != nil {
		t.Errorf("a turn that was given back is not there: %v", err)
	} else {
		again()
	}
	second()
	other()
	if len(turns.held) != 0 {
		t.Errorf("%v is remembered of those who left", turns.held)
	}
}
