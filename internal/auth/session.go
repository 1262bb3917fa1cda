package auth

import (
	"context"
	"time"

	"ramure/internal/journal"
	"ramure/internal/problem"
)

// How long a session lasts: unused, in all, and on a shared computer in all.
const (
	sessionIdle   = 12 * time.Hour
	sessionLength = 14 * 24 * time.Hour
	sharedLength  = 10 * time.Minute
)

// Freshness of what a session proved, and how often its last use is written.
const (
	provedFor = 10 * time.Minute
	seenEvery = time.Minute
)

// Session is one browser in which somebody is signed in.
type Session struct {
	ID       string // public id, for the person's own list
	User     User
	Grants   []Grant // standing ones
	Device   string  // what the browser says that it is, in few words
	Shared   bool    // on a computer that others use: it ends soon
	OpenedAt time.Time
	SeenAt   time.Time
	EndsAt   time.Time
	ProvedAt *time.Time // when its person last proved to be there
	EndedAt  *time.Time
}

// SessionStore keeps sessions.
type SessionStore interface {
	// AddSession stores a session of a standing user under the hash of its secret.
	AddSession(ctx context.Context, s Session, hash [32]byte) error
	// SessionByHash finds a session with its user and standing grants, ended ones
	// too; problem.NotFound.
	SessionByHash(ctx context.Context, hash [32]byte) (Session, error)
	// TouchSession writes when a session was last used.
	TouchSession(ctx context.Context, id string, at time.Time) error
	// ProveSession gives a session its new secret and the moment of the proof;
	// problem.NotFound when it has ended.
	ProveSession(ctx context.Context, id string, hash [32]byte, at time.Time) error
	// Sessions lists a user's standing sessions, the last used first.
	Sessions(ctx context.Context, user string, now time.Time) ([]Session, error)
	// EndSession ends one of a user's sessions, once; problem.NotFound.
	EndSession(ctx context.Context, user, id string, at time.Time) error
}

// open begins a session: after a sign-in it has a secret that was never anywhere
// before (ASVS 5.0.0 7.2.4).
func (s Service) open(ctx context.Context, u User, device string, shared, proved bool) (Secret, error) {
	secret, err := s.newSecret()
	if err != nil {
		return "", err
	}
	id, err := s.newID()
	if err != nil {
		return "", err
	}
	now := s.Now()
	session := Session{ID: id, User: u, Device: device, Shared: shared, OpenedAt: now, SeenAt: now, EndsAt: now.Add(sessionLength)}
	if shared {
		session.EndsAt = now.Add(sharedLength)
	}
	if proved {
		session.ProvedAt = &now
	}
	return secret, s.Store.AddSession(ctx, session, secret.Hash())
}

// Resume finds the session of a secret. Every failure is the same
// Unauthenticated: unknown, ended, too old, too long unused.
func (s Service) Resume(ctx context.Context, secret Secret) (Session, error) {
	if len(secret) != 43 {
		return Session{}, signedOut()
	}
	session, err := s.Store.SessionByHash(ctx, secret.Hash())
	now := s.Now()
	if problem.Is(err, problem.NotFound) || err == nil && !session.stands(now) {
		return Session{}, signedOut()
	}
	if err != nil || now.Sub(session.SeenAt) < seenEvery {
		return session, err
	}
	return session, s.Store.TouchSession(ctx, session.ID, now)
}

// stands says whether a session may still be used. One that comes from the future
// may not: a clock went back, and nobody knows how far.
func (n Session) stands(now time.Time) bool {
	return n.EndedAt == nil && n.User.EndedAt == nil && now.Before(n.EndsAt) &&
		now.Sub(n.SeenAt) < sessionIdle && now.Sub(n.OpenedAt) > -seenEvery
}

// Proved says whether the person proved a short while ago to be there: keys,
// roles, bulk issuing and revocation ask for it.
func (n Session) Proved(now time.Time) bool {
	return n.ProvedAt != nil && now.Sub(*n.ProvedAt) < provedFor && !now.Before(*n.ProvedAt)
}

// Prove notes that the person proved to be there, and gives the session a new
// secret.
func (s Service) Prove(ctx context.Context, n Session) (Secret, error) {
	secret, err := s.newSecret()
	if err != nil {
		return "", err
	}
	return secret, s.Store.ProveSession(ctx, n.ID, secret.Hash(), s.Now())
}

// SignOut ends the session.
func (s Service) SignOut(ctx context.Context, n Session) error {
	return s.Store.EndSession(ctx, n.User.ID, n.ID, s.Now())
}

// EndSession ends another session of the same person; problem.NotFound for one
// that is not theirs.
func (s Service) EndSession(ctx context.Context, n Session, id string) error {
	return s.Store.EndSession(ctx, n.User.ID, id, s.Now())
}

// Sessions lists the person's own standing sessions.
func (s Service) Sessions(ctx context.Context, n Session) ([]Session, error) {
	return s.Store.Sessions(ctx, n.User.ID, s.Now())
}

// opened writes that somebody signed in, and by which means.
func (s Service) opened(ctx context.Context, u User, means string) error {
	return s.Journal.WriteEntry(ctx, journal.Entry{At: s.Now(), Actor: u.Actor(), Act: journal.SessionOpened, Subject: u.ID, Detail: means})
}

func signedOut() error { return problem.New(problem.Unauthenticated, "error.session.none") }
