package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"time"

	"ramure/internal/journal"
)

// Store is what this room asks of the store for people who sign in.
type Store interface {
	UserStore
	SessionStore
	SignInStore
	GrantStore
	InvitationStore
	// Count adds one to what was counted under a key since the window began, and
	// answers how many there are. All instances count together.
	Count(ctx context.Context, key [32]byte, window time.Time) (int, error)
}

// Courier brings messages to people. It only takes them on: whether a message
// arrives is known later, or never.
type Courier interface {
	SignIn(ctx context.Context, to Addressee, link, code string, until time.Time) error
	Invitation(ctx context.Context, to Addressee, link string, i Invitation) error
}

// Addressee is whom a message is for.
type Addressee struct{ Name, Email, Language string }

// Config is what a Service is made of.
type Config struct {
	Store   Store
	Places  Places
	Courier Courier // nil: links are handed over by whoever made them
	Journal journal.Writer
	Base    string // public origin
	Now     func() time.Time
	Rand    io.Reader // crypto/rand when nil
}

// Service is who may do what, for people. It is safe for concurrent use.
type Service struct{ Config }

// Secret is what a browser or a message carries: 256 random bits as 43 base64url
// characters. Only its SHA-256 is stored.
type Secret string

// Hash is what is stored of a secret.
func (s Secret) Hash() [32]byte { return sha256.Sum256([]byte(s)) }

func (s Service) newSecret() (Secret, error) {
	text, err := s.random(32)
	return Secret(text), err
}

func (s Service) newID() (string, error) { return s.random(16) }

func (s Service) random(n int) (string, error) {
	source := s.Rand
	if source == nil {
		source = rand.Reader
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(source, b); err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(b), nil
}
