package auth

import (
	"context"
	"net/mail"
	"strings"
	"time"

	"ramure/internal/journal"
	"ramure/internal/mediation"
	"ramure/internal/problem"
)

// User is somebody who signs in: a mediator, a head of a venue, a coordinator, an
// operator… What they may do is said by their grants, never by the user itself.
type User struct {
	ID        string // public id, 22 base64url characters
	Name      string // as colleagues read it
	Email     string // as it was typed; empty for whoever has none
	Language  string // fr, en
	CreatedAt time.Time
	EndedAt   *time.Time // closed: signs in no more; what was done stays in the journal
}

// Actor is how records name the user.
func (u User) Actor() string { return "user:" + u.ID }

// UserStore keeps users.
type UserStore interface {
	// AddUser stores a user; problem.Conflict when another one has the address.
	AddUser(ctx context.Context, u User) error
	// User finds a user by its public id; problem.NotFound.
	User(ctx context.Context, id string) (User, error)
	// UserByEmail finds a user by a folded address; problem.NotFound.
	UserByEmail(ctx context.Context, folded string) (User, error)
	// ChangeUser writes name, address and language; problem.NotFound, and
	// problem.Conflict when another one has the address.
	ChangeUser(ctx context.Context, u User) error
	// EndUser closes an account with its sessions and grants, once.
	EndUser(ctx context.Context, id, by string, at time.Time) error
}

// FoldEmail is the form under which an address is compared: trimmed and in lower
// case. Providers that tell case apart in the local part are not met with.
func FoldEmail(address string) string { return strings.ToLower(strings.TrimSpace(address)) }

const maxEmail = 254 // RFC 5321 §4.5.3.1.3, less the angle brackets

// CheckEmail refuses what is no plain address.
func CheckEmail(address string) error {
	address = strings.TrimSpace(address)
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address || len(address) > maxEmail || !ascii(address) {
		return problem.Violated("error.user.invalid", problem.Violation{Path: "$.email", Rule: "email",
			Detail: "write an address such as camille@example.org"})
	}
	return nil
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// check refuses a user that could not be told from others, or not be written to.
func (u User) check() error {
	if !mediation.PlainText(u.Name, 1, 120) {
		return problem.Violated("error.user.invalid", problem.Violation{Path: "$.name", Rule: "text",
			Detail: "write the person's name in 1 to 120 characters"})
	}
	if u.Email == "" {
		return nil
	}
	return CheckEmail(u.Email)
}

// Rename changes the name and the language of the session's own person.
func (s Service) Rename(ctx context.Context, n Session, name, language, from string) error {
	user := n.User
	user.Name, user.Language = name, language
	if err := user.check(); err != nil {
		return err
	}
	if err := s.Store.ChangeUser(ctx, user); err != nil {
		return err
	}
	return s.Journal.WriteEntry(ctx, journal.Entry{At: s.Now(), Actor: user.Actor(), Act: journal.AccountChanged, Subject: user.ID, From: from})
}
