package translog

import (
	"errors"
	"fmt"

	"ramure/internal/problem"
)

// Message keys of the failures of this room.
const (
	keyLeaf        = "error.log.leaf"
	keyCheckpoint  = "error.log.checkpoint"
	keyProof       = "error.log.proof"
	keyPolicy      = "error.log.policy"
	keyTile        = "error.log.tile"
	keyOutside     = "error.log.outside"
	keyUntrusted   = "error.log.untrusted"
	keyQuorum      = "error.log.quorum"
	keyNotIncluded = "error.log.notIncluded"
	keyForked      = "error.log.forked"
	keyDiverged    = "error.log.diverged"
	keyClock       = "error.log.clock"
	keySigner      = "error.log.signer"
	keyNote        = "error.log.note"
)

// ErrDiverged says that what is stored contradicts itself or what was signed
// before. Nothing was signed: the log stays as it is until someone has looked.
var ErrDiverged = errors.New("translog: the stored log contradicts itself")

// ErrClock says that the clock stands before the last checkpoint. Nothing was
// signed; it mends itself when the clock does.
var ErrClock = errors.New("translog: the clock went back")

// malformed is a text that breaks its grammar. The reason never repeats the
// text, which may be anybody's.
func malformed(key, format string, args ...any) error {
	return problem.Wrap(problem.Malformed, key, fmt.Errorf(format, args...))
}

// refused is a readable text that proves nothing.
func refused(key, format string, args ...any) error {
	return problem.Wrap(problem.Invalid, key, fmt.Errorf(format, args...))
}

// diverged is a contradiction in what we stored ourselves.
func diverged(format string, args ...any) error {
	return problem.Wrap(problem.Internal, keyDiverged,
		fmt.Errorf("%w: %w", ErrDiverged, fmt.Errorf(format, args...)))
}
