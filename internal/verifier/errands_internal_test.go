package verifier

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"ramure/internal/credential"
)

// Whoever hands in badges can't make us ask the world for documents without end.
func TestErrandsAreCounted(t *testing.T) {
	t.Parallel()
	asked := map[string]int{}
	fetch := func(_ context.Context, address, accept string) ([]byte, error) {
		asked[address+accept]++
		return []byte(address), nil
	}
	e := Service{Config{Fetch: fetch}}.newErrands(t.Context(), Options{}).by(anywhere)
	for i := range 100 {
		for range 3 {
			body, err := e(t.Context(), fmt.Sprint(i), "a")
			if i < maxErrands && (err != nil || string(body) != fmt.Sprint(i)) {
				t.Fatalf("%d: %q, %v", i, body, err)
			}
			if i >= maxErrands && !errors.Is(err, credential.ErrUnreachable) {
				t.Fatalf("%d: %v", i, err)
			}
		}
	}
	if len(asked) != maxErrands || asked["0a"] != 1 {
		t.Errorf("%d documents, the first %d times", len(asked), asked["0a"])
	}
}

// Another media type, and other redirects, are other documents.
func TestErrandsAreToldApart(t *testing.T) {
	t.Parallel()
	says := func(text string) Fetch {
		return func(_ context.Context, _, accept string) ([]byte, error) { return []byte(text + accept), nil }
	}
	e := Service{Config{Fetch: says("fetch "), Within: says("within "), Direct: says("direct ")}}.newErrands(t.Context(), Options{})
	alike := Service{Config{Fetch: says("fetch ")}}.newErrands(t.Context(), Options{})
	for _, c := range []struct {
		by     Fetch
		accept string
		want   string
	}{
		{e.by(anywhere), "a", "fetch a"}, {e.by(anywhere), "b", "fetch b"}, {e.by(within), "a", "within a"}, {e.by(direct), "a", "direct a"},
		{alike.by(within), "a", "fetch a"}, {alike.by(direct), "a", "fetch a"},
	} {
		if body, err := c.by(t.Context(), "x", c.accept); string(body) != c.want || err != nil {
			t.Errorf("%s, %v; want %s", body, err, c.want)
		}
	}
	if (Service{}).newErrands(t.Context(), Options{}).by(direct) != nil || (Service{Config{Fetch: says("")}}).newErrands(t.Context(), Options{Offline: true}).by(anywhere) != nil {
		t.Error("errands without a way out")
	}
}
