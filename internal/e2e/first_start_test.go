package e2e

import (
	"crypto/rand"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"ramure/internal/app"
	"ramure/internal/config"
	"ramure/internal/store/pgtest"
)

// Several instances that start at the same moment on an empty database found one
// deployment, with one log.
func TestInstancesFoundOneDeployment(t *testing.T) {
	t.Parallel()
	for _, engine := range engines {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			c := config.Config{DataDir: t.TempDir(), Listen: "127.0.0.1:8080", AdminListen: "127.0.0.1:8081"}
			if engine == "postgres" {
				c.DatabaseURL = pgtest.Database(t)
			}
			if err := c.Complete(); err != nil {
				t.Fatal(err)
			}
			policies := make(chan string, 4)
			var all sync.WaitGroup
			for range cap(policies) {
				all.Go(func() { policies <- found(t, c) })
			}
			all.Wait()
			close(policies)
			var seen []string
			for policy := range policies {
				seen = append(seen, policy)
			}
			if len(slices.Compact(seen)) != 1 || seen[0] == "" {
				t.Errorf("one database, several logs: %q", seen)
			}
		})
	}
}

// found starts an instance and gives the policy of its log.
func found(t *testing.T, c config.Config) string {
	a, err := app.New(t.Context(), c, app.Env{Now: time.Now, Rand: rand.Reader, Version: "test", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Error(err)
		return ""
	}
	policy, err := a.Log.Policy().Marshal()
	if err := a.Close(); err != nil {
		t.Error(err)
	}
	if err != nil {
		t.Error(err)
	}
	return string(policy)
}
