//go:build failpoint

package failpoint_test

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"ramure/internal/failpoint"
)

// control makes the folder of control, with one point armed.
func control(t *testing.T, point, what string) (folder string) {
	t.Helper()
	folder = t.TempDir()
	t.Setenv(failpoint.Folder, folder)
	for _, name := range []string{"armed", "reached"} {
		if err := os.Mkdir(filepath.Join(folder, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(folder, "armed", failpoint.File(point)), []byte(what+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

// Of many who pass an armed point one meets it, and every passing leaves a trace.
func TestOneMeetsIt(t *testing.T) {
	folder := control(t, "issue/recorded", failpoint.Error)
	ctx := failpoint.In(t.Context(), "issue")
	var failures atomic.Int64
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() {
			if failpoint.Hit(ctx, "recorded") != nil {
				failures.Add(1)
			}
		})
	}
	all.Wait()
	if failures.Load() != 1 {
		t.Errorf("%d met it", failures.Load())
	}
	if err := failpoint.Hit(context.WithoutCancel(ctx), "elsewhere"); err != nil {
		t.Error(err)
	}
	for _, point := range []string{"issue/recorded", "issue/elsewhere"} {
		if _, err := os.Stat(filepath.Join(folder, "reached", failpoint.File(point))); err != nil {
			t.Error(err)
		}
	}
	if err := failpoint.Hit(t.Context(), "recorded"); err != nil {
		t.Errorf("no verb: %v", err)
	}
}

func TestSignerFails(t *testing.T) {
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	message := []byte("a badge")
	for point, wrong := range map[string]bool{"revoke/sign-list": false, "revoke/verify-list": true} {
		control(t, point, failpoint.Error)
		signer := failpoint.Signer(failpoint.In(t.Context(), "revoke"), "list", key)
		signature, err := signer.Sign(nil, message, crypto.Hash(0))
		if (err == nil) != wrong || ed25519.Verify(key.Public().(ed25519.PublicKey), message, signature) {
			t.Errorf("%s: %x, %v", point, signature, err)
		}
		signature, err = signer.Sign(nil, message, crypto.Hash(0))
		if err != nil || !ed25519.Verify(key.Public().(ed25519.PublicKey), message, signature) {
			t.Errorf("%s, again: %v", point, err)
		}
	}
}
