package award_test

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ramure/internal/auth"
	"ramure/internal/award"
	"ramure/internal/competence"
	"ramure/internal/did"
	"ramure/internal/jsonld"
	"ramure/internal/keyring"
	"ramure/internal/mediation"
	"ramure/internal/problem"
	"ramure/internal/scope"
	"ramure/internal/store"
	"ramure/internal/translog"
	"ramure/schemas"
)

const base = "https://badges.example"

// dawn is when every house is founded: ten in the morning in Marseille.
var dawn = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// house is the act with a real store, real keys and a real log, and a clock that
// stands until it is moved.
type house struct {
	*award.Service
	testing.TB
	store *store.Store
	ring  *keyring.Ring
	log   *log
	clock *clock
	doubt atomic.Bool // the clock can't be trusted
	keys  atomic.Int64
}

func newHouse(t testing.TB) *house {
	t.Helper()
	h := &house{TB: t, clock: &clock{at: dawn}}
	h.store = h.open(filepath.Join(t.TempDir(), "ramure.db"))
	master, err := keyring.OpenMaster(filepath.Join(t.TempDir(), "master.key"), "", rand.Reader)
	h.must(err)
	h.ring = keyring.New(keyring.Config{Master: master, Store: h.store, Now: h.clock.now, Rand: rand.Reader})
	h.log = h.openLog()
	place, err := time.LoadLocation("Europe/Paris")
	h.must(err)
	h.Service = award.New(award.Config{Base: base, Store: h.store, Keys: h.ring, Log: h.log, Catalog: catalogue(t),
		Now: h.clock.now, Rand: rand.Reader, Ready: h.ready, Place: place})
	return h
}

func (h *house) open(file string) *store.Store {
	h.Helper()
	s, err := store.Open(h.Context(), "sqlite:"+file, store.Options{Now: h.clock.now,
		IssuerDID: func(slug string) string { return did.Web(base, slug) }})
	h.must(err)
	h.Cleanup(func() {
		if err := s.Close(); err != nil {
			h.Error(err)
		}
	})
	h.must(s.Migrate(h.Context()))
	return s
}

func catalogue(t testing.TB) *competence.Catalogue {
	t.Helper()
	file, err := schemas.FS.Open("data/competences.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	loaded, err := competence.Load(file)
	if err != nil {
		t.Fatal(err)
	}
	return loaded
}

// clock stands still.
type clock struct {
	sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.Lock()
	defer c.Unlock()
	return c.at
}

func (c *clock) advance(d time.Duration) {
	c.Lock()
	defer c.Unlock()
	c.at = c.at.Add(d)
}

func (h *house) ready() error {
	if h.doubt.Load() {
		return problem.New(problem.Unavailable, "error.clock")
	}
	return nil
}

// log sequences when somebody waits for it, unless it is held.
type log struct {
	*store.Store
	signer *translog.Signer
	now    func() time.Time
	held   atomic.Bool
	woken  atomic.Int64
}

func (h *house) openLog() *log {
	h.Helper()
	key, err := h.ring.Ensure(h.Context(), "", keyring.Log, keyring.Ed25519)
	h.must(err)
	origin, err := translog.Origin(base)
	h.must(err)
	signer, err := translog.NewSigner(origin, key)
	h.must(err)
	return &log{Store: h.store, signer: signer, now: h.clock.now}
}

func (l *log) Wake()                   { l.woken.Add(1) }
func (l *log) Policy() translog.Policy { return l.signer.Policy(base + "/log") }

func (l *log) Latest(ctx context.Context) ([]byte, error) {
	checkpoint, err := l.LastCheckpoint(ctx)
	return checkpoint.Note, err
}

func (l *log) Settle(ctx context.Context) {
	for more := !l.held.Load(); more; {
		more = false // with nothing waiting, nothing is called
		err := l.Sequence(ctx, func(ctx context.Context, tx translog.Tx) error {
			result, err := translog.Sequence(ctx, tx, l.signer, l.now, translog.Batch)
			more = result.More
			return err
		})
		if err != nil {
			panic(err) // nobody would see it otherwise
		}
	}
}

// venue makes a venue and answers the right to act for it.
func (h *house) venue(slug string) scope.Scope {
	h.Helper()
	h.must(h.store.AddVenue(h.Context(), mediation.Venue{Slug: slug, Name: "ERIC " + slug, Commune: "13055",
		JWTAlg: "ES256", CreatedAt: h.clock.now()}))
	return auth.Operator(slug)
}

func definition() award.Definition {
	return award.Definition{Name: "Vérifier une information", Description: "Savoir recouper ses sources.",
		Criteria: "Avoir comparé **trois** sources.", Competences: []string{"acunum.c1.4"}, ValidFor: "P3Y", Tags: []string{"information"},
		Levels: []award.Level{{Name: "Indépendant", Level: "3"}, {Name: "Avancé", Level: "5", Description: "Aide les autres."}}}
}

func (h *house) define(sc scope.Scope) award.AchievementID {
	h.Helper()
	a, err := h.Define(h.Context(), sc, definition())
	h.must(err)
	return a.ID
}

// order asks for an award under a key of its own.
func (h *house) order(id award.AchievementID, change ...func(*award.Order)) award.Order {
	o := award.Order{Key: fmt.Sprintf("key-%d", h.keys.Add(1)), Achievement: id, Level: "3",
		Recipient: award.Person{GivenName: "Lucie", FamilyName: "Le Goff-D’Œuvre"}}
	for _, c := range change {
		c(&o)
	}
	raw, err := json.Marshal(o)
	h.must(err)
	o.Fingerprint = sha256.Sum256(raw)
	return o
}

// issue awards what must succeed.
func (h *house) issue(sc scope.Scope, id award.AchievementID, change ...func(*award.Order)) award.Stored {
	h.Helper()
	r, err := h.Issue(h.Context(), sc, h.order(id, change...))
	h.must(err)
	return h.read(r.ID)
}

func (h *house) read(id award.ID) award.Stored {
	h.Helper()
	stored, err := h.store.PublicAward(h.Context(), id)
	h.must(err)
	return stored
}

// awards counts what a venue has awarded.
func (h *house) awards(sc scope.Scope) int {
	h.Helper()
	list, _, err := h.Awards(h.Context(), sc, award.Query{Limit: 100, Now: h.clock.now()})
	h.must(err)
	return len(list)
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// refused asks for a kind of refusal, and for its message or for the path of a
// rule that it must name.
func (h *house) refused(err error, kind problem.Kind, says string) {
	h.Helper()
	if problem.KindOf(err) != kind || !strings.Contains(err.Error(), says) {
		h.Errorf("got %v, want %s with %q", err, kind, says)
	}
}

func decode(t testing.TB, document []byte) map[string]any {
	t.Helper()
	doc, err := jsonld.DecodeObject(document)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
