package verifier_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"ramure/internal/auth"
	"ramure/internal/award"
	"ramure/internal/competence"
	"ramure/internal/credential"
	"ramure/internal/did"
	"ramure/internal/keyring"
	"ramure/internal/mediation"
	"ramure/internal/problem"
	"ramure/internal/scope"
	"ramure/internal/store"
	"ramure/internal/translog"
	"ramure/internal/verifier"
)

var dawn = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// world is a deployment on this machine that answers what verifiers ask for, and
// whose answers a test may spoil on their way.
type world struct {
	*award.Service
	testing.TB
	store  *store.Store
	ring   *keyring.Ring
	signer *translog.Signer
	base   string
	client *http.Client

	mu     sync.Mutex
	at     time.Time
	spoilt map[string]func([]byte) []byte // by path; nil bytes: nothing is there
	down   map[string]bool                // by path: the connection is cut
	asked  []string
	number int
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{TB: t, at: dawn, spoilt: map[string]func([]byte) []byte{}, down: map[string]bool{}}
	server := httptest.NewServer(http.HandlerFunc(w.answer))
	t.Cleanup(server.Close)
	w.base, w.client = server.URL, server.Client()
	s, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "ramure.db"),
		store.Options{Now: w.now, IssuerDID: func(slug string) string { return did.Web(w.base, slug) }})
	w.must(err)
	t.Cleanup(func() { w.must(s.Close()) })
	w.must(s.Migrate(t.Context()))
	master, err := keyring.OpenMaster(filepath.Join(t.TempDir(), "master.key"), "", rand.Reader)
	w.must(err)
	w.store, w.ring = s, keyring.New(keyring.Config{Master: master, Store: s, Now: w.now, Rand: rand.Reader})
	w.signer = w.logSigner()
	w.Service = award.New(award.Config{Base: w.base, Store: s, Keys: w.ring, Log: log{s, w}, Catalog: new(competence.Catalogue),
		Now: w.now, Rand: rand.Reader, Place: time.UTC})
	return w
}

func (w *world) logSigner() *translog.Signer {
	w.Helper()
	key, err := w.ring.Ensure(w.Context(), "", keyring.Log, keyring.Ed25519)
	w.must(err)
	origin, err := translog.Origin(w.base)
	w.must(err)
	signer, err := translog.NewSigner(origin, key)
	w.must(err)
	return signer
}

// log sequences when somebody waits for it.
type log struct {
	*store.Store
	*world
}

func (l log) Wake()                   {}
func (l log) Policy() translog.Policy { return l.signer.Policy(l.base + "/log") }

func (l log) Latest(ctx context.Context) ([]byte, error) {
	checkpoint, err := l.LastCheckpoint(ctx)
	return checkpoint.Note, err
}

func (l log) Settle(ctx context.Context) {
	l.must(l.Store.Sequence(ctx, func(ctx context.Context, tx translog.Tx) error {
		_, err := translog.Sequence(ctx, tx, l.signer, l.now, translog.Batch)
		return err
	}))
}

// answer serves the addresses that stand in badges.
func (w *world) answer(out http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	w.asked = append(w.asked, r.URL.Path)
	spoil, down := w.spoilt[r.URL.Path], w.down[r.URL.Path]
	w.mu.Unlock()
	if down {
		panic(http.ErrAbortHandler)
	}
	body, err := w.body(r)
	if spoil != nil {
		body, err = spoil(body), nil
	}
	if err != nil || body == nil {
		http.NotFound(out, r)
		return
	}
	if _, err := out.Write(body); err != nil {
		w.Error(err)
	}
}

func (w *world) body(r *http.Request) ([]byte, error) {
	mux := http.NewServeMux()
	var body []byte
	var err error
	on := func(pattern string, get func(id string) ([]byte, error)) {
		mux.HandleFunc(pattern, func(_ http.ResponseWriter, r *http.Request) { body, err = get(r.PathValue("id")) })
	}
	on("/issuers/{id}/did.json", func(slug string) ([]byte, error) {
		document, err := w.Document(r.Context(), slug)
		if err != nil {
			return nil, err
		}
		return json.Marshal(document)
	})
	on("/status/{id}", func(number string) ([]byte, error) {
		n, _ := strconv.Atoi(number)
		l, err := w.List(r.Context(), n)
		return l.Document, err
	})
	on("/credentials/{id}", func(id string) ([]byte, error) { return w.Credential(r.Context(), award.ID(id)) })
	on("/v/{id}/proof", func(id string) ([]byte, error) { return w.Proof(r.Context(), award.ID(id)) })
	on("/log/policy", func(string) ([]byte, error) { return w.policy(), nil })
	mux.ServeHTTP(httptest.NewRecorder(), r)
	return body, err
}

func (w *world) policy() []byte {
	text, err := w.signer.Policy(w.base + "/log").Marshal()
	if err != nil {
		w.Error(err)
	}
	return text
}

// spoil changes what a path answers; nil for an answer that there is nothing.
func (w *world) spoil(path string, change func([]byte) []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.spoilt[path] = change
}

func (w *world) cut(paths ...string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, path := range paths {
		w.down[path] = true
	}
}

// questions forgets and answers what was asked.
func (w *world) questions() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	asked := w.asked
	w.asked = nil
	return asked
}

func (w *world) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.at
}

func (w *world) advance(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = w.at.Add(d)
}

// fetch asks over the wire, as the command's guarded client does.
func (w *world) fetch(ctx context.Context, address, accept string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", accept)
	response, err := w.client.Do(request)
	if err != nil {
		return nil, problem.Wrap(problem.Unavailable, "error.outbound.failed", err)
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusNotFound {
		return nil, problem.New(problem.NotFound, "error.outbound.status")
	}
	return io.ReadAll(response.Body)
}

// verifier is that of a recruiter who calls this deployment home.
func (w *world) verifier() verifier.Service {
	return verifier.Service{Config: verifier.Config{Fetch: w.fetch, Home: w.base, Loopback: true, Now: w.now}}
}

func (w *world) venue(slug string) scope.Scope {
	w.Helper()
	w.must(w.store.AddVenue(w.Context(), mediation.Venue{Slug: slug, Name: "ERIC " + slug, Commune: "13055", JWTAlg: "ES256", CreatedAt: w.now()}))
	return auth.Operator(slug)
}

// issue awards, and answers the award as it is stored and in the log.
func (w *world) issue(sc scope.Scope) award.Stored {
	w.Helper()
	w.number++
	a, err := w.Define(w.Context(), sc, award.Definition{Name: "Trier", Description: "Trier ses sources.", Criteria: "Trois sources."})
	w.must(err)
	r, err := w.Issue(w.Context(), sc, award.Order{Key: fmt.Sprintf("key-%d", w.number), Achievement: a.ID,
		Recipient: award.Person{GivenName: "Lucie", FamilyName: "Le Goff"}})
	w.must(err)
	log{w.store, w}.Settle(w.Context())
	stored, err := w.store.PublicAward(w.Context(), r.ID)
	w.must(err)
	return stored
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// expect asks for a verdict and for the answer of one check.
func (w *world) expect(what string, r credential.Report, verdict credential.Verdict, id credential.CheckID, reason string) {
	w.Helper()
	if got := r.Check(id); r.Verdict != verdict || got.Reason != reason {
		w.Errorf("%s: %s, %s %s %s; want %s, %s", what, r.Verdict, id, got.Status, got.Reason, verdict, reason)
	}
}

// verify answers the report on some bytes.
func (w *world) verify(input []byte, o verifier.Options) credential.Report {
	w.Helper()
	return w.examine(string(input), o).Report
}

// examine answers what is said of one thing.
func (w *world) examine(input string, o verifier.Options) verifier.Item {
	w.Helper()
	return one(w.TB, w.verifier(), input, o)
}

// one examines one thing that holds one badge at most.
func one(t testing.TB, service verifier.Service, input string, o verifier.Options) verifier.Item {
	t.Helper()
	items, err := service.Examine(t.Context(), []verifier.Input{{Name: "badge", Data: []byte(input)}}, o)
	if err != nil {
		t.Fatal(err)
	}
	if len(items) != 1 {
		t.Fatalf("%d items", len(items))
	}
	return items[0]
}
