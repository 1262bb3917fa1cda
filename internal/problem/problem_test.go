package problem

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

var errCause = errors.New("dial tcp 10.0.0.7: refused")

func TestKindOf(t *testing.T) {
	t.Parallel()
	inner := New(NotFound, "error.inner")
	for name, c := range map[string]struct {
		err  error
		kind Kind
	}{
		"nil": {nil, ""}, "a stranger": {errCause, Internal}, "a problem": {New(Gone, "error.x"), Gone},
		"wrapped":                {fmt.Errorf("read: %w", New(Conflict, "error.x")), Conflict},
		"joined":                 {errors.Join(errCause, New(TooLarge, "error.x")), TooLarge},
		"the outer one counts":   {Wrap(Unavailable, "error.x", inner), Unavailable},
		"with an argument":       {New(Invalid, "error.x").With("a", "b"), Invalid},
		"with a time":            {New(TooMany, "error.x").After(time.Second), TooMany},
		"with violations":        {Violated("error.x", Violation{}), Invalid},
		"a cause that is a kind": {fmt.Errorf("%w: %w", errCause, inner), NotFound},
	} {
		if got := KindOf(c.err); got != c.kind {
			t.Errorf("%s: %q, want %q", name, got, c.kind)
		}
		if c.err != nil && (!Is(c.err, c.kind) || Is(c.err, "other")) {
			t.Errorf("%s: Is", name)
		}
	}
	if Is(nil, Internal) {
		t.Error("no error is no failure")
	}
}

// With and After leave what they were called on alone: sentinels are shared.
func TestCopiesAreCopies(t *testing.T) {
	t.Parallel()
	original := New(TooMany, "error.x").With("a", "1")
	changed := original.With("b", "2").With("a", "3").After(time.Minute)
	if len(original.Args) != 1 || original.Args["a"] != "1" || original.RetryAfter != 0 {
		t.Errorf("%+v", original)
	}
	if changed.Args["a"] != "3" || changed.Args["b"] != "2" || changed.RetryAfter != time.Minute || changed.Kind != TooMany {
		t.Errorf("%+v", changed)
	}
}

// The log reads everything; the cause is found through the chain.
func TestErrorForLogs(t *testing.T) {
	t.Parallel()
	err := Wrap(Unavailable, "error.store", errCause)
	if !errors.Is(err, errCause) || !strings.Contains(err.Error(), "10.0.0.7") {
		t.Error(err)
	}
	broken := Violated("error.award.invalid", Violation{"$.level", "levelUnknown", "use another"})
	for _, part := range []string{"error.award.invalid", "invalid", "$.level", "levelUnknown", "use another"} {
		if !strings.Contains(broken.Error(), part) {
			t.Errorf("%q lacks %s", broken, part)
		}
	}
	if errors.Unwrap(New(Gone, "error.x")) != nil {
		t.Error("a cause from nowhere")
	}
}
