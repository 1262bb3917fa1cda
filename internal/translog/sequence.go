package translog

import (
	"context"
	"time"

	"ramure/internal/problem"
)

// Batch is how many leaves one run of Sequence takes at most.
const Batch = 5_000

// backwards is how far the clock may stand before the last checkpoint: the
// clocks of two instances differ a little.
const backwards = time.Second

// Tx is what Sequence asks of the store. All of it happens in one transaction
// of the database; nothing of it lasts when Sequence fails.
type Tx interface {
	// Head gives the head and locks its row until the transaction ends, so
	// that no other instance sequences meanwhile. EmptyHead at the beginning.
	Head(ctx context.Context) (Head, error)
	// LastCheckpoint gives the checkpoint of greatest size; problem.NotFound
	// when none was ever stored.
	LastCheckpoint(ctx context.Context) (Checkpoint, error)
	// Pending gives up to limit leaves that have no place, oldest first, in an
	// order that does not change.
	Pending(ctx context.Context, limit int) ([]PendingLeaf, error)
	NodeReader
	// AddNodes stores nodes at the positions first, first+1, …, all new.
	AddNodes(ctx context.Context, first int64, hashes []Hash) error
	// Assign gives the leaves of these keys the places first, first+1, ….
	Assign(ctx context.Context, keys []string, first int64) error
	// AddCheckpoint stores a checkpoint; a second one of the same size is a
	// problem.Conflict.
	AddCheckpoint(ctx context.Context, cp Checkpoint) error
	// SetHead replaces the head; problem.Conflict when the stored one is not old.
	SetHead(ctx context.Context, old, new Head) error
}

// PendingLeaf is a leaf that waits for its place.
type PendingLeaf struct {
	Key  string // the store's own, for Assign
	Data []byte // as Leaf.Marshal wrote it
	Hash Hash   // LeafHash of Data, recorded when it was written: a byte that changed since is seen
}

// Result says what one run did.
type Result struct {
	Checkpoint *Checkpoint // nil when there was nothing to sign
	First      int64       // place of the first leaf
	Count      int         // leaves that got a place
	More       bool        // as many as the limit: run again at once
}

// Sequence gives pending leaves their places and signs the new head. It signs
// only on top of what it recomputed: the stored nodes must give the root of the
// head, and the head must be the one of the last checkpoint that we signed;
// otherwise it fails with ErrDiverged. A clock more than a second before that
// checkpoint is ErrClock. With nothing pending it does nothing, but for the
// checkpoint of an empty log, which it signs once.
//
// now is asked after the head's row is locked, so that waiting for the lock
// cannot make an older instant follow a newer one. limit is bounded by Batch.
func Sequence(ctx context.Context, tx Tx, signer *Signer, now func() time.Time, limit int) (Result, error) {
	if limit < 1 || limit > Batch {
		limit = Batch
	}
	head, err := tx.Head(ctx)
	if err != nil {
		return Result{}, err
	}
	pending, err := tx.Pending(ctx, limit)
	if err != nil || (len(pending) == 0 && head.Size > 0) {
		return Result{}, err
	}
	last, err := lastSigned(ctx, tx, signer, head)
	if err != nil || (len(pending) == 0 && last != nil) {
		return Result{}, err
	}
	at, err := tick(last, now())
	if err != nil {
		return Result{}, err
	}
	return extend(ctx, tx, signer, head, pending, at, limit)
}

// lastSigned gives the last checkpoint, nil when the log is new. It must be
// ours and of this very head: who changed leaves, nodes and head alike still
// lacks our signature.
func lastSigned(ctx context.Context, tx Tx, signer *Signer, head Head) (*Checkpoint, error) {
	last, err := tx.LastCheckpoint(ctx)
	if problem.Is(err, problem.NotFound) {
		if head != EmptyHead() {
			return nil, diverged("a head of %d leaves without any checkpoint", head.Size)
		}
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	signed, err := signedByUs(last.Note, signer.publics())
	if err != nil {
		return nil, diverged("the last checkpoint is not signed by the key of this log: %w", err)
	}
	if signed.Head != head || last.Head != head {
		return nil, diverged("the head of %d leaves is not that of the last checkpoint, of %d", head.Size, signed.Size)
	}
	return &last, nil
}

// tick is the time of the new checkpoint, never before that of the last.
func tick(last *Checkpoint, now time.Time) (time.Time, error) {
	if last == nil || now.After(last.At) {
		return now, nil
	}
	if last.At.Sub(now) > backwards {
		return time.Time{}, problem.Wrap(problem.Unavailable, keyClock, ErrClock)
	}
	return last.At, nil
}

// extend computes the new tree, signs it, and only then writes.
func extend(ctx context.Context, tx Tx, signer *Signer, head Head, pending []PendingLeaf, at time.Time, limit int) (Result, error) {
	tree, err := regrow(ctx, tx, head)
	if err != nil {
		return Result{}, err
	}
	keys, err := tree.take(pending)
	if err != nil {
		return Result{}, err
	}
	grown, err := tree.head()
	if err != nil {
		return Result{}, err
	}
	cp, err := signer.Checkpoint(grown, at)
	if err != nil {
		return Result{}, err
	}
	if err := write(ctx, tx, head, tree, keys, cp); err != nil {
		return Result{}, err
	}
	return Result{Checkpoint: &cp, First: head.Size, Count: len(keys), More: len(keys) == limit}, nil
}

// take adds the leaves to the tree, each after its grammar and its recorded
// hash were checked, and answers their keys in order.
func (g *growth) take(pending []PendingLeaf) ([]string, error) {
	keys := make([]string, len(pending))
	for i, p := range pending {
		if _, err := ParseLeaf(p.Data); err != nil {
			return nil, diverged("pending leaf %s: %w", p.Key, err)
		}
		hash := LeafHash(p.Data)
		if hash != p.Hash {
			return nil, diverged("pending leaf %s is not the one that was written", p.Key)
		}
		if err := g.add(hash); err != nil {
			return nil, err
		}
		keys[i] = p.Key
	}
	return keys, nil
}

func write(ctx context.Context, tx Tx, old Head, tree *growth, keys []string, cp Checkpoint) error {
	if err := tx.AddCheckpoint(ctx, cp); err != nil || len(keys) == 0 {
		return err
	}
	if err := tx.AddNodes(ctx, tree.first, tree.fresh); err != nil {
		return err
	}
	if err := tx.Assign(ctx, keys, old.Size); err != nil {
		return err
	}
	return tx.SetHead(ctx, old, cp.Head)
}
