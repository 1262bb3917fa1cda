package demo_test

import (
	"compress/gzip"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ramure/internal/auth"
	"ramure/internal/award"
	"ramure/internal/competence"
	"ramure/internal/credential"
	"ramure/internal/demo"
	"ramure/internal/did"
	"ramure/internal/keyring"
	"ramure/internal/mediation"
	"ramure/internal/network"
	"ramure/internal/store"
	"ramure/internal/translog"
	"ramure/schemas"
)

const base = "https://badges.example"

var dawn = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// house is the demonstration with the acts that it goes through.
type house struct {
	demo.Config
	testing.TB
	store  *store.Store
	signer *translog.Signer
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{TB: t}
	now := func() time.Time { return dawn }
	s, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "ramure.db"),
		store.Options{Now: now, IssuerDID: func(slug string) string { return did.Web(base, slug) }})
	h.must(err)
	t.Cleanup(func() { h.must(s.Close()) })
	h.must(s.Migrate(t.Context()))
	master, err := keyring.OpenMaster(filepath.Join(t.TempDir(), "master.key"), "", rand.Reader)
	h.must(err)
	ring := keyring.New(keyring.Config{Master: master, Store: s, Now: now, Rand: rand.Reader})
	key, err := ring.Ensure(t.Context(), "", keyring.Log, keyring.Ed25519)
	h.must(err)
	h.signer, err = translog.NewSigner("badges.example/log", key)
	h.must(err)
	h.store = s
	catalogue := read(h, "data/competences.csv", func(f file) (*competence.Catalogue, error) { return competence.Load(f) })
	modules := read(h, "data/acunum-cycle.csv", func(f file) ([]mediation.Module, error) { return mediation.LoadModules(f, catalogue) })
	communes := read(h, "data/communes.csv.gz", func(f file) (mediation.Communes, error) {
		text, err := gzip.NewReader(f)
		if err != nil {
			return nil, err
		}
		return mediation.LoadCommunes(text)
	})
	act := award.New(award.Config{Base: base, Store: s, Keys: ring, Log: log{s, h}, Catalog: catalogue, Now: now, Rand: rand.Reader, Place: time.UTC})
	h.Config = demo.Config{Network: network.Service{Store: s, Keys: ring, Communes: communes, Now: now}, Award: act, Modules: modules,
		Scope: auth.Operator, Now: now}
	return h
}

// file is an embedded file.
type file interface{ Read([]byte) (int, error) }

func read[T any](h *house, name string, load func(file) (T, error)) T {
	h.Helper()
	opened, err := schemas.FS.Open(name)
	h.must(err)
	defer opened.Close()
	loaded, err := load(opened)
	h.must(err)
	return loaded
}

// log sequences when somebody waits for it.
type log struct {
	*store.Store
	house *house
}

func (l log) Wake()                   {}
func (l log) Policy() translog.Policy { return l.house.signer.Policy(base + "/log") }

func (l log) Latest(ctx context.Context) ([]byte, error) {
	checkpoint, err := l.LastCheckpoint(ctx)
	return checkpoint.Note, err
}

func (l log) Settle(ctx context.Context) {
	l.house.must(l.Store.Sequence(ctx, func(ctx context.Context, tx translog.Tx) error {
		_, err := translog.Sequence(ctx, tx, l.house.signer, l.house.Now, translog.Batch)
		return err
	}))
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// count tells how much the demonstration has made.
func (h *house) count() string {
	h.Helper()
	venues, err := h.store.Venues(h.Context())
	h.must(err)
	achievements, awards := 0, 0
	for _, v := range venues {
		defined, _, err := h.Award.Achievements(h.Context(), auth.Operator(v.Slug), "", 100)
		h.must(err)
		issued, _, err := h.Award.Awards(h.Context(), auth.Operator(v.Slug), award.Query{Limit: 100, Now: dawn})
		h.must(err)
		achievements, awards = achievements+len(defined), awards+len(issued)
	}
	return fmt.Sprintf("%d venues, %d achievements, %d awards", len(venues), achievements, awards)
}

// Each badge of the table is what the table says that it is, and every verdict
// that a recruiter may meet is there.
func TestTableSaysWhatIsTrue(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	rows, err := demo.Load(t.Context(), h.Config)
	h.must(err)
	seen := map[credential.Verdict]bool{}
	for _, row := range rows {
		view, err := h.Award.Examine(t.Context(), row.ID)
		h.must(err)
		seen[row.Verdict] = true
		if view.Report.Verdict != row.Verdict {
			t.Errorf("%s: %s, the table says %s", row.Kind, view.Report.Verdict, row.Verdict)
		}
		if strings.Contains(row.Kind, "hidden") && view.Name != nil || strings.Contains(row.Kind, "shown") && view.Name == nil {
			t.Errorf("%s: name %+v", row.Kind, view.Name)
		}
	}
	for _, v := range []credential.Verdict{credential.Valid, credential.Expired, credential.NotYetValid, credential.Revoked} {
		if !seen[v] {
			t.Errorf("no badge is %s", v)
		}
	}
}

// Loading it again, and after an interruption anywhere, makes what is missing and
// nothing twice.
func TestLoadCanBeRepeatedAndInterrupted(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	first, err := demo.Load(t.Context(), h.Config)
	h.must(err)
	whole := h.count()
	again, err := demo.Load(t.Context(), h.Config)
	h.must(err)
	if fmt.Sprint(first) != fmt.Sprint(again) || h.count() != whole {
		t.Errorf("%s, then %s\n%v\n%v", whole, h.count(), first, again)
	}
	cut := newHouse(t)
	for venue := 1; venue <= 3; venue++ {
		stopping := cut.Config
		stopping.Network = &stops{cut.Config.Network, venue}
		if _, err := demo.Load(t.Context(), stopping); !errors.Is(err, errStopped) {
			t.Fatalf("stopped at venue %d: %v", venue, err)
		}
	}
	_, err = demo.Load(t.Context(), cut.Config)
	h.must(err)
	if got := cut.count(); got != whole {
		t.Errorf("interrupted: %s, want %s", got, whole)
	}
}

var errStopped = errors.New("stopped")

// stops fails at the nth venue.
type stops struct {
	demo.Network
	left int
}

func (s *stops) Join(ctx context.Context, v mediation.Venue) (mediation.Venue, error) {
	if s.left--; s.left == 0 {
		return mediation.Venue{}, errStopped
	}
	return s.Network.Join(ctx, v)
}

// Nobody takes the demonstration for a real network: every venue says that it is
// invented, and every module of the cycle is taught.
func TestDemonstrationSaysThatItIsOne(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, err := demo.Load(t.Context(), h.Config)
	h.must(err)
	venues, err := h.store.Venues(t.Context())
	h.must(err)
	taught := map[string]bool{}
	for _, v := range venues {
		if !strings.Contains(v.Name, "fictif") {
			t.Errorf("%s does not say that it is invented", v.Name)
		}
		list, _, err := h.Award.Achievements(t.Context(), auth.Operator(v.Slug), "", 100)
		h.must(err)
		for _, a := range list {
			taught[a.Definition.Name] = true
			if len(a.Definition.Levels) == 0 {
				t.Errorf("%s has no levels", a.Definition.Name)
			}
		}
	}
	for _, m := range h.Modules {
		if !taught[m.Title] {
			t.Errorf("nobody teaches %s", m.Title)
		}
	}
	if _, err := h.store.Venue(t.Context(), demo.Issuer); err != nil {
		t.Errorf("the printed token acts for nobody: %v", err)
	}
}
