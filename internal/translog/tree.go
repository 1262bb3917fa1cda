package translog

import (
	"context"

	"golang.org/x/mod/sumdb/tlog"
)

// Hash is a SHA-256 of the tree: of a leaf, of a node or of a root.
type Hash = tlog.Hash

// MaxSize bounds the number of leaves of any tree that we read or write. Beyond
// 2^62 the index arithmetic of x/mod no longer ends, and a foreign checkpoint
// may claim any size.
const MaxSize = 1 << 48

// Head says how many leaves a tree has and what its root is.
type Head struct {
	Size int64
	Root Hash
}

// EmptyHead is the head of a log without leaves (RFC 6962 §2.1): what Tx.Head
// answers before anything was written.
func EmptyHead() Head {
	root, _ := tlog.TreeHash(0, nil) // reads nothing for an empty tree
	return Head{Root: root}
}

// LeafHash is the hash of a leaf in the tree: SHA-256 of a zero byte and the
// leaf (RFC 6962 §2.1).
func LeafHash(leaf []byte) Hash { return tlog.RecordHash(leaf) }

// NodeCount is how many nodes are stored for a tree of that many leaves; their
// positions are 0 to NodeCount-1.
func NodeCount(size int64) int64 { return tlog.StoredHashCount(size) }

// NodeReader reads stored nodes.
type NodeReader interface {
	// Nodes gives the hashes at these positions, as many and in the same
	// order; a missing one is an error.
	Nodes(ctx context.Context, positions []int64) ([]Hash, error)
}

// hashReader lends a NodeReader to x/mod, which also asks for nothing at all.
func hashReader(ctx context.Context, nodes NodeReader) tlog.HashReaderFunc {
	return func(positions []int64) ([]Hash, error) {
		if len(positions) == 0 {
			return nil, nil
		}
		return nodes.Nodes(ctx, positions)
	}
}

// growth is a tree to which leaves are being added. It needs no more of the old
// tree than the roots of its full subtrees, which are the very nodes that its
// root was recomputed from: nothing unchecked can flow into the new root.
type growth struct {
	size   int64
	first  int64          // position of fresh[0]
	fringe map[int64]Hash // old full subtrees, by position
	fresh  []Hash         // nodes to store, in order of position
}

// regrow reads the fringe of the stored tree and recomputes its root. A root
// other than the head's is ErrDiverged.
func regrow(ctx context.Context, nodes NodeReader, head Head) (*growth, error) {
	g := &growth{size: head.Size, first: NodeCount(head.Size), fringe: map[int64]Hash{}}
	root, err := tlog.TreeHash(head.Size, tlog.HashReaderFunc(func(positions []int64) ([]Hash, error) {
		hashes, err := hashReader(ctx, nodes)(positions)
		for i := range min(len(positions), len(hashes)) {
			g.fringe[positions[i]] = hashes[i]
		}
		return hashes, err
	}))
	if err != nil {
		return nil, err
	}
	if root != head.Root {
		return nil, diverged("the stored nodes of %d leaves do not give the root of the head", head.Size)
	}
	return g, nil
}

// ReadHashes serves x/mod from memory alone.
func (g *growth) ReadHashes(positions []int64) ([]Hash, error) {
	hashes := make([]Hash, len(positions))
	for i, p := range positions {
		if p >= g.first && p-g.first < int64(len(g.fresh)) {
			hashes[i] = g.fresh[p-g.first]
			continue
		}
		known, ok := g.fringe[p]
		if !ok {
			return nil, diverged("node %d is neither new nor on the fringe", p)
		}
		hashes[i] = known
	}
	return hashes, nil
}

// add appends one leaf with the nodes that it completes.
func (g *growth) add(leaf Hash) error {
	hashes, err := tlog.StoredHashesForRecordHash(g.size, leaf, g)
	if err != nil {
		return err
	}
	g.fresh = append(g.fresh, hashes...)
	g.size++
	return nil
}

// head is the tree as it has grown.
func (g *growth) head() (Head, error) {
	root, err := tlog.TreeHash(g.size, g)
	return Head{Size: g.size, Root: root}, err
}
