package public_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"ramure/internal/auth"
	"ramure/internal/award"
	"ramure/internal/competence"
	"ramure/internal/did"
	"ramure/internal/httpx"
	"ramure/internal/keyring"
	"ramure/internal/locale"
	"ramure/internal/mediation"
	"ramure/internal/network"
	"ramure/internal/public"
	"ramure/internal/store"
	"ramure/internal/translog"
	"ramure/schemas"
	"ramure/web"
)

const (
	base  = "https://badges.example.org"
	slug  = "eric-embrun"
	venue = "ERIC d’Embrun"
)

// stage is the door with the real acts behind it, on a database of its own.
type stage struct {
	t       *testing.T
	store   *altered
	award   *award.Service
	log     *register
	config  public.Config
	handler http.Handler
	logged  bytes.Buffer

	mu  sync.Mutex
	now time.Time
}

// noon is the stage's first moment.
var noon = time.Date(2026, 11, 22, 11, 0, 0, 0, time.UTC)

func open(t *testing.T) *stage {
	t.Helper()
	s := &stage{t: t, now: noon}
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "ramure.db"), store.Options{Now: s.clock,
		IssuerDID: func(slug string) string { return did.Web(base, slug) }})
	s.must(err)
	t.Cleanup(func() { s.must(db.Close()) })
	s.must(db.Migrate(t.Context()))
	s.store = &altered{Store: db}
	master, err := keyring.OpenMaster(filepath.Join(t.TempDir(), "master.key"), "", rand.Reader)
	s.must(err)
	ring := keyring.New(keyring.Config{Master: master, Store: db, Now: s.clock, Rand: rand.Reader})
	s.log = s.openLog(db, ring)
	frameworks := s.catalogue()
	s.award = award.New(award.Config{Base: base, Store: s.store, Keys: ring, Log: s.log, Catalog: frameworks,
		Now: s.clock, Rand: rand.Reader, Ready: s.store.ready, Place: s.paris()})
	towns := mediation.Communes{"05046": "Embrun"}
	venues := network.Service{Store: db, Keys: ring, Communes: towns, Now: s.clock}
	_, err = venues.Join(t.Context(), mediation.Venue{Slug: slug, Name: venue, Commune: "05046", JWTAlg: keyring.ES256})
	s.must(err)
	s.config = public.Config{Base: base, Awards: s.award, Achievements: db, Venues: db, Frameworks: frameworks,
		Log: s.log, Communes: towns, Now: s.clock, Notice: public.Notice{Editor: "Association Exemple", Contact: "contact@example.org"}}
	s.mount(s.config)
	return s
}

func (s *stage) mount(c public.Config) {
	texts, err := locale.Open(web.FS)
	s.must(err)
	texts = texts.ObserveMissing(func(lang locale.Language, key string) { s.t.Errorf("no text %s in %s", key, lang) })
	hall, err := httpx.New(httpx.Config{BaseURL: base, Templates: web.FS, Static: web.FS, Catalogue: texts,
		Logger: slog.New(slog.NewTextHandler(&s.logged, nil)), Now: s.clock, Rand: rand.Reader})
	s.must(err)
	s.must(public.Mount(hall, c))
	s.handler, err = hall.Handler()
	s.must(err)
}

func (s *stage) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *stage) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *stage) wait(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
}

func (s *stage) paris() *time.Location {
	place, err := time.LoadLocation("Europe/Paris")
	s.must(err)
	return place
}

func (s *stage) catalogue() *competence.Catalogue {
	file, err := schemas.FS.Open("data/competences.csv")
	s.must(err)
	defer file.Close()
	list, err := competence.Load(file)
	s.must(err)
	return list
}

// register is the log, sequenced whenever somebody waits for it.
type register struct {
	*store.Store
	signer *translog.Signer
	now    func() time.Time
	asleep bool // leaves wait for ever
}

func (s *stage) openLog(db *store.Store, ring *keyring.Ring) *register {
	key, err := ring.Ensure(s.t.Context(), "", keyring.Log, keyring.Ed25519)
	s.must(err)
	origin, err := translog.Origin(base)
	s.must(err)
	signer, err := translog.NewSigner(origin, key)
	s.must(err)
	return &register{Store: db, signer: signer, now: s.clock}
}

func (r *register) Wake()                   {}
func (r *register) Policy() translog.Policy { return r.signer.Policy(base + "/log") }

func (r *register) Settle(ctx context.Context) {
	if r.asleep {
		return
	}
	err := r.Sequence(ctx, func(ctx context.Context, tx translog.Tx) error {
		_, err := translog.Sequence(ctx, tx, r.signer, r.now, translog.Batch)
		return err
	})
	if err != nil {
		panic(err)
	}
}

func (r *register) Latest(ctx context.Context) ([]byte, error) {
	r.Settle(ctx)
	last, err := r.LastCheckpoint(ctx)
	return last.Note, err
}

// altered is the store, of which a test can change what is read.
type altered struct {
	*store.Store
	read   func(*award.Stored) error // changes an award, or hides it
	unfit  error                     // nothing can be signed
	failed error                     // status lists can't be read
}

func (a *altered) PublicAward(ctx context.Context, id award.ID) (award.Stored, error) {
	stored, err := a.Store.PublicAward(ctx, id)
	if err == nil && a.read != nil {
		err = a.read(&stored)
	}
	if err != nil {
		return award.Stored{}, err
	}
	return stored, nil
}

func (a *altered) PublicDocument(ctx context.Context, id award.ID) ([]byte, error) {
	stored, err := a.PublicAward(ctx, id)
	return stored.Document, err
}

func (a *altered) StatusList(ctx context.Context, number int) (award.StatusList, error) {
	if a.failed != nil {
		return award.StatusList{}, a.failed
	}
	return a.Store.StatusList(ctx, number)
}

func (a *altered) ready() error { return a.unfit }

// definition is a badge with all that a badge can have.
func definition() award.Definition {
	return award.Definition{
		Name: "Veille sur le web", Description: "Chercher, trier et partager ce que l’on trouve.",
		Criteria: "## À faire\n\n- Tenir une **veille** de trois semaines.\n", Competences: []string{"acunum.c1.4", "acunum.u1.2"},
		Levels: []award.Level{{Name: "Novice", Level: "1", Description: "Avec de l’aide."},
			{Name: "Indépendant", Level: "2", Description: "Sans aide, dans les cas simples."}, {Name: "Avancé", Level: "3"}},
		RequiredLevel: "2", ValidFor: "P3Y", Tags: []string{"veille"},
	}
}

func (s *stage) define(d award.Definition) award.AchievementID {
	s.t.Helper()
	made, err := s.award.Define(s.t.Context(), auth.Operator(slug), d)
	s.must(err)
	return made.ID
}

// lucie is awarded the badge; change makes the order another one.
func (s *stage) issue(achievement award.AchievementID, change func(*award.Order)) award.ID {
	s.t.Helper()
	order := award.Order{Key: rand.Text(), Achievement: achievement, Level: "2",
		Recipient: award.Person{GivenName: "Lucie", FamilyName: "Le Goff-D’Œuvre", Over15: true},
		Evidence:  []award.Evidence{{Name: "Carte de veille", URL: "https://example.org/carte", Narrative: "Présentée au *groupe*."}}}
	if change != nil {
		change(&order)
	}
	receipt, err := s.award.Issue(s.t.Context(), auth.Operator(slug), order)
	s.must(err)
	return receipt.ID
}

// shown lets the name be shown.
func shown(o *award.Order) {
	o.ShowName = true
	o.Consent = &award.Consent{By: "Lucie Le Goff-D’Œuvre", At: noon.Add(-time.Hour), How: "signature sur papier"}
}

const revocationReason = "Rendu à la demande de Madame Blanc"

func (s *stage) revoke(id award.ID) {
	s.t.Helper()
	_, err := s.award.Revoke(s.t.Context(), auth.Operator(slug), id, revocationReason)
	s.must(err)
}

// answer is what a visitor got.
type answer struct {
	*httptest.ResponseRecorder
	t    *testing.T
	from string
}

func (s *stage) get(path, accept string) answer {
	s.t.Helper()
	return s.send(httptest.NewRequestWithContext(s.t.Context(), http.MethodGet, path, nil), accept)
}

// post sends the form as a browser at an address does.
func (s *stage) post(path, accept, address, form string) answer {
	s.t.Helper()
	r := httptest.NewRequestWithContext(s.t.Context(), http.MethodPost, path, strings.NewReader(form))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.RemoteAddr = address + ":4321"
	return s.send(r, accept)
}

func (s *stage) send(r *http.Request, accept string) answer {
	s.t.Helper()
	if accept != "" {
		r.Header.Set("Accept", accept)
	}
	a := answer{httptest.NewRecorder(), s.t, r.Method + " " + r.URL.String() + " as " + accept}
	s.handler.ServeHTTP(a, r)
	if len(a.Result().Cookies()) > 0 {
		s.t.Errorf("%s: a cookie", a.from)
	}
	return a
}

// is asks for a status and, unless empty, a content type.
func (a answer) is(status int, contentType string) answer {
	a.t.Helper()
	if got := a.Header().Get("Content-Type"); a.Code != status || (contentType != "" && got != contentType) {
		a.t.Errorf("%s: %d %s, want %d %s\n%.300s", a.from, a.Code, got, status, contentType, a.Body)
	}
	return a
}

// says asks for a header.
func (a answer) says(header, want string) answer {
	a.t.Helper()
	if got := a.Header().Get(header); got != want {
		a.t.Errorf("%s: %s is %q, want %q", a.from, header, got, want)
	}
	return a
}

func (a answer) has(want string) {
	a.t.Helper()
	if !bytes.Contains(a.Body.Bytes(), []byte(want)) {
		a.t.Errorf("%s: %q is not in it", a.from, want)
	}
}

func (a answer) hasNot(unwanted string) {
	a.t.Helper()
	if bytes.Contains(bytes.ToLower(a.Body.Bytes()), bytes.ToLower([]byte(unwanted))) {
		a.t.Errorf("%s: %q is in it", a.from, unwanted)
	}
}
