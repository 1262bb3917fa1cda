package bench

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"ramure/internal/app"
	"ramure/internal/auth"
	"ramure/internal/award"
	"ramure/internal/config"
	"ramure/internal/mediation"
	"ramure/internal/problem"
	"ramure/internal/store/pgtest"
)

// venues share the awards of a set.
const venues = 10

func venueName(n int) string { return fmt.Sprintf("atelier-%d", n) }

// fill issues awards until an installation has as many, through the acts that
// the API uses too: each is checked, signed, indexed and logged. It goes on
// where an earlier run was interrupted, and is told each award that it makes.
func fill(ctx context.Context, i installation, awards int, made func()) error {
	core, err := i.core(ctx)
	if err != nil {
		return err
	}
	defer core.Close()
	achievements, err := found(ctx, core)
	if err != nil {
		return err
	}
	if err := issueAll(ctx, core, achievements, awards, made); err != nil {
		return err
	}
	return core.Log.Drain(ctx)
}

// core is the product without its doors, on this installation.
func (i installation) core(ctx context.Context) (*app.Core, error) {
	c := config.Config{Listen: "127.0.0.1:8080", AdminListen: "127.0.0.1:8081", BaseURL: origin, DataDir: i.data, DatabaseURL: i.url}
	if err := c.Complete(); err != nil {
		return nil, err
	}
	return app.Open(ctx, c, environment(slog.New(slog.DiscardHandler)))
}

// found makes the venues and an achievement of each, unless they are there.
func found(ctx context.Context, core *app.Core) ([]award.Achievement, error) {
	list := make([]award.Achievement, venues)
	for n := range list {
		slug := venueName(n)
		_, err := core.Network.Join(ctx, mediation.Venue{Slug: slug, Name: "ERIC " + slug, Commune: "13055"})
		if err != nil && !problem.Is(err, problem.Conflict) {
			return nil, err
		}
		known, _, err := core.Store.Achievements(ctx, auth.Operator(slug), "", 1)
		if err != nil {
			return nil, err
		}
		if len(known) == 1 {
			list[n] = known[0]
			continue
		}
		if list[n], err = core.Award.Define(ctx, auth.Operator(slug), meant()); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// issueAll hands each venue its awards as one batch. The idempotency keys are
// the numbers of the awards, so that what was made before is not made again.
func issueAll(ctx context.Context, core *app.Core, achievements []award.Achievement, awards int, made func()) error {
	for venue, achievement := range achievements {
		orders := func(yield func(award.Order) bool) {
			for n := venue; n < awards; n += venues {
				if !yield(ordered(n, achievement.ID)) {
					return
				}
			}
		}
		tell := func(_ int, _ award.Receipt, err error) error { made(); return err }
		if err := core.Award.IssueBatch(ctx, auth.Operator(venueName(venue)), orders, tell); err != nil {
			return err
		}
	}
	return nil
}

// million is the size of the set that make bench-data prepares.
const million = 1_000_000

// millionOf is the prepared set on an engine. For PostgreSQL the server must be
// running: address is its URL.
func millionOf(engine string) (installation, bool) {
	folder, err := filepath.Abs(filepath.Join(os.Getenv(dataVariable), engine))
	if err != nil || os.Getenv(dataVariable) == "" {
		return installation{}, false
	}
	_, err = os.Stat(filepath.Join(folder, "complete"))
	return installation{engine: engine, data: folder, url: "sqlite:" + filepath.Join(folder, "ramure.db")}, err == nil
}

// cluster is the server of the prepared set.
func (i installation) cluster() (*pgtest.Server, error) {
	return pgtest.Keep(filepath.Join(i.data, "cluster"), pgtest.Options{Settings: []string{"shared_buffers=512MB", "max_wal_size=8GB"}})
}

// prepareMillion is the program of make bench-data.
func prepareMillion(ctx context.Context) error {
	for _, engine := range engines {
		i, complete := millionOf(engine)
		if i.data == "" {
			return fmt.Errorf("%s must name a folder", dataVariable)
		}
		if complete {
			fmt.Printf("%s: complete in %s\n", engine, i.data)
			continue
		}
		if err := prepare(ctx, i); err != nil {
			return fmt.Errorf("%s: %w", engine, err)
		}
	}
	return nil
}

func prepare(ctx context.Context, i installation) error {
	if err := os.MkdirAll(i.data, 0o755); err != nil {
		return err
	}
	if i.engine == "postgres" {
		server, err := i.cluster()
		if err != nil {
			return err
		}
		defer server.Stop()
		if i.url, err = server.Create("ramure"); err != nil {
			return err
		}
	}
	var made atomic.Int64
	err := fill(ctx, i, million, func() {
		if n := made.Add(1); n%10_000 == 0 {
			fmt.Printf("%s: %s awards\n", i.engine, thousands(float64(n)))
		}
	})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(i.data, "complete"), nil, 0o644)
}

// smallOf makes a set of so many awards that goes with the benchmark.
func smallOf(tb testing.TB, engine string, awards int) installation {
	tb.Helper()
	i := fresh(tb, engine)
	if err := fill(tb.Context(), i, awards, func() {}); err != nil {
		tb.Fatal(err)
	}
	return i
}
