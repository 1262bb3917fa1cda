package auth

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"slices"
	"strings"
	"time"

	"ramure/internal/mediation"
	"ramure/internal/problem"
	"ramure/internal/scope"
)

// Right is one thing that a token may do.
type Right string

// The rights of a token, each bound to one issuer.
const (
	Read   Right = "read"
	Issue  Right = "issue"
	Revoke Right = "revoke"
)

// Token is an API token without its secret.
type Token struct {
	ID        string // public id, 22 base64url characters
	Venue     string // slug
	Name      string
	Rights    []Right
	Hash      [32]byte // SHA-256 of the secret
	CreatedAt time.Time
	RevokedAt *time.Time
}

// TokenStore is what this room asks of the store.
type TokenStore interface {
	// AddToken stores a token; problem.NotFound for an unknown venue.
	AddToken(ctx context.Context, t Token) error
	// TokenByHash finds a token, revoked ones too; problem.NotFound. It may be as
	// it was up to a second ago when another instance has changed it, never when
	// this one has.
	TokenByHash(ctx context.Context, hash [32]byte) (Token, error)
	// Tokens lists a venue's tokens, newest first; all venues for "".
	Tokens(ctx context.Context, venue string) ([]Token, error)
	// RevokeToken records the end of a token; problem.NotFound.
	RevokeToken(ctx context.Context, id string, at time.Time) error
}

// Tokens makes and checks API tokens.
type Tokens struct {
	Store TokenStore
	Now   func() time.Time
	Rand  io.Reader // crypto/rand when nil
}

const tokenPrefix = "ramure_"

// Create makes a token and answers its secret, which is never shown again.
func (t Tokens) Create(ctx context.Context, venue, name string, rights []Right) (string, error) {
	if err := checkToken(name, rights); err != nil {
		return "", err
	}
	secret, err := t.random(32)
	if err != nil {
		return "", err
	}
	id, err := t.random(16)
	if err != nil {
		return "", err
	}
	secret = tokenPrefix + secret
	err = t.Store.AddToken(ctx, Token{ID: id, Venue: venue, Name: name, Rights: rights,
		Hash: sha256.Sum256([]byte(secret)), CreatedAt: t.Now()})
	if err != nil {
		return "", err
	}
	return secret, nil
}

func checkToken(name string, rights []Right) error {
	if !mediation.PlainText(name, 1, 80) {
		return problem.Violated("error.token.invalid", problem.Violation{Path: "$.name", Rule: "text",
			Detail: "name the token in 1 to 80 characters, so that you can tell it from others"})
	}
	if len(rights) == 0 {
		return badRights()
	}
	for _, r := range rights {
		if r != Read && r != Issue && r != Revoke {
			return badRights()
		}
	}
	return nil
}

func badRights() error {
	return problem.Violated("error.token.invalid", problem.Violation{Path: "$.scope", Rule: "enum",
		Detail: "give one or more of read, issue, revoke, separated by commas"})
}

// Principal is an authenticated caller.
type Principal struct {
	Scope   scope.Scope
	TokenID string
	rights  []Right
}

// May reports whether the caller has the right.
func (p Principal) May(r Right) bool { return slices.Contains(p.rights, r) }

// Authenticate turns an Authorization header into a caller. Every failure is
// the same Unauthenticated problem: a missing, malformed, unknown or revoked
// token look alike.
func (t Tokens) Authenticate(ctx context.Context, header string) (Principal, error) {
	secret, ok := bearer(header)
	if !ok {
		return Principal{}, problem.New(problem.Unauthenticated, "error.token.wrong")
	}
	token, err := t.Store.TokenByHash(ctx, sha256.Sum256([]byte(secret)))
	if problem.Is(err, problem.NotFound) || (err == nil && token.RevokedAt != nil) {
		return Principal{}, problem.New(problem.Unauthenticated, "error.token.wrong")
	}
	if err != nil {
		return Principal{}, err
	}
	return Principal{Scope: scope.Grant(token.Venue, "token:"+token.ID), TokenID: token.ID, rights: token.Rights}, nil
}

// bearer takes the secret out of `Bearer ramure_…` (RFC 6750 §2.1).
func bearer(header string) (string, bool) {
	scheme, secret, found := strings.Cut(header, " ")
	if !found || !strings.EqualFold(scheme, "Bearer") || !strings.HasPrefix(secret, tokenPrefix) || len(secret) > 100 {
		return "", false
	}
	return secret, true
}

// Operator is the scope of whoever has the shell of the server: the commands
// and the demonstration.
func Operator(venue string) scope.Scope { return scope.Grant(venue, "operator") }

func (t Tokens) random(n int) (string, error) {
	source := t.Rand
	if source == nil {
		source = rand.Reader
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(source, b); err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(b), nil
}
