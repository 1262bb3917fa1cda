package storetest

import (
	"testing"

	"ramure/internal/store"
)

// Open opens one more instance on the database of a test; it is closed when
// the test ends.
type Open func() *store.Store

// Fresh makes an empty database with the present schema.
type Fresh func(t *testing.T) Open

// Run holds a store to all of its promises.
func Run(t *testing.T, fresh Fresh) {
	for _, group := range []struct {
		noun     string
		promises map[string]func(*world)
	}{
		{"deployment", deploymentPromises},
		{"venue", venuePromises},
		{"achievement", achievementPromises},
		{"holder", holderPromises},
		{"award", awardPromises},
		{"batch", batchPromises},
		{"page", pagePromises},
		{"jwt", jwtPromises},
		{"status", statusPromises},
		{"revocation", revocationPromises},
		{"log", logPromises},
		{"key", keyPromises},
		{"token", tokenPromises},
		{"access", accessPromises},
		{"session", sessionPromises},
		{"journal", journalPromises},
		{"job", jobPromises},
		{"known issuer", knownIssuerPromises},
		{"change", changePromises},
		{"scope", scopePromises},
		{"concurrency", concurrencyPromises},
	} {
		t.Run(group.noun, func(t *testing.T) {
			for name, promise := range group.promises {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					promise(newWorld(t, fresh(t)))
				})
			}
		})
	}
}
