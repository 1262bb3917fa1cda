package translog

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"ramure/internal/problem"
)

func TestTilePaths(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]Tile{
		"tile/0/000":                           {Width: 256},
		"tile/0/x001/x234/067":                 {Index: 1234067, Width: 256},
		"tile/63/999.p/1":                      {Level: 63, Index: 999, Width: 1},
		"tile/2/x001/000.p/255":                {Level: 2, Index: 1000, Width: 255},
		"tile/entries/x001/x000/000":           {Entries: true, Index: 1_000_000, Width: 256},
		"tile/entries/000.p/17":                {Entries: true, Width: 17},
		"tile/0/x281/x474/x976/x710/656.p/200": {Index: MaxSize, Width: 200},
	} {
		got, err := ParseTilePath(path)
		if err != nil || got != want || want.Path() != path {
			t.Errorf("%s is read as %+v, %v; written %s", path, got, err, want.Path())
		}
	}
	for _, path := range []string{
		"", "tile", "tile/", "tile/0", "tile/0/", "tile/0/0", "tile/0/00", "tile/0/0000", "tile/00/000", "tile/-1/000", "tile/64/000",
		"tile/x/000", "tile/data/000", "tile/8/0/000", "tile/0/x000/000", "tile/0/001/000", "tile/0/x001", "tile/0/x001/x000",
		"tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p/-1", "tile/0/000.p/1/",
		"tile/0/000.p/1.p/1", "tile/0/+00", "tile/0/-01", "tile/0/ 00", "/tile/0/000", "tile/0/000/", "tile//000", "tile/0//000",
		"tile/entries", "tile/Entries/000", "tile/0/x281/x474/x976/x710/657", "tile/0/" + strings.Repeat("x999/", 9) + "999",
		"checkpoint", "../tile/0/000",
	} {
		if got, err := ParseTilePath(path); !problem.Is(err, problem.NotFound) {
			t.Errorf("%q is read as %+v, %v", path, got, err)
		}
	}
}

// The tree of 70,000 leaves that c2sp.org/tlog-tiles counts the tiles of.
func TestTilesOfTheSpecification(t *testing.T) {
	t.Parallel()
	count := map[string]int{}
	for _, tile := range NewTiles(0, 70_000) {
		count[fmt.Sprintf("%t %d %d", tile.Entries, tile.Level, tile.Width)]++
	}
	want := map[string]int{
		"false 0 256": 273, "false 0 112": 1, "false 1 256": 1, "false 1 17": 1, "false 2 1": 1, "true 0 256": 273, "true 0 112": 1,
	}
	if fmt.Sprint(count) != fmt.Sprint(want) {
		t.Errorf("tiles are %v, want %v", count, want)
	}
	for tile, has := range map[Tile]bool{
		{Index: 273, Width: 112}: true, {Index: 273, Width: 1}: true, {Index: 273, Width: 113}: false, {Index: 273, Width: 256}: false,
		{Index: 274, Width: 1}: false, {Level: 2, Width: 1}: true, {Level: 2, Width: 2}: false, {Level: 3, Width: 1}: false,
		{Level: 63, Width: 1}: false, {Index: 1 << 60, Width: 1}: false, {Index: -1, Width: 1}: false, {Width: 0}: false,
		{Width: 257}: false, {Level: -1, Width: 1}: false, {Level: 64, Width: 1}: false,
	} {
		if tile.has(70_000) != has {
			t.Errorf("%+v: %v", tile, !has)
		}
	}
}

// tiles serves a log by the paths alone, as a mirror would.
type tiles struct {
	t    *testing.T
	log  *memory
	size int64
}

func (s tiles) Height() int                     { return tileHeight }
func (s tiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (s tiles) ReadTiles(want []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, w := range want {
		// x/mod has the height in its paths, c2sp.org/tlog-tiles does not.
		tile, err := ParseTilePath(strings.Replace(w.Path(), "tile/8/", "tile/", 1))
		if err != nil {
			return nil, err
		}
		data, err := TileData(context.Background(), s.log, s.size, tile)
		if err != nil {
			return nil, err
		}
		out = append(out, data)
	}
	return out, nil
}

// x/mod reads and authenticates every leaf of the log out of our tiles.
func TestTilesAreReadByXMod(t *testing.T) {
	t.Parallel()
	m, docs := testLog(t, testSigner(t, testOrigin, "log"), 600, 37)
	for _, cp := range m.checkpoints {
		reader := tlog.TileHashReader(tlog.Tree{N: cp.Size, Hash: cp.Root}, tiles{t, m, cp.Size})
		var positions []int64
		for i := range cp.Size {
			positions = append(positions, tlog.StoredHashIndex(0, i))
		}
		hashes, err := reader.ReadHashes(positions)
		if err != nil {
			t.Fatalf("%d leaves: %v", cp.Size, err)
		}
		for i, h := range hashes {
			if h != LeafHash(docs[i].leaf) {
				t.Fatalf("%d leaves: leaf %d is another", cp.Size, i)
			}
		}
	}
	m.nodes[tlog.StoredHashIndex(0, 3)].Hash[0] ^= 1
	cp := m.last()
	if _, err := tlog.TileHashReader(tlog.Tree{N: cp.Size, Hash: cp.Root}, tiles{t, m, cp.Size}).ReadHashes([]int64{0}); err == nil {
		t.Error("x/mod accepts a spoiled tile")
	}
}

func TestTileDataIsThatOfXMod(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	m, _ := testLog(t, testSigner(t, testOrigin, "log"), 600, 600)
	for _, size := range []int64{1, 2, 255, 256, 257, 511, 512, 600} {
		for _, tile := range tlog.NewTiles(tileHeight, 0, size) {
			want, err := tlog.ReadTileData(tile, hashReader(ctx, m))
			if err != nil {
				t.Fatal(err)
			}
			got, err := TileData(ctx, m, size, Tile{Level: tile.L, Index: tile.N, Width: tile.W})
			if err != nil || !bytes.Equal(got, want) || len(got) != tile.W*32 {
				t.Errorf("%d leaves, %s: %d bytes, %v", size, tile.Path(), len(got), err)
			}
		}
	}
}

// Each entry of a bundle hashes to its place in the tile of level 0.
func TestEntryBundles(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	m, docs := testLog(t, testSigner(t, testOrigin, "log"), 600, 600)
	var read [][]byte
	for _, tile := range NewTiles(0, 600) {
		if !tile.Entries {
			continue
		}
		bundle, err := EntryBundle(ctx, m, 600, tile)
		if err != nil {
			t.Fatal(err)
		}
		data, err := TileData(ctx, m, 600, Tile{Index: tile.Index, Width: tile.Width})
		if err != nil {
			t.Fatal(err)
		}
		entries := split(t, bundle)
		if len(entries) != tile.Width {
			t.Fatalf("%s holds %d entries", tile.Path(), len(entries))
		}
		for i, entry := range entries {
			if hash := LeafHash(entry); !bytes.Equal(hash[:], data[i*32:(i+1)*32]) {
				t.Fatalf("%s: entry %d does not hash to its place", tile.Path(), i)
			}
		}
		read = append(read, entries...)
	}
	if !slices.EqualFunc(read, docs, func(entry []byte, d issued) bool { return bytes.Equal(entry, d.leaf) }) {
		t.Errorf("%d entries are not the 600 leaves", len(read))
	}
}

func split(t *testing.T, bundle []byte) [][]byte {
	t.Helper()
	var entries [][]byte
	for len(bundle) > 0 {
		length := int(binary.BigEndian.Uint16(bundle))
		entries = append(entries, bundle[2:2+length])
		bundle = bundle[2+length:]
	}
	return entries
}

func TestTilesThatAreNotThere(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	m, _ := testLog(t, testSigner(t, testOrigin, "log"), 300, 300)
	for _, tile := range []Tile{{Index: 1, Width: 45}, {Index: 2, Width: 1}, {Index: 1, Width: 256}, {Level: 1, Width: 2}, {Level: 9, Width: 1}} {
		if data, err := TileData(ctx, m, 300, tile); !problem.Is(err, problem.NotFound) {
			t.Errorf("%s: %d bytes, %v", tile.Path(), len(data), err)
		}
		tile.Entries = true
		if data, err := EntryBundle(ctx, m, 300, tile); !problem.Is(err, problem.NotFound) {
			t.Errorf("%s: %d bytes, %v", tile.Path(), len(data), err)
		}
	}
	if _, err := TileData(ctx, m, 300, Tile{Entries: true, Width: 1}); !problem.Is(err, problem.NotFound) {
		t.Errorf("entries as a tile: %v", err)
	}
	if _, err := EntryBundle(ctx, m, 300, Tile{Width: 1}); !problem.Is(err, problem.NotFound) {
		t.Errorf("a tile as entries: %v", err)
	}
	m.leaves = m.leaves[:299]
	if _, err := EntryBundle(ctx, m, 300, Tile{Entries: true, Index: 1, Width: 44}); !problem.Is(err, problem.Internal) {
		t.Errorf("a leaf lost: %v", err)
	}
	m.leaves[0].Data = make([]byte, 70_000)
	if _, err := EntryBundle(ctx, m, 300, Tile{Entries: true, Width: 1}); !problem.Is(err, problem.Internal) {
		t.Errorf("a leaf too long for its length: %v", err)
	}
}
