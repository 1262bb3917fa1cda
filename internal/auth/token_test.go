package auth_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ramure/internal/auth"
	"ramure/internal/mediation"
	"ramure/internal/problem"
	"ramure/internal/store"
)

var dawn = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// open makes tokens over a real store that knows two venues.
func open(t *testing.T) (auth.Tokens, *store.Store) {
	t.Helper()
	s, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "ramure.db"), store.Options{
		Now: func() time.Time { return dawn }, IssuerDID: func(slug string) string { return "did:web:example.org:issuers:" + slug }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, slug := range []string{"atelier", "phare"} {
		venue := mediation.Venue{Slug: slug, Name: slug, Commune: "13055", JWTAlg: "ES256", CreatedAt: dawn}
		if err := s.AddVenue(t.Context(), venue); err != nil {
			t.Fatal(err)
		}
	}
	return auth.Tokens{Store: s, Now: func() time.Time { return dawn }}, s
}

func create(t *testing.T, tokens auth.Tokens, venue string, rights ...auth.Right) string {
	t.Helper()
	secret, err := tokens.Create(t.Context(), venue, "essai", rights)
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

// A token opens its own venue, for its own rights, in the name of its public id.
func TestTokenOpensItsVenue(t *testing.T) {
	t.Parallel()
	tokens, _ := open(t)
	all := []auth.Right{auth.Read, auth.Issue, auth.Revoke}
	for _, rights := range [][]auth.Right{{auth.Read}, {auth.Issue}, {auth.Revoke}, {auth.Read, auth.Revoke}, all} {
		p, err := tokens.Authenticate(t.Context(), "Bearer "+create(t, tokens, "atelier", rights...))
		if err != nil {
			t.Fatal(err)
		}
		if p.Scope.Venue() != "atelier" || !p.Scope.Allows("atelier") || p.Scope.Allows("phare") || p.Scope.Actor() != "token:"+p.TokenID || len(p.TokenID) != 22 {
			t.Errorf("%+v", p)
		}
		for _, right := range all {
			if p.May(right) != slices.Contains(rights, right) {
				t.Errorf("a token for %v may %s: %v", rights, right, p.May(right))
			}
		}
		if p.May("admin") || (auth.Principal{}).May(auth.Read) {
			t.Error("a right that nobody gave")
		}
	}
}

// Every wrong header is the same refusal, that tells nothing of why.
func TestWrongTokensLookAlike(t *testing.T) {
	t.Parallel()
	tokens, s := open(t)
	good, revoked := create(t, tokens, "atelier", auth.Read), create(t, tokens, "atelier", auth.Read)
	p, err := tokens.Authenticate(t.Context(), "Bearer "+revoked)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RevokeToken(t.Context(), p.TokenID, dawn); err != nil {
		t.Fatal(err)
	}
	missing := ""
	for _, header := range []string{"", "Bearer", "Bearer ", good, "Bearer " + good[7:], "Basic " + good, "Bearer  " + good, "Bearer " + good + " ",
		"Bearer " + good[:len(good)-1], "Bearer " + good + "A", "Bearer " + strings.ToUpper(good), "Bearer " + revoked, "Bearer ramure_",
		"Bearer ramure_" + strings.Repeat("A", 5000), "Bearer ramure_\x00", "Bearer " + good + "," + good} {
		caller, err := tokens.Authenticate(t.Context(), header)
		if !problem.Is(err, problem.Unauthenticated) || caller.Scope.Venue() != "" {
			t.Errorf("%.40q: %v, %+v", header, err, caller)
			continue
		}
		if missing == "" {
			missing = err.Error()
		}
		if err.Error() != missing {
			t.Errorf("%.40q tells more: %v", header, err)
		}
	}
	if _, err := tokens.Authenticate(t.Context(), "bearer "+good); err != nil {
		t.Errorf("the scheme has no case: %v", err)
	}
}

// The database holds a hash: whoever reads it can act for nobody.
func TestSecretIsNotStored(t *testing.T) {
	t.Parallel()
	tokens, s := open(t)
	secret := create(t, tokens, "atelier", auth.Read)
	list, err := s.Tokens(t.Context(), "atelier")
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	if list[0].Hash != sha256.Sum256([]byte(secret)) || strings.Contains(secret, list[0].ID) {
		t.Errorf("%+v", list[0])
	}
	if rest, ok := strings.CutPrefix(secret, "ramure_"); !ok || len(rest) != 43 {
		t.Errorf("a secret of %d characters", len(secret))
	}
	if create(t, tokens, "atelier", auth.Read) == secret {
		t.Error("two tokens have one secret")
	}
}

func TestTokensThatAreNotMade(t *testing.T) {
	t.Parallel()
	tokens, s := open(t)
	for name, c := range map[string]struct {
		venue, name string
		rights      []auth.Right
		kind        problem.Kind
	}{
		"no name":           {"atelier", "", []auth.Right{auth.Read}, problem.Invalid},
		"a name of a novel": {"atelier", strings.Repeat("a", 81), []auth.Right{auth.Read}, problem.Invalid},
		"two lines":         {"atelier", "a\nb", []auth.Right{auth.Read}, problem.Invalid},
		"no right":          {"atelier", "essai", nil, problem.Invalid},
		"an unknown right":  {"atelier", "essai", []auth.Right{auth.Read, "admin"}, problem.Invalid},
		"an empty right":    {"atelier", "essai", []auth.Right{""}, problem.Invalid},
		"an unknown venue":  {"ailleurs", "essai", []auth.Right{auth.Read}, problem.NotFound},
	} {
		if secret, err := tokens.Create(t.Context(), c.venue, c.name, c.rights); !problem.Is(err, c.kind) || secret != "" {
			t.Errorf("%s: %q, %v", name, secret, err)
		}
	}
	tokens.Rand = bytes.NewReader(make([]byte, 40)) // half of what is needed
	if secret, err := tokens.Create(t.Context(), "atelier", "essai", []auth.Right{auth.Read}); !errors.Is(err, io.ErrUnexpectedEOF) || secret != "" {
		t.Errorf("%q of no chance: %v", secret, err)
	}
	if list, err := s.Tokens(t.Context(), ""); err != nil || len(list) != 0 {
		t.Errorf("%d tokens: %v", len(list), err)
	}
}

// down is a store that does not answer.
type down struct{ auth.TokenStore }

var errDown = problem.New(problem.Unavailable, "error.store.unavailable")

func (down) TokenByHash(context.Context, [32]byte) (auth.Token, error) {
	return auth.Token{}, errDown
}

// A store that does not answer says nothing of the token: try later, not "wrong".
func TestStoreThatIsAwayIsNoWrongToken(t *testing.T) {
	t.Parallel()
	_, err := auth.Tokens{Store: down{}}.Authenticate(t.Context(), "Bearer ramure_x")
	if !problem.Is(err, problem.Unavailable) {
		t.Error(err)
	}
}
