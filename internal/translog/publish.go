package translog

import (
	"context"

	"golang.org/x/mod/sumdb/tlog"
)

// Source is a stored log, as tiles are cut from it.
type Source interface {
	NodeReader
	LeafReader
}

// Publish hands all tiles and bundles of the tree of a head to write, a tile of
// hashes before the leaves under it, except those that wanted does not want.
// Nothing is written that does not lead to the root of the head: stored rows
// gone wrong are an error here, and not a mirror that nobody can verify.
func Publish(ctx context.Context, from Source, head Head, wanted func(Tile) bool, write func(Tile, []byte) error) error {
	p := &publication{ctx: ctx, from: from, size: head.Size, kept: map[tlog.Tile][]byte{}, proven: map[tlog.Tile][]byte{}}
	p.tree = tlog.TileHashReader(tlog.Tree{N: head.Size, Hash: head.Root}, p)
	for _, t := range NewTiles(0, head.Size) {
		if !wanted(t) {
			continue
		}
		data, err := p.data(t)
		if err == nil {
			err = write(t, data)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// publication reads stored tiles for x/mod, which says of each of them whether
// it leads to the root.
type publication struct {
	ctx    context.Context
	from   Source
	size   int64
	tree   tlog.HashReader
	kept   map[tlog.Tile][]byte // tiles above others, which are asked for with each of these
	proven map[tlog.Tile][]byte // what the last question was answered from
	failed error                // of reading, which says nothing about the log
}

func (p *publication) data(t Tile) ([]byte, error) {
	if t.Entries {
		return p.entries(t)
	}
	return p.hashes(t)
}

// hashes reads a tile with what stands between it and the root.
func (p *publication) hashes(t Tile) ([]byte, error) {
	wanted := tlog.Tile{H: tileHeight, L: t.Level, N: t.Index, W: t.Width}
	if data, found := p.proven[wanted]; found {
		return data, nil
	}
	first := tlog.StoredHashIndex(tileHeight*t.Level, t.Index*TileWidth)
	_, err := p.tree.ReadHashes([]int64{first})
	if p.failed != nil {
		return nil, p.failed
	}
	if err != nil {
		return nil, diverged("tile %s: %w", t.Path(), err)
	}
	data, found := p.proven[wanted]
	if !found {
		return nil, diverged("tile %s was not proven", t.Path())
	}
	return data, nil
}

// entries reads a bundle, each leaf of which must have the hash that stands in
// the tile above it.
func (p *publication) entries(t Tile) ([]byte, error) {
	hashes, err := p.hashes(Tile{Index: t.Index, Width: t.Width})
	if err != nil {
		return nil, err
	}
	bundle, err := EntryBundle(p.ctx, p.from, p.size, t)
	if err != nil {
		return nil, err
	}
	for i, rest := 0, bundle; len(rest) > 0; i++ {
		end := 2 + int(rest[0])<<8 + int(rest[1])
		if LeafHash(rest[2:end]) != Hash(hashes[i*tlog.HashSize:]) {
			return nil, diverged("leaf %d does not have the hash that the tree has", t.Index*TileWidth+int64(i))
		}
		rest = rest[end:]
	}
	return bundle, nil
}

// Height is the height of our tiles.
func (p *publication) Height() int { return tileHeight }

// ReadTiles gives stored tiles, of which nothing is believed yet.
func (p *publication) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	all := make([][]byte, len(tiles))
	for i, t := range tiles {
		data, found := p.kept[t]
		if !found {
			data, p.failed = TileData(p.ctx, p.from, p.size, Tile{Level: t.L, Index: t.N, Width: t.W})
			if p.failed != nil {
				return nil, p.failed
			}
		}
		if t.L > 0 || t.W < TileWidth {
			p.kept[t] = data
		}
		all[i] = data
	}
	return all, nil
}

// SaveTiles is told which tiles lead to the root.
func (p *publication) SaveTiles(tiles []tlog.Tile, data [][]byte) {
	clear(p.proven)
	for i, t := range tiles {
		p.proven[t] = data[i]
	}
}
