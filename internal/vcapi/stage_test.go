package vcapi

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"ramure/internal/credential/dataintegrity"
	"ramure/internal/did"
	"ramure/internal/httpx"
	"ramure/internal/jsonld"
	"ramure/internal/locale"
	"ramure/web"
)

// noon is when every test happens.
var noon = time.Date(2026, 11, 22, 11, 0, 0, 0, time.UTC)

// world is one adapter behind its real hall, on a port of this machine, and what
// the world outside would answer.
type world struct {
	*Adapter
	client *http.Client

	mu     sync.Mutex
	mirror map[string][]byte
}

var shared *world

func TestMain(m *testing.M) {
	var closeAll func()
	var err error
	if shared, closeAll, err = newWorld(); err != nil {
		panic(err)
	}
	code := m.Run()
	closeAll()
	os.Exit(code)
}

func newWorld() (*world, func(), error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, err
	}
	w := &world{mirror: map[string][]byte{}}
	base := "http://" + listener.Addr().String()
	now := func() time.Time { return noon }
	if w.Adapter, err = New(Config{Base: base, Fetch: w.fetch, Now: now, Rand: rand.Reader}); err != nil {
		return nil, nil, err
	}
	catalogue, err := locale.Open(web.FS)
	if err != nil {
		return nil, nil, err
	}
	engine, err := httpx.New(httpx.Config{BaseURL: base, Templates: web.FS, Static: web.FS, Catalogue: catalogue,
		Logger: slog.New(slog.DiscardHandler), Now: now, Rand: rand.Reader})
	if err != nil {
		return nil, nil, err
	}
	if err := w.Mount(engine); err != nil {
		return nil, nil, err
	}
	handler, err := engine.Handler()
	if err != nil {
		return nil, nil, err
	}
	server := &httptest.Server{Listener: listener, Config: httpx.NewServer(handler, slog.New(slog.DiscardHandler))}
	server.Start()
	w.client = server.Client()
	return w, server.Close, nil
}

// fetch answers with what tests have put there.
func (w *world) fetch(_ context.Context, url string) ([]byte, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if data, present := w.mirror[url]; present {
		return data, nil
	}
	return nil, errors.New("nobody is there")
}

func (w *world) put(url string, data []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.mirror[url] = data
}

// answer is what the adapter said.
type answer struct {
	status int
	header http.Header
	body   map[string]any
}

// post sends a body to a path, as it is if it is a text.
func (w *world) post(t *testing.T, path string, body any) answer {
	t.Helper()
	text, isText := body.(string)
	if !isText {
		raw, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		text = string(raw)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.Base+path, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	return w.do(t, request)
}

func (w *world) get(t *testing.T, path, accept string) answer {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.Base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept", accept)
	return w.do(t, request)
}

func (w *world) do(t *testing.T, request *http.Request) answer {
	t.Helper()
	response, err := w.client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	got := answer{status: response.StatusCode, header: response.Header}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&got.body); err != nil {
		t.Fatalf("%d %s: %v", got.status, data, err)
	}
	return got
}

// person is somebody with a key of his own, outside the adapter.
type person struct {
	did, method string
	key         crypto.Signer
}

// The people of the tests: alice and bob with Ed25519 keys, carol with P-256, dan
// with P-384.
var alice, bob, carol, dan = newPerson("Ed25519", 1), newPerson("Ed25519", 2), newPerson("P-256", 3), newPerson("P-384", 4)

func newPerson(curve string, seed byte) person {
	var p person
	switch curve {
	case "Ed25519":
		p.key = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
	case "P-256":
		p.key = mustKey(elliptic.P256(), bytes.Repeat([]byte{seed}, 32))
	default:
		p.key = mustKey(elliptic.P384(), bytes.Repeat([]byte{seed}, 48))
	}
	id, err := did.Key(p.key.Public())
	if err != nil {
		panic(err)
	}
	p.did, p.method = id, id+"#"+strings.TrimPrefix(id, "did:key:")
	return p
}

func mustKey(curve elliptic.Curve, scalar []byte) crypto.Signer {
	key, err := ecdsa.ParseRawPrivateKey(curve, scalar)
	if err != nil {
		panic(err)
	}
	return key
}

// prove adds this person's proof to a document.
func (p person) prove(t testing.TB, doc map[string]any, o dataintegrity.Options, f dataintegrity.Further) map[string]any {
	t.Helper()
	if o.VerificationMethod == "" {
		o.VerificationMethod = p.method
	}
	if o.Created.IsZero() {
		o.Created = noon
	}
	proof, err := dataintegrity.Add(t.Context(), expandable(doc), o, f, p.key, permitted()...)
	if err != nil {
		t.Fatal(err)
	}
	if earlier := items(doc["proof"]); len(earlier) > 0 {
		doc["proof"] = append(earlier, proof.Map())
	} else {
		doc["proof"] = proof.Map()
	}
	return doc
}

// object decodes JSON as the adapter does.
func object(t testing.TB, text string) map[string]any {
	t.Helper()
	doc, err := jsonld.DecodeObject([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return doc
}

// plainCredential is a small credential of a person, with these members besides.
func plainCredential(t testing.TB, issuer, members string) map[string]any {
	t.Helper()
	doc := object(t, `{"@context":["`+contextV2+`"],"id":"urn:uuid:6a1676b8-b51f-11ed-937b-d76685a20ff5",
		"type":["VerifiableCredential"],"issuer":"`+issuer+`","credentialSubject":{"id":"did:example:subject","name":"Amina"}}`)
	return over(t, doc, members)
}

// over puts members over a document's; null takes one away.
func over(t testing.TB, doc map[string]any, members string) map[string]any {
	t.Helper()
	if members == "" {
		return doc
	}
	for name, value := range object(t, "{"+members+"}") {
		if value == nil {
			delete(doc, name)
		} else {
			doc[name] = value
		}
	}
	return doc
}
