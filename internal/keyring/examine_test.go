package keyring_test

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"ramure/internal/keyring"
)

func TestExamineSoundKeys(t *testing.T) {
	t.Parallel()
	store, opens := &shelf{}, master(t, base64.StdEncoding.EncodeToString(secretBytes()))
	ring := newRing(t, store)
	for use, algorithm := range map[keyring.Use]string{keyring.Proof: keyring.Ed25519, keyring.JWT: keyring.ES256, keyring.Log: keyring.Ed25519} {
		if _, err := ring.Ensure(t.Context(), eric, use, algorithm); err != nil {
			t.Fatal(err)
		}
	}
	for _, record := range store.keys {
		for _, with := range []*keyring.Master{nil, opens} {
			key, err := keyring.Examine(record, with)
			if err != nil || key.Public == nil || key.Thumbprint != record.Thumbprint {
				t.Errorf("%s key: %+v, %v", record.Use, key, err)
			}
		}
	}
}

// Whatever is changed in a record is seen: what binds it to itself without the
// master key, and all of it with the key.
func TestExamineFindsSpoiledKeys(t *testing.T) {
	t.Parallel()
	store, opens := &shelf{}, master(t, base64.StdEncoding.EncodeToString(secretBytes()))
	ring := newRing(t, store)
	for _, use := range []keyring.Use{keyring.Proof, keyring.Status} {
		if _, err := ring.Ensure(t.Context(), eric, use, keyring.Ed25519); err != nil {
			t.Fatal(err)
		}
	}
	sound, other := store.keys[0], store.keys[1]
	for name, c := range map[string]struct {
		spoil  func(*keyring.Sealed)
		inside bool // seen by the master key alone
	}{
		"issuer":               {func(k *keyring.Sealed) { k.Issuer += "x" }, true},
		"use":                  {func(k *keyring.Sealed) { k.Use = keyring.Status }, true},
		"unknown use":          {func(k *keyring.Sealed) { k.Use = "prooF" }, false},
		"algorithm":            {func(k *keyring.Sealed) { k.Algorithm = keyring.RS256 }, false},
		"algorithm of its use": {func(k *keyring.Sealed) { k.Use, k.Algorithm = keyring.JWT, keyring.ES256 }, false},
		"thumbprint":           {func(k *keyring.Sealed) { k.Thumbprint = strings.Repeat("A", 43) }, false},
		"public":               {func(k *keyring.Sealed) { k.Public = other.Public }, false},
		"public, unreadable":   {func(k *keyring.Sealed) { k.Public = k.Public[1:] }, false},
		"secret":               {func(k *keyring.Sealed) { k.Secret = bytes.Clone(k.Secret); k.Secret[60] ^= 1 }, true},
		"another secret":       {func(k *keyring.Sealed) { k.Secret = other.Secret }, true},
		"no secret":            {func(k *keyring.Sealed) { k.Secret = nil }, true},
	} {
		spoiled := sound
		c.spoil(&spoiled)
		if _, err := keyring.Examine(spoiled, opens); err == nil {
			t.Errorf("%s: not seen with the master key", name)
		}
		if _, err := keyring.Examine(spoiled, nil); (err == nil) != c.inside {
			t.Errorf("%s: %v without the master key", name, err)
		}
	}
}
