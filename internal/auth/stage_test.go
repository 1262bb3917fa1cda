package auth_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ramure/internal/auth"
	"ramure/internal/mediation"
	"ramure/internal/problem"
	"ramure/internal/store"
)

// stage is the service over a real store: the network "sud" with the venue
// "atelier" and, in a network below it, "phare"; the venue "ailleurs" is in "nord".
type stage struct {
	*testing.T
	auth.Service
	store *store.Store
	clock time.Time
	post  []letter
	names int
}

// letter is a message that was handed to the courier.
type letter struct {
	to         auth.Addressee
	link, code string
}

// SignIn keeps the message.
func (s *stage) SignIn(_ context.Context, to auth.Addressee, link, code string, _ time.Time) error {
	s.post = append(s.post, letter{to, link, code})
	return nil
}

// Invitation keeps the message.
func (s *stage) Invitation(_ context.Context, to auth.Addressee, link string, _ auth.Invitation) error {
	s.post = append(s.post, letter{to: to, link: link})
	return nil
}

func newStage(t *testing.T) *stage {
	t.Helper()
	s := &stage{T: t, clock: dawn}
	now := func() time.Time { return s.clock }
	var err error
	s.store, err = store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "ramure.db"), store.Options{
		Now: now, IssuerDID: func(slug string) string { return "did:web:example.org:issuers:" + slug }})
	s.must(err)
	t.Cleanup(func() { s.must(s.store.Close()) })
	s.must(s.store.Migrate(t.Context()))
	s.Service = auth.Service{Config: auth.Config{Store: s.store, Places: s.store, Journal: s.store, Courier: s,
		Base: "https://badges.example.org", Now: now}}
	for slug, parent := range map[string]string{"sud": "", "nord": ""} {
		s.must(s.store.AddNetwork(t.Context(), mediation.Network{Slug: slug, Name: slug, Parent: parent, CreatedAt: dawn}))
	}
	s.must(s.store.AddNetwork(t.Context(), mediation.Network{Slug: "alpes", Name: "alpes", Parent: "sud", CreatedAt: dawn}))
	for slug, network := range map[string]string{"atelier": "sud", "phare": "alpes", "ailleurs": "nord"} {
		s.must(s.store.AddVenue(t.Context(), mediation.Venue{Slug: slug, Name: slug, Commune: "13055", JWTAlg: "ES256", CreatedAt: dawn}))
		s.must(s.store.AddMember(t.Context(), network, slug, dawn))
	}
	return s
}

func (s *stage) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// fails asks for a kind of failure.
func (s *stage) fails(what string, err error, kind problem.Kind) {
	s.Helper()
	if !problem.Is(err, kind) {
		s.Errorf("%s: %v, want %s", what, err, kind)
	}
}

// someone has an account and roles.
func (s *stage) someone(grants ...auth.Grant) auth.User {
	s.Helper()
	s.names++
	id := strings.Repeat("u", 20) + string(rune('a'+s.names/26)) + string(rune('a'+s.names%26))
	u := auth.User{ID: id, Name: "Camille", Email: id + "@example.org", Language: "fr", CreatedAt: dawn}
	s.must(s.store.AddUser(s.Context(), u))
	for _, g := range grants {
		s.must(s.Appoint(s.Context(), id, g.Role, g.Target))
	}
	return u
}

// signIn goes the way of the mail, and answers the session's secret.
func (s *stage) signIn(u auth.User) auth.Secret {
	s.Helper()
	browser, err := s.RequestSignIn(s.Context(), u.Email, "192.0.2.0/24", false)
	s.must(err)
	secret, err := s.FinishByLink(s.Context(), browser, s.link(), "Firefox")
	s.must(err)
	return secret
}

// session is that of somebody who just signed in.
func (s *stage) session(grants ...auth.Grant) auth.Session {
	s.Helper()
	n, err := s.Resume(s.Context(), s.signIn(s.someone(grants...)))
	s.must(err)
	return n
}

// link is the secret in the last message's address.
func (s *stage) link() auth.Secret {
	s.Helper()
	address := s.post[len(s.post)-1].link
	return auth.Secret(address[strings.LastIndexByte(address, '/')+1:])
}

func role(r auth.Role, kind auth.Kind, slug string) auth.Grant {
	return auth.Grant{Role: r, Target: auth.Target{Kind: kind, Slug: slug}}
}
