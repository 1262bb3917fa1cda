package public_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"ramure/internal/problem"
	"ramure/internal/public"
	"ramure/internal/translog"
)

// shelf has one tile of each sort, a broken one, and nothing else.
type shelf struct{ asked []translog.Tile }

var (
	fullTile    = translog.Tile{Level: 1, Width: translog.TileWidth}
	partialTile = translog.Tile{Index: 1_234_067, Width: 9}
	bundle      = translog.Tile{Entries: true, Width: translog.TileWidth}
	brokenTile  = translog.Tile{Level: 2, Width: 1}
)

func (s *shelf) Tile(_ context.Context, t translog.Tile) ([]byte, error) {
	s.asked = append(s.asked, t)
	switch t {
	case fullTile, partialTile, bundle:
		return fmt.Appendf(nil, "the bytes of %s", t.Path()), nil
	case brokenTile:
		return nil, errors.New("a node is missing")
	}
	return nil, problem.New(problem.NotFound, "error.log.tile")
}

func tiled(t *testing.T) (*stage, *shelf) {
	t.Helper()
	s, tiles := &stage{t: t, now: noon}, &shelf{}
	s.mount(public.Config{Base: base, Tiles: tiles, Now: s.clock})
	return s, tiles
}

func request(t *testing.T, method, path string) *http.Request {
	t.Helper()
	return httptest.NewRequestWithContext(t.Context(), method, path, nil)
}

func TestTilesAreKeptForEver(t *testing.T) {
	t.Parallel()
	s, _ := tiled(t)
	for path, tile := range map[string]translog.Tile{"/log/tile/1/000": fullTile, "/log/tile/0/x001/x234/067.p/9": partialTile, "/log/tile/entries/000": bundle} {
		answer := s.get(path, "").is(http.StatusOK, "application/octet-stream").
			says("Cache-Control", "public, max-age=31536000, immutable").says("Access-Control-Allow-Origin", "*").
			says("Cross-Origin-Resource-Policy", "cross-origin").says("Content-Encoding", "")
		if got, want := answer.Body.String(), "the bytes of "+tile.Path(); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
		head := s.send(request(t, http.MethodHead, path), "").is(http.StatusOK, "application/octet-stream").
			says("Content-Length", fmt.Sprint(answer.Body.Len())).says("ETag", answer.Header().Get("ETag"))
		if head.Body.Len() != 0 {
			t.Errorf("HEAD %s has a body of %d bytes", path, head.Body.Len())
		}
	}
}

// What the tree does not have may come: a refusal is not kept by anyone.
func TestTilesThatAreNotThere(t *testing.T) {
	t.Parallel()
	s, tiles := tiled(t)
	for _, path := range []string{"/log/tile/0/001", "/log/tile/0/000.p/255", "/log/tile/63/000", "/log/tile/entries/001.p/1"} {
		s.get(path, "").is(http.StatusNotFound, "application/problem+json").says("Cache-Control", "no-store").says("Access-Control-Allow-Origin", "*")
	}
	if len(tiles.asked) != 4 {
		t.Errorf("asked for %v", tiles.asked)
	}
	for _, path := range []string{"/log/tile/", "/log/tile/1/000/", "/log/tile/1/00", "/log/tile/1/0000", "/log/tile/01/000", "/log/tile/-1/000",
		"/log/tile/64/000", "/log/tile/1/000.p/256", "/log/tile/1/000.p/0", "/log/tile/1/000.p/", "/log/tile/1/x000/000", "/log/tile//1/000",
		"/log/tile/1%2F000", "/log/tile/%31/000", "/log/tile/entries", "/log/tile/Entries/000", "/log/tile/data/000", "/log/tile/1/000%00",
		"/log/tile/../tile/1/000", "/log/tile/1/x999/x999/x999/x999/x999/x999/999"} {
		s.get(path, "").is(http.StatusNotFound, "application/problem+json").says("Cache-Control", "no-store")
	}
	if len(tiles.asked) != 4 {
		t.Errorf("a path that names nothing was looked for: %v", tiles.asked[4:])
	}
	s.send(request(t, http.MethodPost, "/log/tile/1/000"), "").is(http.StatusMethodNotAllowed, "")
}

// A fault of ours is not "there is no such tile": a mirror would believe it.
func TestTileThatCannotBeRead(t *testing.T) {
	t.Parallel()
	s, _ := tiled(t)
	s.get("/log/tile/2/000.p/1", "").is(http.StatusServiceUnavailable, "application/problem+json").says("Cache-Control", "no-store")
}
