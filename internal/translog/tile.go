package translog

import (
	"context"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"ramure/internal/problem"
)

const (
	// TileWidth is the number of hashes, or of leaves, of a full tile.
	TileWidth  = 256
	tileHeight = 8 // levels of the tree in one tile
	maxLevel   = 63
)

// Tile is the address of one resource of c2sp.org/tlog-tiles: Width hashes at
// a level, or the leaves under a tile of level 0.
type Tile struct {
	Entries bool // leaves instead of hashes; Level is 0
	Level   int  // 0 to 63
	Index   int64
	Width   int // 1 to TileWidth; a narrower tile is partial
}

// Path is the address below the log's prefix: tile/0/x001/x234/067.p/9.
func (t Tile) Path() string {
	level := strconv.Itoa(t.Level)
	if t.Entries {
		level = "entries"
	}
	return "tile/" + level + "/" + tileNumber(t.Index) + partial(t.Width)
}

// tileNumber writes an index three digits at a time, all elements but the last
// after an x.
func tileNumber(n int64) string {
	text := fmt.Sprintf("%03d", n%1000)
	for n /= 1000; n > 0; n /= 1000 {
		text = fmt.Sprintf("x%03d/%s", n%1000, text)
	}
	return text
}

func partial(width int) string {
	if width == TileWidth {
		return ""
	}
	return ".p/" + strconv.Itoa(width)
}

// ParseTilePath reads an address as Path writes it; any other spelling names
// nothing and is problem.NotFound.
func ParseTilePath(path string) (Tile, error) {
	t := Tile{Width: TileWidth}
	rest, found := strings.CutPrefix(path, "tile/")
	level, rest, _ := strings.Cut(rest, "/")
	number, width, isPartial := strings.Cut(rest, ".p/")
	var err error
	if t.Entries = level == "entries"; !t.Entries {
		t.Level, err = strconv.Atoi(level)
	}
	if isPartial && err == nil {
		t.Width, err = strconv.Atoi(width)
	}
	if err == nil {
		t.Index, err = parseTileNumber(number)
	}
	if !found || err != nil || t.Level < 0 || t.Level > maxLevel || t.Width < 1 || t.Width > TileWidth || t.Path() != path {
		return Tile{}, problem.New(problem.NotFound, keyTile)
	}
	return t, nil
}

// parseTileNumber reads the digits of an index; that they are spelled as Path
// does is for the caller to compare.
func parseTileNumber(text string) (int64, error) {
	digits := strings.NewReplacer("x", "", "/", "").Replace(text)
	n, err := strconv.ParseInt(digits, 10, 64)
	if err == nil && (n < 0 || n > MaxSize) {
		err = errNumber
	}
	return n, err
}

// has reports whether a tree of that size has the whole tile. A tile narrower
// than the tree allows is served too: an older checkpoint asked for it.
func (t Tile) has(size int64) bool {
	if t.Level < 0 || t.Level > maxLevel || t.Index < 0 || t.Width < 1 || t.Width > TileWidth {
		return false
	}
	hashes := size >> (tileHeight * t.Level) // at this level
	return t.Index <= hashes/TileWidth && t.Index*TileWidth+int64(t.Width) <= hashes
}

// TileData gives the hashes of a tile of the tree of that size, one after
// another; a tile that the tree does not have is problem.NotFound.
func TileData(ctx context.Context, nodes NodeReader, size int64, t Tile) ([]byte, error) {
	if t.Entries || !t.has(size) {
		return nil, problem.New(problem.NotFound, keyTile)
	}
	return tlog.ReadTileData(tlog.Tile{H: tileHeight, L: t.Level, N: t.Index, W: t.Width}, hashReader(ctx, nodes))
}

// LeafReader reads leaves that have a place.
type LeafReader interface {
	// Leaves gives count leaves from the place first on, in order; a missing
	// one is an error.
	Leaves(ctx context.Context, first int64, count int) ([][]byte, error)
}

// EntryBundle gives the leaves of a tile of entries, each after its length in
// two bytes, the high one first.
func EntryBundle(ctx context.Context, leaves LeafReader, size int64, t Tile) ([]byte, error) {
	if !t.Entries || t.Level != 0 || !t.has(size) {
		return nil, problem.New(problem.NotFound, keyTile)
	}
	entries, err := leaves.Leaves(ctx, t.Index*TileWidth, t.Width)
	if err != nil {
		return nil, err
	}
	if len(entries) != t.Width {
		return nil, diverged("%d leaves for a bundle of %d", len(entries), t.Width)
	}
	var bundle []byte
	for _, entry := range entries {
		if len(entry) > maxLeaf {
			return nil, diverged("a stored leaf is longer than a leaf can be")
		}
		bundle = append(binary.BigEndian.AppendUint16(bundle, uint16(len(entry))), entry...)
	}
	return bundle, nil
}

// NewTiles lists the tiles and bundles to publish when a tree grows from older
// to newer leaves: all that changed, partial ones included.
func NewTiles(older, newer int64) []Tile {
	var tiles []Tile
	for _, t := range tlog.NewTiles(tileHeight, older, newer) {
		tiles = append(tiles, Tile{Level: t.L, Index: t.N, Width: t.W})
		if t.L == 0 {
			tiles = append(tiles, Tile{Entries: true, Index: t.N, Width: t.W})
		}
	}
	return tiles
}
