package translog

import (
	"context"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// step checks the next leaf with the nodes that it completes. It answers false
// when neither the leaf nor any of these nodes is there.
func (c *check) step(ctx context.Context) (bool, error) {
	completed := bits.TrailingZeros64(uint64(c.size + 1)) // subtrees, RFC 6962 §2.1
	row, hasLeaf, err := at(ctx, &c.leaves, c.size, func(place int64) {
		c.differ(PartLeaf, place, "its place is not its own")
	})
	if err != nil {
		return false, err
	}
	next, hasNode, err := c.nodes.peek(ctx)
	if err != nil || !hasLeaf && !(hasNode && next.Position <= c.position+int64(completed)) {
		return false, err
	}
	hash, err := c.leaf(ctx, row, hasLeaf)
	for range completed {
		if err != nil {
			return false, err
		}
		left := c.fringe[len(c.fringe)-1]
		c.fringe = c.fringe[:len(c.fringe)-1]
		hash, err = c.parent(ctx, tlog.NodeHash(left, hash))
	}
	c.fringe = append(c.fringe, hash)
	c.size++
	return true, err
}

// leaf checks a leaf against itself and against its node, and answers the hash
// that the tree goes on with: that of its bytes, unless both the row and the
// node say that it was another.
func (c *check) leaf(ctx context.Context, row LeafRow, found bool) (Hash, error) {
	node, hasNode, err := c.node(ctx)
	if !found {
		c.differ(PartLeaf, c.size, "is missing")
		return node.Hash, err
	}
	hash := c.bytes(row)
	if hasNode && node.Hash == row.Hash {
		return row.Hash, err
	}
	if hasNode && node.Hash != hash {
		c.differ(PartNode, node.Position, "is not the hash of its leaf")
	}
	return hash, err
}

// bytes checks a leaf against its own columns and the grammar.
func (c *check) bytes(row LeafRow) Hash {
	hash := LeafHash(row.Data)
	leaf, err := ParseLeaf(row.Data)
	switch {
	case hash != row.Hash:
		c.differ(PartLeaf, c.size, "its bytes do not have the hash that was recorded")
	case err != nil:
		c.differ(PartLeaf, c.size, "breaks the grammar: %v", err)
	case leaf.Kind != row.Kind:
		c.differ(PartLeaf, c.size, "is of another kind than its row says")
	}
	return hash
}

// parent compares the next node with what the two below it give, which is what
// the tree goes on with.
func (c *check) parent(ctx context.Context, want Hash) (Hash, error) {
	row, found, err := c.node(ctx)
	if found && row.Hash != want {
		c.differ(PartNode, row.Position, "is not the hash of the two below it")
	}
	return want, err
}

// node takes the next node.
func (c *check) node(ctx context.Context) (NodeRow, bool, error) {
	row, found, err := at(ctx, &c.nodes, c.position, func(place int64) {
		c.differ(PartNode, place, "its position is not its own")
	})
	if err == nil && !found {
		c.differ(PartNode, c.position, "is missing")
	}
	c.position++
	return row, found, err
}

// root is the root of the leaves walked so far.
func (c *check) root() Hash {
	if len(c.fringe) == 0 {
		return EmptyHead().Root
	}
	root := c.fringe[len(c.fringe)-1]
	for i := len(c.fringe) - 2; i >= 0; i-- {
		root = tlog.NodeHash(c.fringe[i], root)
	}
	return root
}

// checkpointsHere checks the checkpoint of the size reached, if there is one.
func (c *check) checkpointsHere(ctx context.Context) error {
	row, found, err := at(ctx, &c.checkpoints, c.size, func(place int64) {
		c.differ(PartCheckpoint, place, "its size is not its own")
	})
	if err != nil || !found {
		return err
	}
	signed, err := signedByUs(row.Note, c.keys)
	switch {
	case err != nil:
		c.differ(PartCheckpoint, row.Size, "is not signed by the log: %v", err)
	case signed.Head != row.Head:
		c.differ(PartCheckpoint, row.Size, "its row is not what was signed")
	case row.Root != c.root():
		c.differ(PartCheckpoint, row.Size, "the root is not that of the leaves")
	}
	if row.At.IsZero() || row.At.Before(c.lastAt) {
		c.differ(PartCheckpoint, row.Size, "its time is before that of a smaller one")
	}
	c.lastSize, c.lastAt = row.Size, row.At
	return nil
}
