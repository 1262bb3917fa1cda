package public

import (
	"context"
	"strings"

	"github.com/gin-gonic/gin"

	"ramure/internal/httpx"
	"ramure/internal/problem"
	"ramure/internal/translog"
)

// Tiles is the log as mirrors and monitors read it.
type Tiles interface {
	// Tile gives the bytes of a tile of the published tree, hashes or leaves;
	// problem.NotFound for one that the tree does not have.
	Tile(ctx context.Context, t translog.Tile) ([]byte, error)
}

// typeOctets is the media type of tiles and of bundles of entries.
const typeOctets = "application/octet-stream"

// tile answers GET /log/tile/… (C2SP tlog-tiles, Merkle Tree and Log entries).
// A tile that is there never changes, a partial one neither: its width is part
// of its address. One that is not there yet may come, so that a refusal is not
// kept.
func (d *door) tile(c *gin.Context) {
	data, err := d.readTile(c)
	switch {
	case problem.Is(err, problem.NotFound):
		httpx.Fail(c, notHere())
	case err != nil:
		withhold(c, err)
	default:
		httpx.Cache(c, httpx.Immutable)
		httpx.Bytes(c, typeOctets, data, "")
	}
}

// readTile reads the address as it was sent: an escaped spelling of it would be
// a second address of one tile.
func (d *door) readTile(c *gin.Context) ([]byte, error) {
	t, err := translog.ParseTilePath(strings.TrimPrefix(c.Request.URL.EscapedPath(), "/log/"))
	if err != nil {
		return nil, err
	}
	return d.Tiles.Tile(c.Request.Context(), t)
}
