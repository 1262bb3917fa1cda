package translog

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"math"
	"time"
)

// Archive is what Fsck reads: all the rows there are, the wrong ones too, as
// one snapshot. Each method gives up to limit rows whose place is from or
// greater, in ascending order; none at the end.
type Archive interface {
	Head(ctx context.Context) (Head, error)
	// LeafRows are placed by Index; leaves without a place are left out.
	LeafRows(ctx context.Context, from int64, limit int) ([]LeafRow, error)
	// NodeRows are placed by Position.
	NodeRows(ctx context.Context, from int64, limit int) ([]NodeRow, error)
	// CheckpointRows are placed by Size.
	CheckpointRows(ctx context.Context, from int64, limit int) ([]Checkpoint, error)
}

// LeafRow is a leaf as it is stored.
type LeafRow struct {
	Index int64
	Kind  Kind // the column beside the bytes
	Data  []byte
	Hash  Hash // as recorded when the leaf was written
}

// NodeRow is a node as it is stored.
type NodeRow struct {
	Position int64
	Hash     Hash
}

// Part says in what a difference was found.
type Part string

// The parts of a stored log.
const (
	PartHead       Part = "head"
	PartLeaf       Part = "leaf"
	PartNode       Part = "node"
	PartCheckpoint Part = "checkpoint"
)

// Difference is one row that is not what everything else says it must be.
type Difference struct {
	Part   Part
	Place  int64 // index, position or size
	Detail string
}

// String writes the difference for a terminal.
func (d Difference) String() string { return fmt.Sprintf("%s %d: %s", d.Part, d.Place, d.Detail) }

// MaxDifferences is how many differences a Report keeps; it counts them all.
const MaxDifferences = 1_000

// Report is what Fsck found. The log is sound when Found is 0.
type Report struct {
	Head        Head
	Leaves      int64 // rows read
	Nodes       int64
	Checkpoints int64
	Found       int64
	Differences []Difference // the first MaxDifferences
}

// Fsck recomputes the whole log from what is stored. Each leaf is held against
// its grammar, its own columns and its node; each node against the two below
// it; each checkpoint against the tree of its size and the public keys that may
// have signed it; the head against the last of all. One wrong row is one
// difference, wherever the rest still tells what it must have been. An error
// means that the archive could not be read.
func Fsck(ctx context.Context, archive Archive, keys ...ed25519.PublicKey) (Report, error) {
	head, err := archive.Head(ctx)
	if err != nil {
		return Report{}, err
	}
	c := newCheck(archive, keys)
	c.report.Head = head
	for more := true; more; {
		if err := c.checkpointsHere(ctx); err != nil {
			return Report{}, err
		}
		if more, err = c.step(ctx); err != nil {
			return Report{}, err
		}
	}
	err = c.finish(ctx)
	return c.report, err
}

// check walks the leaves in order, with the nodes and checkpoints that each of
// them completes.
type check struct {
	report      Report
	keys        []ed25519.PublicKey
	size        int64  // leaves walked
	position    int64  // of the next node
	fringe      []Hash // roots of the full subtrees so far, widest first
	lastSize    int64  // of the last checkpoint, -1 before the first
	lastAt      time.Time
	leaves      cursor[LeafRow]
	nodes       cursor[NodeRow]
	checkpoints cursor[Checkpoint]
}

func newCheck(archive Archive, keys []ed25519.PublicKey) *check {
	return &check{
		keys:        keys,
		lastSize:    -1,
		leaves:      newCursor(archive.LeafRows, func(r LeafRow) int64 { return r.Index }),
		nodes:       newCursor(archive.NodeRows, func(r NodeRow) int64 { return r.Position }),
		checkpoints: newCursor(archive.CheckpointRows, func(c Checkpoint) int64 { return c.Size }),
	}
}

func (c *check) differ(part Part, place int64, format string, args ...any) {
	c.report.Found++
	if len(c.report.Differences) < MaxDifferences {
		c.report.Differences = append(c.report.Differences, Difference{part, place, fmt.Sprintf(format, args...)})
	}
}

// finish reports rows that nothing accounts for, and judges the head.
func (c *check) finish(ctx context.Context) error {
	beyond := fmt.Sprintf("stands beyond the end, at %d leaves", c.size)
	err := drain(ctx, &c.leaves, math.MaxInt64, func(at int64) { c.differ(PartLeaf, at, "%s", beyond) })
	if err == nil {
		err = drain(ctx, &c.nodes, math.MaxInt64, func(at int64) { c.differ(PartNode, at, "%s", beyond) })
	}
	if err == nil {
		err = drain(ctx, &c.checkpoints, math.MaxInt64, func(at int64) { c.differ(PartCheckpoint, at, "%s", beyond) })
	}
	c.report.Leaves, c.report.Nodes, c.report.Checkpoints = c.leaves.read, c.nodes.read, c.checkpoints.read
	c.head()
	return err
}

func (c *check) head() {
	head := c.report.Head
	switch {
	case head.Size != c.size:
		c.differ(PartHead, head.Size, "there are %d leaves", c.size)
	case head.Root != c.root():
		c.differ(PartHead, head.Size, "the root is not that of the leaves")
	}
	if c.lastSize != head.Size && (c.size > 0 || c.lastSize >= 0) {
		c.differ(PartHead, head.Size, "the last checkpoint is of %d leaves", c.lastSize)
	}
}
