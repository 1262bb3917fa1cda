package keyring_test

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ramure/internal/keyring"
	"ramure/internal/problem"
)

const eric = "did:web:badges.example.fr:issuers:eric"

var now = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

// shelf is the contract of keyring.Store in a map: the first active key stays.
type shelf struct {
	mu     sync.Mutex
	keys   []keyring.Sealed
	before func(ctx context.Context) error // called by Key, outside the lock
	asked  atomic.Int32
}

func (s *shelf) Key(ctx context.Context, issuer string, use keyring.Use) (keyring.Sealed, error) {
	s.asked.Add(1)
	if s.before != nil {
		if err := s.before(ctx); err != nil {
			return keyring.Sealed{}, err
		}
	}
	return s.find(func(k keyring.Sealed) bool { return k.Issuer == issuer && k.Use == use && k.RetiredAt == nil })
}

func (s *shelf) KeyByThumbprint(_ context.Context, t string) (keyring.Sealed, error) {
	return s.find(func(k keyring.Sealed) bool { return k.Thumbprint == t })
}

func (s *shelf) find(is func(keyring.Sealed) bool) (keyring.Sealed, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.keys {
		if is(k) {
			return k, nil
		}
	}
	return keyring.Sealed{}, problem.New(problem.NotFound, "error.key.missing")
}

func (s *shelf) Keys(_ context.Context, issuer string) ([]keyring.Sealed, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var own []keyring.Sealed
	for _, k := range s.keys {
		if k.Issuer == issuer {
			own = append(own, k)
		}
	}
	return own, nil
}

func (s *shelf) AddKey(_ context.Context, key keyring.Sealed) (keyring.Sealed, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.keys {
		if k.Issuer == key.Issuer && k.Use == key.Use && k.RetiredAt == nil {
			return k, nil
		}
	}
	s.keys = append(s.keys, key)
	return key, nil
}

func newRing(t testing.TB, store keyring.Store) *keyring.Ring {
	return keyring.New(keyring.Config{
		Master: master(t, hex.EncodeToString(secretBytes())), Store: store, Rand: rand.Reader,
		Now: func() time.Time { return now },
	})
}

func TestEnsureSignsInEachAlgorithm(t *testing.T) {
	t.Parallel()
	store := &shelf{}
	message := []byte("a message")
	digest := sha256.Sum256(message)
	for _, c := range []struct {
		issuer, algorithm string
		use               keyring.Use
		verifies          func(crypto.PublicKey, []byte) bool
		input             []byte
		hash              crypto.Hash
	}{
		{eric, keyring.Ed25519, keyring.Proof, verifyEd25519(message), message, 0},
		{eric, keyring.Ed25519, keyring.Status, verifyEd25519(message), message, 0},
		{"", keyring.Ed25519, keyring.Log, verifyEd25519(message), message, 0},
		{eric, keyring.RS256, keyring.JWT, verifyRSA(digest[:]), digest[:], crypto.SHA256},
		{"did:web:other", keyring.ES256, keyring.JWT, verifyECDSA(digest[:]), digest[:], crypto.SHA256},
	} {
		made, err := newRing(t, store).Ensure(t.Context(), c.issuer, c.use, c.algorithm)
		if err != nil {
			t.Fatal(err)
		}
		opened, err := newRing(t, store).Signer(t.Context(), c.issuer, c.use) // a later start
		if err != nil {
			t.Fatal(err)
		}
		if opened.Thumbprint() != made.Thumbprint() || opened.Algorithm() != c.algorithm || opened.Use() != c.use || opened.Issuer() != c.issuer {
			t.Errorf("%s %s: %v %v", c.use, c.algorithm, made, opened)
		}
		signature, err := opened.Sign(rand.Reader, c.input, c.hash)
		if err != nil || !c.verifies(opened.Public(), signature) {
			t.Errorf("%s %s: the signature is wrong: %v", c.use, c.algorithm, err)
		}
	}
}

func verifyEd25519(message []byte) func(crypto.PublicKey, []byte) bool {
	return func(k crypto.PublicKey, s []byte) bool { return ed25519.Verify(k.(ed25519.PublicKey), message, s) }
}

func verifyRSA(digest []byte) func(crypto.PublicKey, []byte) bool {
	return func(k crypto.PublicKey, s []byte) bool {
		key := k.(*rsa.PublicKey)
		return key.N.BitLen() == 3072 && rsa.VerifyPKCS1v15(key, crypto.SHA256, digest, s) == nil
	}
}

func verifyECDSA(digest []byte) func(crypto.PublicKey, []byte) bool {
	return func(k crypto.PublicKey, s []byte) bool { return ecdsa.VerifyASN1(k.(*ecdsa.PublicKey), digest, s) }
}

func TestEnsureRefusesOtherAlgorithms(t *testing.T) {
	t.Parallel()
	store := &shelf{}
	for _, c := range []struct {
		use       keyring.Use
		algorithm string
	}{
		{keyring.Proof, keyring.RS256}, {keyring.Status, keyring.ES256}, {keyring.Log, keyring.RS256},
		{keyring.JWT, keyring.Ed25519}, {keyring.JWT, "HS256"}, {keyring.JWT, ""}, {"session", keyring.Ed25519},
	} {
		if signer, err := newRing(t, store).Ensure(t.Context(), eric, c.use, c.algorithm); err == nil {
			t.Errorf("%s %s: %v", c.use, c.algorithm, signer)
		}
	}
	if len(store.keys) != 0 {
		t.Errorf("%d keys were stored", len(store.keys))
	}
}

func TestSignerIsMissing(t *testing.T) {
	t.Parallel()
	if _, err := newRing(t, &shelf{}).Signer(t.Context(), eric, keyring.Proof); !problem.Is(err, problem.NotFound) {
		t.Errorf("%v", err)
	}
}

// A signer does nothing but its own algorithm.
func TestSignerRefusesOtherOptions(t *testing.T) {
	t.Parallel()
	store, digest := &shelf{}, make([]byte, 32)
	ring := newRing(t, store)
	ed, err := ring.Ensure(t.Context(), eric, keyring.Proof, keyring.Ed25519)
	if err != nil {
		t.Fatal(err)
	}
	ec, err := ring.Ensure(t.Context(), eric, keyring.JWT, keyring.ES256)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		signer *keyring.Signer
		digest []byte
		opts   crypto.SignerOpts
	}{
		"Ed25519 with a hash":    {ed, digest, crypto.SHA256},
		"Ed25519ph":              {ed, make([]byte, 64), &ed25519.Options{Hash: crypto.SHA512}},
		"Ed25519ctx":             {ed, digest, &ed25519.Options{Context: "other"}},
		"Ed25519 without opts":   {ed, digest, nil},
		"Ed25519 with nil opts":  {ed, digest, (*ed25519.Options)(nil)},
		"ES256 with SHA-384":     {ec, make([]byte, 48), crypto.SHA384},
		"ES256 without hash":     {ec, digest, crypto.Hash(0)},
		"ES256 of a short text":  {ec, digest[:20], crypto.SHA256},
		"ES256 with RSA-PSS":     {ec, digest, &rsa.PSSOptions{Hash: crypto.SHA256}},
		"ES256 with Ed25519opts": {ec, digest, &ed25519.Options{}},
	} {
		if signature, err := c.signer.Sign(rand.Reader, c.digest, c.opts); err == nil {
			t.Errorf("%s: %x", name, signature)
		}
	}
	if _, err := ed.Sign(nil, digest, &ed25519.Options{}); err != nil {
		t.Errorf("plain Ed25519: %v", err)
	}
}

func TestConcurrentEnsureMakesOneKey(t *testing.T) {
	t.Parallel()
	store := &shelf{}
	rings := []*keyring.Ring{newRing(t, store), newRing(t, store)} // two instances
	thumbprints := make([]string, 64)
	var group sync.WaitGroup
	for i := range thumbprints {
		group.Go(func() {
			signer, err := rings[i%2].Ensure(t.Context(), eric, keyring.Proof, keyring.Ed25519)
			if err != nil {
				t.Error(err)
				return
			}
			thumbprints[i] = signer.Thumbprint()
		})
	}
	group.Wait()
	for _, thumbprint := range thumbprints {
		if thumbprint != store.keys[0].Thumbprint {
			t.Fatalf("%s is not the stored key", thumbprint)
		}
	}
	if len(store.keys) != 1 || store.asked.Load() != 2 {
		t.Errorf("%d keys, the store was asked %d times", len(store.keys), store.asked.Load())
	}
}

// A caller that gives up while it opens a key does not spoil it for the next.
func TestCancelledCallerDoesNotSpoilOthers(t *testing.T) {
	t.Parallel()
	store := &shelf{}
	if _, err := newRing(t, store).Ensure(t.Context(), eric, keyring.Proof, keyring.Ed25519); err != nil {
		t.Fatal(err)
	}
	entered := make(chan struct{})
	var calls atomic.Int32
	store.before = func(ctx context.Context) error {
		if calls.Add(1) > 1 {
			return nil
		}
		close(entered) // the first caller hangs in the store
		<-ctx.Done()
		return ctx.Err()
	}
	ring := newRing(t, store)
	ctx, cancel := context.WithCancel(t.Context())
	first := make(chan error)
	go func() {
		_, err := ring.Signer(ctx, eric, keyring.Proof)
		first <- err
	}()
	<-entered
	second := make(chan error)
	go func() {
		_, err := ring.Signer(t.Context(), eric, keyring.Proof)
		second <- err
	}()
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := ring.Signer(gone, eric, keyring.Proof); !problem.Is(err, problem.Unavailable) {
		t.Errorf("a caller that does not wait: %v", err)
	}
	cancel()
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("the first: %v", err)
	}
	if err := <-second; err != nil {
		t.Errorf("the second: %v", err)
	}
}

func TestForget(t *testing.T) {
	t.Parallel()
	store := &shelf{}
	ring := newRing(t, store)
	old, err := ring.Ensure(t.Context(), eric, keyring.Proof, keyring.Ed25519)
	if err != nil {
		t.Fatal(err)
	}
	store.keys[0].RetiredAt = &now
	if same, _ := ring.Signer(t.Context(), eric, keyring.Proof); same != old {
		t.Error("the ring asked the store without need")
	}
	ring.Forget("did:web:other")
	if same, _ := ring.Signer(t.Context(), eric, keyring.Proof); same != old {
		t.Error("another issuer's change dropped the key")
	}
	ring.Forget(eric)
	fresh, err := ring.Ensure(t.Context(), eric, keyring.Proof, keyring.Ed25519)
	if err != nil || fresh.Thumbprint() == old.Thumbprint() || len(store.keys) != 2 {
		t.Errorf("the replaced key is still in use: %v", err)
	}
}

// A key that was read before Forget is not kept after it.
func TestForgetWhileOpening(t *testing.T) {
	t.Parallel()
	store := &shelf{}
	ring := newRing(t, store)
	if _, err := newRing(t, store).Ensure(t.Context(), eric, keyring.Proof, keyring.Ed25519); err != nil {
		t.Fatal(err)
	}
	store.before = func(context.Context) error {
		ring.Forget(eric)
		return nil
	}
	for range 2 {
		if _, err := ring.Signer(t.Context(), eric, keyring.Proof); err != nil {
			t.Fatal(err)
		}
	}
	if asked := store.asked.Load(); asked != 3 {
		t.Errorf("the store was asked %d times", asked)
	}
}

// What is changed in the database does not open: not moved to another issuer or
// use, not relabelled, not a bit of it.
func TestSpoiledRecordsDoNotOpen(t *testing.T) {
	t.Parallel()
	store := &shelf{}
	ring := newRing(t, store)
	for _, use := range []keyring.Use{keyring.Proof, keyring.Status} {
		if _, err := ring.Ensure(t.Context(), eric, use, keyring.Ed25519); err != nil {
			t.Fatal(err)
		}
	}
	good, other := store.keys[0], store.keys[1]
	cases := map[string]func(*keyring.Sealed){
		"use":          func(k *keyring.Sealed) { k.Use = keyring.Status },
		"issuer":       func(k *keyring.Sealed) { k.Issuer = "did:web:evil" },
		"algorithm":    func(k *keyring.Sealed) { k.Algorithm = keyring.ES256 },
		"thumbprint":   func(k *keyring.Sealed) { k.Thumbprint = other.Thumbprint },
		"other secret": func(k *keyring.Sealed) { k.Secret = other.Secret },
		"other key":    func(k *keyring.Sealed) { k.Secret, k.Thumbprint = other.Secret, other.Thumbprint },
		"no secret":    func(k *keyring.Sealed) { k.Secret = nil },
		"only header":  func(k *keyring.Sealed) { k.Secret = k.Secret[:45] },
	}
	for i := range good.Secret {
		cases[fmt.Sprintf("byte %d", i)] = func(k *keyring.Sealed) { k.Secret[i] ^= 1 }
	}
	for name, spoil := range cases {
		record := good
		record.Secret = bytes.Clone(good.Secret)
		spoil(&record)
		_, err := newRing(t, &shelf{keys: []keyring.Sealed{record}}).Signer(t.Context(), record.Issuer, record.Use)
		if !problem.Is(err, problem.Internal) {
			t.Errorf("%s: %v", name, err)
		}
	}
	t.Logf("%d spoiled records refused", len(cases))
}

// A store that answers with the key of somebody else is not believed.
type confused struct{ *shelf }

func (c confused) Key(ctx context.Context, _ string, _ keyring.Use) (keyring.Sealed, error) {
	return c.shelf.Key(ctx, eric, keyring.Proof)
}

func TestOneKeyOneUse(t *testing.T) {
	t.Parallel()
	store := &shelf{}
	if _, err := newRing(t, store).Ensure(t.Context(), eric, keyring.Proof, keyring.Ed25519); err != nil {
		t.Fatal(err)
	}
	ring := newRing(t, confused{store})
	if signer, err := ring.Signer(t.Context(), eric, keyring.Status); !problem.Is(err, problem.Internal) {
		t.Errorf("the proof key signs status lists: %v, %v", signer, err)
	}
	if signer, err := ring.Signer(t.Context(), "did:web:evil", keyring.Proof); !problem.Is(err, problem.Internal) {
		t.Errorf("the key signs for another issuer: %v, %v", signer, err)
	}
}

func TestOtherMasterDoesNotOpen(t *testing.T) {
	t.Parallel()
	store := &shelf{}
	if _, err := newRing(t, store).Ensure(t.Context(), eric, keyring.Proof, keyring.Ed25519); err != nil {
		t.Fatal(err)
	}
	other := secretBytes()
	other[0] ^= 1
	ring := keyring.New(keyring.Config{Master: master(t, hex.EncodeToString(other)), Store: store})
	if _, err := ring.Signer(t.Context(), eric, keyring.Proof); !problem.Is(err, problem.Internal) {
		t.Errorf("%v", err)
	}
}

func TestPublic(t *testing.T) {
	t.Parallel()
	store := &shelf{}
	ring := newRing(t, store)
	signer, err := ring.Ensure(t.Context(), eric, keyring.Proof, keyring.Ed25519)
	if err != nil {
		t.Fatal(err)
	}
	store.keys[0].RetiredAt = &now
	keys, err := ring.Public(t.Context(), eric)
	if err != nil || len(keys) != 1 {
		t.Fatalf("%v, %v", keys, err)
	}
	one, err := ring.PublicByThumbprint(t.Context(), signer.Thumbprint())
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []keyring.PublicKey{keys[0], one} {
		if !key.Public.(ed25519.PublicKey).Equal(signer.Public()) || key.Use != keyring.Proof || key.Issuer != eric || key.RetiredAt != &now || !key.CreatedAt.Equal(now) {
			t.Errorf("%+v", key)
		}
	}
	if _, err := ring.PublicByThumbprint(t.Context(), "none"); !problem.Is(err, problem.NotFound) {
		t.Errorf("%v", err)
	}
	if keys, err := ring.Public(t.Context(), "did:web:other"); err != nil || len(keys) != 0 {
		t.Errorf("%v, %v", keys, err)
	}
}

// A public half that was exchanged in the database is not published.
func TestExchangedPublicKeyIsNotPublished(t *testing.T) {
	t.Parallel()
	store := &shelf{}
	ring := newRing(t, store)
	for _, use := range []keyring.Use{keyring.Proof, keyring.Status} {
		if _, err := ring.Ensure(t.Context(), eric, use, keyring.Ed25519); err != nil {
			t.Fatal(err)
		}
	}
	for name, public := range map[string][]byte{"another": store.keys[1].Public, "none": nil, "spoiled": []byte("x")} {
		store.keys[0].Public = public
		if _, err := ring.Public(t.Context(), eric); !problem.Is(err, problem.Internal) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := ring.PublicByThumbprint(t.Context(), store.keys[0].Thumbprint); !problem.Is(err, problem.Internal) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSecretsAreNotPrintedNorStored(t *testing.T) {
	t.Parallel()
	seed, masterKey := secretBytes(), append(bytes.Repeat([]byte{251, 252}, 15), 253, 254)
	store := &shelf{}
	ring := keyring.New(keyring.Config{
		Master: master(t, hex.EncodeToString(masterKey)), Store: store, Rand: hidden(bytes.NewReader(append(seed, make([]byte, 100)...)).Read), Now: func() time.Time { return now },
	})
	signer, err := ring.Ensure(t.Context(), eric, keyring.Proof, keyring.Ed25519)
	if err != nil || !ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey).Equal(signer.Public()) {
		t.Fatalf("the key is not that of the seed, so this test looks for the wrong bytes: %v", err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		for _, value := range []any{signer, *signer, ring, store.keys} {
			if text := fmt.Sprintf(verb, value); showsBytes(text, seed) || showsBytes(text, masterKey) {
				t.Errorf("%s of %T: %s", verb, value, text)
			}
		}
	}
}

// hidden is a source of known bytes that does not show them when it is printed.
type hidden func([]byte) (int, error)

func (h hidden) Read(p []byte) (int, error) { return h(p) }
