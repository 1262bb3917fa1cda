package network_test

import (
	"compress/gzip"
	"context"
	"crypto/rand"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ramure/internal/did"
	"ramure/internal/keyring"
	"ramure/internal/mediation"
	"ramure/internal/network"
	"ramure/internal/problem"
	"ramure/internal/store"
	"ramure/schemas"
)

var dawn = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// open is the act over a real store and a real keyring.
func open(t *testing.T) (network.Service, *store.Store, *keyring.Ring) {
	t.Helper()
	now := func() time.Time { return dawn }
	s, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "ramure.db"), store.Options{Now: now,
		IssuerDID: func(slug string) string { return did.Web("https://badges.example", slug) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	master, err := keyring.OpenMaster(filepath.Join(t.TempDir(), "master.key"), "", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ring := keyring.New(keyring.Config{Master: master, Store: s, Now: now, Rand: rand.Reader})
	return network.Service{Store: s, Keys: ring, Communes: communes(t), Now: now}, s, ring
}

func communes(t *testing.T) mediation.Communes {
	t.Helper()
	file, err := schemas.FS.Open("data/communes.csv.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	text, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := mediation.LoadCommunes(text)
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

func venue() mediation.Venue {
	return mediation.Venue{Slug: "eric-embrun", Name: "ERIC d’Embrun", Commune: "05046"}
}

// uses lists what the keys of an issuer are for.
func uses(t *testing.T, ring *keyring.Ring, slug string) map[keyring.Use]int {
	t.Helper()
	keys, err := ring.Public(t.Context(), slug)
	if err != nil {
		t.Fatal(err)
	}
	found := map[keyring.Use]int{}
	for _, k := range keys {
		found[k.Use]++
	}
	return found
}

// A venue that joins has its two keys, each for one thing, and no other yet.
func TestJoin(t *testing.T) {
	t.Parallel()
	service, s, ring := open(t)
	joined, err := service.Join(t.Context(), venue())
	if err != nil {
		t.Fatal(err)
	}
	stored, err := s.Venue(t.Context(), "eric-embrun")
	if err != nil || stored != joined || joined.JWTAlg != "RS256" || !joined.CreatedAt.Equal(dawn) {
		t.Errorf("joined %+v, stored %+v, %v", joined, stored, err)
	}
	if got := uses(t, ring, "eric-embrun"); len(got) != 2 || got[keyring.Proof] != 1 || got[keyring.Status] != 1 {
		t.Errorf("keys %v", got)
	}
	again := venue()
	again.Name = "Un autre lieu"
	if _, err := service.Join(t.Context(), again); !problem.Is(err, problem.Conflict) {
		t.Errorf("a slug taken twice: %v", err)
	}
	if stored, err := s.Venue(t.Context(), "eric-embrun"); err != nil || stored.Name != "ERIC d’Embrun" {
		t.Errorf("%+v, %v", stored, err)
	}
}

func TestJoinRefuses(t *testing.T) {
	t.Parallel()
	service, s, _ := open(t)
	for name, c := range map[string]struct {
		path  string
		spoil func(*mediation.Venue)
	}{
		"no slug":            {"$.slug", func(v *mediation.Venue) { v.Slug = "" }},
		"a slug in capitals": {"$.slug", func(v *mediation.Venue) { v.Slug = "ERIC" }},
		"a slug with a dot":  {"$.slug", func(v *mediation.Venue) { v.Slug = "eric.embrun" }},
		"a slug that climbs": {"$.slug", func(v *mediation.Venue) { v.Slug = "../eric" }},
		"a slug too long":    {"$.slug", func(v *mediation.Venue) { v.Slug = strings.Repeat("a", 64) }},
		"two hyphens":        {"$.slug", func(v *mediation.Venue) { v.Slug = "eric--embrun" }},
		"no name":            {"$.name", func(v *mediation.Venue) { v.Name = "" }},
		"a hidden order":     {"$.name", func(v *mediation.Venue) { v.Name = "ERIC\u202e" }},
		"a postcode of none": {"$.commune", func(v *mediation.Venue) { v.Commune = "05200" }},
		"a word":             {"$.commune", func(v *mediation.Venue) { v.Commune = "Embrun" }},
		"another algorithm":  {"$.jwtAlg", func(v *mediation.Venue) { v.JWTAlg = "none" }},
	} {
		v := venue()
		c.spoil(&v)
		_, err := service.Join(t.Context(), v)
		var broken *problem.Error
		if !errors.As(err, &broken) || broken.Kind != problem.Invalid || broken.Violations[0].Path != c.path {
			t.Errorf("%s: %v", name, err)
		}
	}
	if all, err := s.Venues(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("%d venues, %v", len(all), err)
	}
}

// broken is a keyring that fails at one use.
type broken struct {
	network.Keys
	use keyring.Use
}

var errNoKey = errors.New("no room for a key")

func (b broken) Ensure(ctx context.Context, issuer string, use keyring.Use, algorithm string) (*keyring.Signer, error) {
	if use == b.use {
		return nil, errNoKey
	}
	return b.Keys.Ensure(ctx, issuer, use, algorithm)
}

// A creation cut short between the venue and its keys is told, and completed by
// the next use; completing it twice makes no key more.
func TestEquipCompletesACreation(t *testing.T) {
	t.Parallel()
	service, _, ring := open(t)
	cut := service
	cut.Keys = broken{ring, keyring.Status}
	if _, err := cut.Join(t.Context(), venue()); !errors.Is(err, errNoKey) {
		t.Fatalf("the failure is not told: %v", err)
	}
	for range 2 {
		if err := service.Equip(t.Context(), "eric-embrun"); err != nil {
			t.Fatal(err)
		}
	}
	if got := uses(t, ring, "eric-embrun"); len(got) != 2 || got[keyring.Proof] != 1 || got[keyring.Status] != 1 {
		t.Errorf("keys %v", got)
	}
}
