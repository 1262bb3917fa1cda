package jsonld

import (
	"context"
	"fmt"
)

// budget counts work down and looks, now and then, whether anyone still waits
// for the result.
type budget struct {
	ctx  context.Context
	left int
}

// spend takes steps off the budget, or tells why the work must end.
func (b *budget) spend(steps int) error {
	before := b.left
	if b.left -= steps; b.left < 0 {
		return &Error{Err: ErrBudget, Path: "$", Rule: "blankNodes"}
	}
	const between = 256 // steps between two looks
	if before/between == b.left/between {
		return nil
	}
	if cause := b.ctx.Err(); cause != nil {
		return fmt.Errorf("%w: %w", &Error{Err: ErrBudget, Path: "$", Rule: "cancelled"}, cause)
	}
	return nil
}
