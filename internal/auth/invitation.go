package auth

import (
	"context"
	"slices"
	"time"

	"ramure/internal/journal"
	"ramure/internal/problem"
)

// invitationLength is how long an invitation may wait.
const invitationLength = 14 * 24 * time.Hour

// Invitation asks somebody to take on a role. Its link works once, for whoever
// holds it; it can be handed over on paper.
type Invitation struct {
	ID        string // public id
	Name      string // of the person, as whoever invites knows it
	Email     string // empty: the link is handed over
	Role      Role
	Target    Target
	By        string // actor
	CreatedAt time.Time
	EndsAt    time.Time
	UsedAt    *time.Time
	UsedBy    string // public id of the user
	EndedAt   *time.Time
}

// InvitationStore keeps invitations.
type InvitationStore interface {
	// AddInvitation stores an invitation under the hash of its secret;
	// problem.NotFound for an unknown venue or network.
	AddInvitation(ctx context.Context, i Invitation, hash [32]byte, e journal.Entry) error
	// InvitationByHash finds an invitation, used and ended ones too; problem.NotFound.
	InvitationByHash(ctx context.Context, hash [32]byte) (Invitation, error)
	// UseInvitation gives the role and marks the invitation as used in one step;
	// the user is made when it is new. problem.Gone when it was used or has ended.
	UseInvitation(ctx context.Context, hash [32]byte, u User, isNew bool, g Grant, e journal.Entry) error
	// Invitations lists those on a target that wait, newest first.
	Invitations(ctx context.Context, t Target, now time.Time) ([]Invitation, error)
	// EndInvitation withdraws one; problem.NotFound when it no longer waits.
	EndInvitation(ctx context.Context, id string, t Target, at time.Time, e journal.Entry) error
}

// Invite makes an invitation in the name of a session, and answers its link: it is
// sent when there is an address, and can be handed over either way.
func (s Service) Invite(ctx context.Context, by Session, i Invitation, from string) (link string, err error) {
	if err := s.mayGive(ctx, by, i.Role, i.Target); err != nil {
		return "", err
	}
	return s.invite(ctx, by.User.Actor(), i, from)
}

// InviteFromShell makes an invitation in the name of the server's own shell, which
// hands its link over itself: it is not sent.
func (s Service) InviteFromShell(ctx context.Context, i Invitation) (link string, err error) {
	return s.invite(ctx, shell, i, "")
}

func (s Service) invite(ctx context.Context, actor string, i Invitation, from string) (string, error) {
	if err := (User{Name: i.Name, Email: i.Email}).check(); err != nil {
		return "", err
	}
	if !i.Role.Suits(i.Target) {
		return "", problem.New(problem.Invalid, "error.role.target").With("role", string(i.Role))
	}
	secret, err := s.newSecret()
	if err != nil {
		return "", err
	}
	if i.ID, err = s.newID(); err != nil {
		return "", err
	}
	i.By, i.CreatedAt = actor, s.Now()
	i.EndsAt = i.CreatedAt.Add(invitationLength)
	if err := s.Store.AddInvitation(ctx, i, secret.Hash(), i.entry(journal.InvitationMade, actor, from, i.CreatedAt)); err != nil {
		return "", err
	}
	link := s.Base + "/invitation/" + string(secret)
	if i.Email == "" || s.Courier == nil || i.fromShell() {
		return link, nil
	}
	return link, s.Courier.Invitation(ctx, Addressee{Name: i.Name, Email: i.Email}, link, i)
}

// Invitation shows what an invitation is for, before it is taken.
func (s Service) Invitation(ctx context.Context, secret Secret) (Invitation, error) {
	i, err := s.Store.InvitationByHash(ctx, secret.Hash())
	if err == nil && !i.waits(s.Now()) {
		err = invitationEnded()
	}
	return i, err
}

// Accept takes an invitation: the role goes to the session's person or, without a
// session, to a new user with the invitation's address, who is signed in by it.
func (s Service) Accept(ctx context.Context, secret Secret, by *Session, name, language, device, from string) (Secret, error) {
	i, err := s.Invitation(ctx, secret)
	if err != nil {
		return "", err
	}
	user, isNew, err := s.accepting(ctx, i, by, name, language)
	if err != nil {
		return "", err
	}
	id, err := s.newID()
	if err != nil {
		return "", err
	}
	now := s.Now()
	grant := Grant{ID: id, User: user.ID, Role: i.Role, Target: i.Target, GivenBy: i.By, GivenAt: now}
	if err := s.Store.UseInvitation(ctx, secret.Hash(), user, isNew, grant, entryOf(grant, journal.InvitationUsed, user.Actor(), from, now)); err != nil {
		return "", err
	}
	if by != nil {
		return "", nil
	}
	return s.open(ctx, user, device, false, i.fromShell())
}

// accepting is who takes the invitation. An address that somebody has already is
// theirs alone: they sign in first, unless the server's own shell made the link,
// which is then their way in.
func (s Service) accepting(ctx context.Context, i Invitation, by *Session, name, language string) (User, bool, error) {
	if by != nil {
		return by.User, false, nil
	}
	if i.Email != "" {
		known, err := s.Store.UserByEmail(ctx, FoldEmail(i.Email))
		if err == nil && i.fromShell() {
			return known, false, nil
		}
		if err == nil {
			return User{}, false, problem.New(problem.Unauthenticated, "error.invitation.signIn")
		}
		if !problem.Is(err, problem.NotFound) {
			return User{}, false, err
		}
	}
	id, err := s.newID()
	user := User{ID: id, Name: name, Email: i.Email, Language: language, CreatedAt: s.Now()}
	if err == nil {
		err = user.check()
	}
	return user, true, err
}

// Withdraw ends an invitation that waits on a target; problem.NotFound for any
// other. Whoever withdraws must be allowed to give the role that it is for.
func (s Service) Withdraw(ctx context.Context, by Session, id string, t Target, from string) error {
	now := s.Now()
	waiting, err := s.Store.Invitations(ctx, t, now)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(waiting, func(i Invitation) bool { return i.ID == id })
	if at < 0 {
		return problem.New(problem.NotFound, "error.kind.notFound.text")
	}
	i := waiting[at]
	if err := s.mayGive(ctx, by, i.Role, t); err != nil {
		return err
	}
	return s.Store.EndInvitation(ctx, id, t, now, i.entry(journal.InvitationEnded, by.User.Actor(), from, now))
}

// fromShell says that whoever has the server made it: nobody vouches for more.
func (i Invitation) fromShell() bool { return i.By == shell }

func (i Invitation) waits(now time.Time) bool {
	return i.UsedAt == nil && i.EndedAt == nil && now.Before(i.EndsAt)
}

func (i Invitation) entry(act journal.Act, actor, from string, at time.Time) journal.Entry {
	e := entryOf(Grant{Role: i.Role, Target: i.Target}, act, actor, from, at)
	e.Subject = i.ID
	return e
}

func invitationEnded() error { return problem.New(problem.Gone, "error.invitation.ended") }
