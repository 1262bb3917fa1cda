package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"ramure/internal/freshness"
)

// patient is a client of the API as it should be: it keeps its idempotency key
// and asks again, after a pause, when the service says that it should (429, 503,
// 507), or when no answer came. It may be used by many goroutines.
type patient struct {
	base, token string
	pause       time.Duration // at most, whatever Retry-After says
}

// patience bounds how long a client asks again.
const patience = 60 * time.Second

func (s *site) patient(token string) patient {
	return patient{base: s.Base, token: token, pause: 50 * time.Millisecond}
}

// award asks for an award until there is an answer that stands.
func (p patient) award(ctx context.Context, key string, body map[string]any) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		a, err := p.once(ctx, key, body)
		if err == nil && a.Status != http.StatusServiceUnavailable && a.Status != http.StatusTooManyRequests &&
			a.Status != http.StatusInsufficientStorage {
			return a, nil
		}
		select {
		case <-ctx.Done():
			return a, fmt.Errorf("key %s: no answer that stands: %d %s, %v", key, a.Status, a.Body, err)
		case <-time.After(p.pause):
		}
	}
}

// once asks once.
func (p patient) once(ctx context.Context, key string, body map[string]any) (answer, error) {
	text, err := json.Marshal(body)
	if err != nil {
		return answer{}, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, p.base+"/api/v1/awards", strings.NewReader(string(text)))
	if err != nil {
		return answer{}, err
	}
	request.Header.Set("Authorization", "Bearer "+p.token)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Idempotency-Key", key)
	response, err := client.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	got, err := io.ReadAll(response.Body)
	return answer{response.StatusCode, response.Header, got}, err
}

// soon asks until something holds that other instances, and a database that is
// away, may keep waiting for a second; a busy machine may take a little longer.
func soon(t *testing.T, what string, holds func() bool) {
	t.Helper()
	began := time.Now()
	for late := time.After(freshness.Limit + 9*time.Second); !holds(); {
		select {
		case <-late:
			t.Fatalf("%s: not so after %s", what, time.Since(began))
		case <-time.After(10 * time.Millisecond):
		}
	}
	t.Logf("%s: after %s", what, time.Since(began).Round(time.Millisecond))
}

// register lists every award of a token's venue, page by page.
func (s *site) register(t *testing.T, token string) (ids []string) {
	t.Helper()
	for cursor := ""; ; {
		var page struct {
			Items []struct{ ID string }
			Next  string
		}
		a := s.call(http.MethodGet, "/api/v1/awards"+cursor, "", "Authorization", "Bearer "+token)
		s.expect(a, http.StatusOK)
		if err := json.Unmarshal(a.Body, &page); err != nil {
			t.Fatal(err)
		}
		for _, item := range page.Items {
			ids = append(ids, item.ID)
		}
		if page.Next == "" {
			return ids
		}
		cursor = "?cursor=" + page.Next
	}
}
