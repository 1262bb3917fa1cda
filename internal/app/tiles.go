package app

import (
	"context"

	"ramure/internal/translog"
)

// Tile gives a tile of the published tree: what the latest checkpoint covers,
// and nothing beyond. It reads one row and the 256 of the tile at most.
func (q *sequencer) Tile(ctx context.Context, t translog.Tile) ([]byte, error) {
	last, err := q.LastCheckpoint(ctx)
	if err != nil {
		return nil, err // before the first checkpoint nothing is published
	}
	if t.Entries {
		return translog.EntryBundle(ctx, q.Store, last.Size, t)
	}
	return translog.TileData(ctx, q.Store, last.Size, t)
}
