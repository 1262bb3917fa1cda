package qr

import (
	"fmt"

	"github.com/skip2/go-qrcode"

	"ramure/internal/problem"
)

// Capacities of version 40 for bytes (ISO/IEC 18004, table 7).
const (
	MaxContent = 2953 // level L: the most that any code holds
	maxLevelM  = 2331
)

// QuietZone is the width of the empty border, in modules, on each side.
const QuietZone = 4

// Code is a drawn matrix, quiet zone included. It does not change.
type Code struct {
	modules [][]bool // rows of modules, true where dark
	version int
}

// New makes the code of an address. Errors: problem.Invalid for an empty text
// or one that is not printable ASCII, problem.TooLarge beyond MaxContent bytes.
func New(address string) (Code, error) {
	if err := check(address); err != nil {
		return Code{}, err
	}
	level := qrcode.Medium
	if len(address) > maxLevelM {
		level = qrcode.Low
	}
	drawn, err := qrcode.New(address, level)
	if err != nil {
		return Code{}, fmt.Errorf("draw the code: %w", err)
	}
	return Code{modules: drawn.Bitmap(), version: drawn.VersionNumber}, nil
}

// Version is the size class of the code, 1 to 40. A card of 25 mm wants 6 at
// the most.
func (c Code) Version() int { return c.version }

// Width is the number of modules of a side, quiet zone included.
func (c Code) Width() int { return len(c.modules) }

func check(address string) error {
	if len(address) > MaxContent {
		return problem.New(problem.TooLarge, "error.qr.tooLarge").With("limit", fmt.Sprint(MaxContent))
	}
	if address == "" {
		return problem.New(problem.Invalid, "error.qr.empty")
	}
	for i := range len(address) {
		if address[i] < 0x20 || address[i] > 0x7e {
			return problem.New(problem.Invalid, "error.qr.characters")
		}
	}
	return nil
}
