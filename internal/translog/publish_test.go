package translog

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

func published(t *testing.T, m *memory, wanted func(Tile) bool) (map[string][]byte, error) {
	t.Helper()
	files := map[string][]byte{}
	err := Publish(context.Background(), m, m.head, wanted, func(tile Tile, data []byte) error {
		files[tile.Path()] = data
		return nil
	})
	return files, err
}

func all(Tile) bool { return true }

// What is published is what each address serves, at every shape of tree.
func TestPublishWritesWhatIsServed(t *testing.T) {
	t.Parallel()
	s := testSigner(t, testOrigin, "log")
	for _, size := range []int{0, 1, 2, 255, 256, 257, 300, 511, 512, 777} {
		m, _ := testLog(t, s, size, 1000)
		files, err := published(t, m, all)
		if err != nil {
			t.Fatalf("%d leaves: %v", size, err)
		}
		tiles := NewTiles(0, int64(size))
		if len(files) != len(tiles) {
			t.Errorf("%d leaves: %d files, want %d", size, len(files), len(tiles))
		}
		for _, tile := range tiles {
			serve := func() ([]byte, error) { return TileData(context.Background(), m, int64(size), tile) }
			if tile.Entries {
				serve = func() ([]byte, error) { return EntryBundle(context.Background(), m, int64(size), tile) }
			}
			served, err := serve()
			if err != nil || !bytes.Equal(files[tile.Path()], served) {
				t.Errorf("%d leaves: %s is published as %d bytes, served as %d, %v", size, tile.Path(), len(files[tile.Path()]), len(served), err)
			}
		}
	}
}

func TestPublishLeavesOutWhatIsThere(t *testing.T) {
	t.Parallel()
	m, _ := testLog(t, testSigner(t, testOrigin, "log"), 600, 600)
	files, err := published(t, m, func(tile Tile) bool { return tile.Entries && tile.Index == 1 })
	if err != nil || len(files) != 1 || len(files["tile/entries/001"]) == 0 {
		t.Errorf("%d files, %v", len(files), err)
	}
}

// A row that went wrong is never published, whichever it is.
func TestPublishRefusesWhatDoesNotLeadToTheRoot(t *testing.T) {
	t.Parallel()
	sound, _ := testLog(t, testSigner(t, testOrigin, "log"), 600, 600)
	r := rand.New(rand.NewPCG(3, 4))
	for range 100 {
		m := sound.clone()
		leaf := &m.leaves[r.IntN(len(m.leaves))]
		leaf.Data = bytes.Clone(leaf.Data)
		leaf.Data[r.IntN(len(leaf.Data))] ^= 1 << r.IntN(8)
		if _, err := published(t, m, all); !errors.Is(err, ErrDiverged) {
			t.Fatalf("leaf %d was spoiled: %v", leaf.Index, err)
		}
	}
	positions := servedPositions(600)
	for range 100 {
		m := sound.clone()
		node := &m.nodes[positions[r.IntN(len(positions))]]
		node.Hash[r.IntN(32)] ^= 1 << r.IntN(8)
		if _, err := published(t, m, all); !errors.Is(err, ErrDiverged) {
			t.Fatalf("node %d was spoiled: %v", node.Position, err)
		}
	}
	m := sound.clone()
	m.head.Root[0] ^= 1
	if _, err := published(t, m, all); !errors.Is(err, ErrDiverged) {
		t.Errorf("the root was spoiled: %v", err)
	}
}

// servedPositions are the nodes that tiles hold: those of every eighth level.
func servedPositions(size int64) []int64 {
	var positions []int64
	for level := int64(0); size>>(tileHeight*level) > 0; level++ {
		for n := range size >> (tileHeight * level) {
			positions = append(positions, tlog.StoredHashIndex(int(tileHeight*level), n))
		}
	}
	return positions
}

func TestPublishPassesFailuresOn(t *testing.T) {
	t.Parallel()
	m, _ := testLog(t, testSigner(t, testOrigin, "log"), 300, 300)
	err := Publish(context.Background(), m, m.head, all, func(Tile, []byte) error { return errInjected })
	if !errors.Is(err, errInjected) {
		t.Errorf("the disk is full: %v", err)
	}
	m.fail = "Nodes"
	if _, err := published(t, m, all); !errors.Is(err, errInjected) || errors.Is(err, ErrDiverged) {
		t.Errorf("the nodes cannot be read: %v", err)
	}
}
