package standing_test

import (
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"maps"
	"os"
	"slices"
	"testing"
	"time"

	"ramure/internal/freshness"
	"ramure/internal/lookalike"
	"ramure/internal/mediation"
	"ramure/internal/problem"
	"ramure/internal/standing"
	"ramure/schemas"
)

var dawn = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// world is a network with two venues, whose operator keeps a list in memory.
type world struct {
	*testing.T
	*standing.Service
	at         time.Time
	changes    *freshness.Sequence
	number     int64
	venues     []mediation.Venue
	issuers    map[string]standing.Issuer
	registries map[string]standing.Registry
	web        map[string]string // what addresses answer
	fetched    []string
	down       error
}

func newWorld(t *testing.T) *world { return newWorldWith(t, names(t)) }

func newWorldWith(t *testing.T, table *lookalike.Table) *world {
	w := &world{T: t, at: dawn, issuers: map[string]standing.Issuer{}, registries: map[string]standing.Registry{}, web: map[string]string{},
		venues: []mediation.Venue{{Slug: "eric-marseille", Name: "ÉRIC Marseille"}, {Slug: "moulin", Name: "Tiers-lieu Le Moulin"}}}
	w.changes = freshness.NewSequence(w.now)
	w.Service = standing.New(standing.Config{Store: w, Names: table, Fetch: w.fetch, Now: w.now, Changes: w.changes,
		Issuer: func(slug string) string { return "did:web:badges.example:issuers:" + slug }})
	w.changed()
	return w
}

func names(t testing.TB) *lookalike.Table {
	t.Helper()
	file, err := schemas.FS.Open("data/confusables.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	table, err := lookalike.Load(file)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// rows reads a table of the tests without its header.
func rows(t *testing.T, path string) [][]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	all, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[1:]
}

func (w *world) now() time.Time { return w.at }

func (w *world) advance(d time.Duration) {
	w.at = w.at.Add(d)
	w.changes.Learn(w.number, w.at)
}

func (w *world) changed() {
	w.number++
	w.changes.Learn(w.number, w.at)
}

func (w *world) fetch(_ context.Context, address string) ([]byte, error) {
	w.fetched = append(w.fetched, address)
	body, found := w.web[address]
	if !found {
		return nil, problem.New(problem.Unavailable, "error.outbound.failed")
	}
	return []byte(body), nil
}

// The store, in memory.

func (w *world) AddKnownIssuer(_ context.Context, i standing.Issuer) error {
	if _, listed := w.issuers[i.ID]; listed {
		return problem.New(problem.Conflict, "error.trust.listed")
	}
	w.issuers[i.ID] = i
	w.changed()
	return nil
}

func (w *world) KnownIssuers(context.Context) ([]standing.Issuer, error) {
	return slices.SortedFunc(maps.Values(w.issuers), func(a, b standing.Issuer) int { return cmp.Compare(a.Name, b.Name) }), w.down
}

func (w *world) PutRegistry(_ context.Context, r standing.Registry) error {
	w.registries[r.Source] = r
	w.changed()
	return nil
}

func (w *world) KeepRegistry(ctx context.Context, source string, issuers map[string]string, at time.Time) error {
	r, listed := w.registries[source]
	if !listed {
		return problem.New(problem.NotFound, "error.notFound")
	}
	r.Issuers, r.ReadAt = issuers, at
	return w.PutRegistry(ctx, r)
}

func (w *world) Registries(context.Context) ([]standing.Registry, error) {
	return slices.SortedFunc(maps.Values(w.registries), func(a, b standing.Registry) int { return cmp.Compare(a.Name, b.Name) }), nil
}

func (w *world) RemoveKnown(_ context.Context, id string) error {
	if _, listed := w.issuers[id]; !listed && w.registries[id].Source == "" {
		return problem.New(problem.NotFound, "error.notFound")
	}
	delete(w.issuers, id)
	delete(w.registries, id)
	w.changed()
	return nil
}

func (w *world) Venues(context.Context) ([]mediation.Venue, error) { return w.venues, nil }

// add puts an issuer on the list.
func (w *world) add(id, name string) {
	w.Helper()
	_, err := w.Add(w.Context(), standing.Issuer{ID: id, Name: name}, false)
	w.must(err)
}

// file puts a registry on the list.
func (w *world) file(text string) {
	w.Helper()
	_, err := w.AddFile(w.Context(), "list.json", "Un réseau ami", "", []byte(text))
	w.must(err)
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) fails(what string, err error, kind problem.Kind, key string) {
	w.Helper()
	var failure *problem.Error
	if !errors.As(err, &failure) || failure.Kind != kind || failure.Key != key {
		w.Errorf("%s: got %v, want %s %s", what, err, kind, key)
	}
}
