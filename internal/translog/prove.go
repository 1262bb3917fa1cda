package translog

import (
	"context"

	"golang.org/x/mod/sumdb/tlog"

	"ramure/internal/problem"
)

// Inclusion gives the path from the leaf at index to the root of the tree of
// that size, the leaf's sibling first (RFC 6962 §2.1.1). An index or a size
// that cannot be is problem.NotFound.
func Inclusion(ctx context.Context, nodes NodeReader, index, size int64) ([]Hash, error) {
	if index < 0 || index >= size || size > MaxSize {
		return nil, problem.New(problem.NotFound, keyOutside)
	}
	return tlog.ProveRecord(size, index, hashReader(ctx, nodes))
}

// CheckInclusion verifies that the tree of that head has the leaf hash at index.
func CheckInclusion(path []Hash, head Head, index int64, leaf Hash) error {
	if index < 0 || index >= head.Size || head.Size > MaxSize {
		return refused(keyNotIncluded, "the index is outside of the tree")
	}
	if err := tlog.CheckRecord(path, head.Size, head.Root, index, leaf); err != nil {
		return refused(keyNotIncluded, "%w", err)
	}
	return nil
}

// Consistency gives the proof that the tree of size newer begins with all of
// the tree of size older (RFC 6962 §2.1.2); it is empty from nothing.
func Consistency(ctx context.Context, nodes NodeReader, older, newer int64) ([]Hash, error) {
	if older < 0 || older > newer || newer > MaxSize {
		return nil, problem.New(problem.NotFound, keyOutside)
	}
	if older == 0 {
		return nil, nil
	}
	return tlog.ProveTree(newer, older, hashReader(ctx, nodes))
}

// CheckConsistency verifies that newer begins with all of older. A log that was
// rolled back or rewritten is problem.Invalid.
func CheckConsistency(proof []Hash, older, newer Head) error {
	if older.Size > newer.Size || older.Size < 0 || newer.Size > MaxSize {
		return refused(keyForked, "the newer tree is the smaller one")
	}
	if older.Size == 0 {
		if len(proof) != 0 || older != EmptyHead() || (newer.Size == 0 && newer != older) {
			return refused(keyForked, "not the proof from an empty tree")
		}
		return nil
	}
	if err := tlog.CheckTree(proof, newer.Size, newer.Root, older.Size, older.Root); err != nil {
		return refused(keyForked, "%w", err)
	}
	return nil
}

// Prove makes the proof that the leaf at index is in the tree of a signed
// checkpoint, with what opens it. It verifies the path before it answers: stored
// nodes gone wrong are ErrDiverged here, and not a proof that fails elsewhere.
// The checkpoint is one of ours; its signature is not looked at.
func Prove(ctx context.Context, nodes NodeReader, signed []byte, index int64, leaf []byte, opening Opening) (Proof, error) {
	cp, err := ParseCheckpoint(signed)
	if err != nil {
		return Proof{}, err
	}
	path, err := Inclusion(ctx, nodes, index, cp.Size)
	if err != nil {
		return Proof{}, err
	}
	if err := CheckInclusion(path, cp.Head, index, LeafHash(leaf)); err != nil {
		return Proof{}, diverged("leaf %d in the tree of %d: %w", index, cp.Size, err)
	}
	extra, err := opening.Marshal()
	if err != nil {
		return Proof{}, err
	}
	return Proof{Extra: extra, Index: index, Path: path, Checkpoint: signed}, nil
}
