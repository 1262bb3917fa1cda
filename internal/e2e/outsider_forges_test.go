package e2e

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ed25519"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"ramure/internal/keyring"
	"ramure/internal/translog"
)

// forge writes logs that nobody may accept who has seen the honest one. Those
// that an operator could make are signed with the log's own key.
func (c *outsiders) forge() {
	c.Helper()
	leaves, err := c.site.Store.Leaves(c.Context(), 0, int(c.last.Size))
	c.must(err)
	key, err := c.site.Ring.Signer(c.Context(), "", keyring.Log)
	c.must(err)
	thief := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
	origin := c.last.Origin
	more := append(slices.Clone(leaves), leaves[0])
	swapped := slices.Clone(more)
	swapped[3], swapped[4] = swapped[4], swapped[3]
	altered := slices.Clone(leaves)
	altered[len(altered)/2] = leaves[0]

	c.forgery("rolled back", leaves[:c.sizes[len(c.sizes)-2]], origin, key)
	c.forgery("reordered", swapped, origin, key)
	c.forgery("truncated at its beginning", append(slices.Clone(more[1:]), leaves[0]), origin, key)
	c.forgery("another history of the same size", altered, origin, key)
	c.forgery("wrong origin", more, "elsewhere.example/log", key)
	c.forgery("wrong key", more, origin, thief)
	c.tampered("a bundle with two leaves exchanged", "tile/entries/007", exchange)
	c.tampered("a bundle cut short", "tile/entries/039.p/*", cut)
	c.tampered("a tile of leaves with a changed bit", "tile/0/011", flipBit)
	c.tampered("a tile of nodes with a changed bit", "tile/1/000.p/*", flipBit)
}

// forgery writes a whole log of other leaves, sound in itself, and asks our own
// verifier first.
func (c *outsiders) forgery(name string, leaves [][]byte, origin string, key crypto.Signer) {
	c.Helper()
	tree := growTree(c, leaves)
	signer, err := translog.NewSigner(origin, key)
	c.must(err)
	signed, err := signer.Checkpoint(tree.head, c.last.At)
	c.must(err)
	folder := filepath.Join(c.folder, "forged", name)
	all := func(translog.Tile) bool { return true }
	c.must(translog.Publish(c.Context(), tree, tree.head, all, func(t translog.Tile, data []byte) error {
		return putFile(filepath.Join(folder, filepath.FromSlash(t.Path())), data)
	}))
	c.must(putFile(filepath.Join(folder, "checkpoint"), signed.Note))
	if c.follows(tree, signed.Note) {
		c.Errorf("%s is accepted by our own verifier", name)
	}
}

// follows is how our own verifier goes on from the checkpoint that was seen.
func (c *outsiders) follows(tree *memoryTree, shown []byte) bool {
	verified, err := c.site.Log.Policy().Verify(shown)
	if err != nil {
		return false
	}
	proof, err := translog.Consistency(c.Context(), tree, c.last.Size, verified.Size)
	return err == nil && translog.CheckConsistency(proof, c.last.Head, verified.Head) == nil
}

// tampered copies the honest log with one file changed: what a mirror could do.
func (c *outsiders) tampered(name, file string, change func([]byte) []byte) {
	c.Helper()
	folder := filepath.Join(c.folder, "forged", name)
	c.must(os.CopyFS(folder, os.DirFS(filepath.Join(c.folder, "honest"))))
	found, err := filepath.Glob(filepath.Join(folder, filepath.FromSlash(file)))
	c.must(err)
	if len(found) != 1 {
		c.Fatalf("%s: %q", file, found)
	}
	data, err := os.ReadFile(found[0])
	c.must(err)
	c.must(os.WriteFile(found[0], change(data), 0o600))
}

func putFile(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o600)
}

func flipBit(data []byte) []byte {
	data[len(data)/3] ^= 4
	return data
}

// exchange swaps the first two leaves of a bundle.
func exchange(data []byte) []byte {
	first := 2 + int(data[0])<<8 + int(data[1])
	second := first + 2 + int(data[first])<<8 + int(data[first+1])
	return slices.Concat(data[first:second], data[:first], data[second:])
}

// cut leaves the last leaf of a bundle out.
func cut(data []byte) []byte {
	end := 0
	for next := 0; next < len(data); next += 2 + int(data[next])<<8 + int(data[next+1]) {
		end = next
	}
	return data[:end]
}

// memoryTree is a tree of any leaves, as translog reads one.
type memoryTree struct {
	leaves [][]byte
	nodes  []tlog.Hash
	head   translog.Head
}

func growTree(c *outsiders, leaves [][]byte) *memoryTree {
	c.Helper()
	t := &memoryTree{leaves: leaves, head: translog.Head{Size: int64(len(leaves))}}
	read := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) { return t.Nodes(context.Background(), at) })
	for i, leaf := range leaves {
		fresh, err := tlog.StoredHashes(int64(i), leaf, read)
		c.must(err)
		t.nodes = append(t.nodes, fresh...)
	}
	var err error
	t.head.Root, err = tlog.TreeHash(t.head.Size, read)
	c.must(err)
	return t
}

// Nodes gives the hashes at positions.
func (t *memoryTree) Nodes(_ context.Context, positions []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(positions))
	for i, p := range positions {
		if p >= int64(len(t.nodes)) {
			return nil, fmt.Errorf("no node %d", p)
		}
		hashes[i] = t.nodes[p]
	}
	return hashes, nil
}

// Leaves gives leaves from a place on.
func (t *memoryTree) Leaves(_ context.Context, first int64, count int) ([][]byte, error) {
	return t.leaves[first : first+int64(count)], nil
}
