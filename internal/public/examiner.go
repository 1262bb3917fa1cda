package public

import (
	"context"

	"ramure/internal/verifier"
)

// Examiner is what the page that verifies asks of the act of verifying.
type Examiner interface {
	// Examine says of everything that was handed in what it is worth; one thing may
	// hold several badges. It fails as a whole only when nothing could be begun; what
	// is wrong with one thing is in its Err.
	Examine(ctx context.Context, inputs []verifier.Input, o verifier.Options) ([]verifier.Item, error)
	// Receipt writes what was answered, signed by this instance; problem.Unavailable
	// where none are given.
	Receipt(items []verifier.Item) ([]byte, error)
	// CheckReceipt reads a receipt of this instance; it fails for one that is not ours
	// or not intact.
	CheckReceipt(text []byte) (verifier.Receipt, error)
}
