package auth

import (
	"context"
	"time"

	"ramure/internal/journal"
	"ramure/internal/problem"
)

// GrantStore keeps grants.
type GrantStore interface {
	// AddGrant stores a grant with its entry; problem.NotFound for an unknown user,
	// venue or network, problem.Conflict when it stands already.
	AddGrant(ctx context.Context, g Grant, e journal.Entry) error
	// EndGrant ends a standing grant with its entry; problem.NotFound. Of a venue
	// the last head stays: problem.Conflict.
	EndGrant(ctx context.Context, id string, at time.Time, e journal.Entry) error
	// Grant finds a grant by its public id; problem.NotFound.
	Grant(ctx context.Context, id string) (Grant, error)
	// Members lists the standing grants on a target with their users, by name.
	Members(ctx context.Context, t Target) ([]Member, error)
}

// Member is somebody with a role.
type Member struct {
	User  User
	Grant Grant
}

// Give gives a user a role in the name of a session. Whoever gives must be allowed
// to for that very target.
func (s Service) Give(ctx context.Context, by Session, user string, r Role, t Target, from string) error {
	if err := s.mayGive(ctx, by, r, t); err != nil {
		return err
	}
	return s.give(ctx, by.User.Actor(), user, r, t, from)
}

// Appoint gives a role in the name of the server's own shell: the first operator,
// and the demonstration.
func (s Service) Appoint(ctx context.Context, user string, r Role, t Target) error {
	return s.give(ctx, shell, user, r, t, "")
}

// shell is the actor of the commands.
const shell = "operator"

func (s Service) give(ctx context.Context, actor, user string, r Role, t Target, from string) error {
	if !r.Suits(t) {
		return problem.New(problem.Invalid, "error.role.target").With("role", string(r))
	}
	id, err := s.newID()
	if err != nil {
		return err
	}
	now := s.Now()
	grant := Grant{ID: id, User: user, Role: r, Target: t, GivenBy: actor, GivenAt: now}
	return s.Store.AddGrant(ctx, grant, entryOf(grant, journal.RoleGiven, actor, from, now))
}

// End takes a role back.
func (s Service) End(ctx context.Context, by Session, id, from string) error {
	grant, err := s.Store.Grant(ctx, id)
	if err != nil {
		return err
	}
	if err := s.mayGive(ctx, by, grant.Role, grant.Target); err != nil {
		return err
	}
	now := s.Now()
	return s.Store.EndGrant(ctx, id, now, entryOf(grant, journal.RoleEnded, by.User.Actor(), from, now))
}

// mayGive says whether the session may give or end the role there. To whoever may
// not even see the place, it is not there.
func (s Service) mayGive(ctx context.Context, by Session, r Role, t Target) error {
	p, err := s.locate(ctx, t)
	switch {
	case err != nil:
		return err
	case hold(by.Grants, p, givers[r]...):
		return nil
	case hold(by.Grants, p, Roles()...):
		return problem.New(problem.Forbidden, "error.role.give").With("role", string(r))
	}
	return problem.New(problem.NotFound, "error.kind.notFound.text")
}

func entryOf(g Grant, act journal.Act, actor, from string, at time.Time) journal.Entry {
	e := journal.Entry{At: at, Actor: actor, Act: act, Subject: g.User, Detail: string(g.Role), From: from}
	switch g.Target.Kind {
	case OnVenue:
		e.Venue = g.Target.Slug
	case OnNetwork:
		e.Detail += " " + g.Target.Slug
	}
	return e
}
