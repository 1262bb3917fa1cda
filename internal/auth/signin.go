package auth

import (
	"context"
	"crypto/subtle"
	"fmt"
	"math/big"
	"strings"
	"time"

	cryptorand "crypto/rand"

	"ramure/internal/problem"
)

// A link and its code hold for ten minutes, once (ASVS 5.0.0 6.5.1, 6.5.5).
const (
	signInLength = 10 * time.Minute
	codeTries    = 5
	codeDigits   = 6
)

// SignIn is a request to sign in by e-mail. There is one for an unknown address
// too, that nothing can fulfil: both look alike from outside.
type SignIn struct {
	User      string   // public id; empty when nobody has the address
	Link      [32]byte // hash of what the message carries
	Code      [32]byte // hash of code and browser
	Browser   [32]byte // hash of what the browser that asked keeps
	Shared    bool     // on a computer that others use
	CreatedAt time.Time
	EndsAt    time.Time
	Tries     int // codes that were tried
	UsedAt    *time.Time
}

// SignInStore keeps requests to sign in.
type SignInStore interface {
	// AddSignIn stores a request, and forgets those that ended a day before.
	AddSignIn(ctx context.Context, r SignIn) error
	// SignInByBrowser finds the request of a browser; problem.NotFound.
	SignInByBrowser(ctx context.Context, browser [32]byte) (SignIn, error)
	// TrySignIn counts one more try of a code and answers how many there are.
	TrySignIn(ctx context.Context, browser [32]byte) (int, error)
	// UseSignIn marks the request as used; problem.NotFound when it was before.
	UseSignIn(ctx context.Context, browser [32]byte, at time.Time) error
}

// RequestSignIn sends a link and a code to whoever has the address, and answers
// what the browser has to keep. It answers the same, after the same work, for an
// address that nobody has. From says where the request comes from, for the limits.
func (s Service) RequestSignIn(ctx context.Context, email, from string, shared bool) (browser Secret, err error) {
	if s.Courier == nil { // said to everybody, whether the address is known or not
		return "", problem.New(problem.Unavailable, "error.mail.none")
	}
	if err := CheckEmail(email); err != nil {
		return "", err
	}
	if err := s.limitRequests(ctx, FoldEmail(email), from); err != nil {
		return "", err
	}
	request, kept, sent, code, err := s.newSignIn(shared)
	if err != nil {
		return "", err
	}
	user, err := s.Store.UserByEmail(ctx, FoldEmail(email))
	switch {
	case err == nil && user.EndedAt == nil:
		request.User = user.ID
	case err != nil && !problem.Is(err, problem.NotFound):
		return "", err
	}
	if err := s.Store.AddSignIn(ctx, request); err != nil || request.User == "" {
		return kept, err
	}
	to := Addressee{Name: user.Name, Email: user.Email, Language: user.Language}
	return kept, s.Courier.SignIn(ctx, to, s.Base+"/connexion/lien/"+string(sent), code, request.EndsAt)
}

func (s Service) newSignIn(shared bool) (r SignIn, browser, link Secret, code string, err error) {
	if browser, err = s.newSecret(); err != nil {
		return r, "", "", "", err
	}
	if link, err = s.newSecret(); err != nil {
		return r, "", "", "", err
	}
	if code, err = s.newCode(); err != nil {
		return r, "", "", "", err
	}
	now := s.Now()
	return SignIn{Link: link.Hash(), Code: codeHash(browser, code), Browser: browser.Hash(), Shared: shared,
		CreatedAt: now, EndsAt: now.Add(signInLength)}, browser, link, code, nil
}

// newCode draws six digits, evenly.
func (s Service) newCode() (string, error) {
	source := s.Rand
	if source == nil {
		source = cryptorand.Reader
	}
	n, err := cryptorand.Int(source, big.NewInt(1_000_000))
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%0*d", codeDigits, n), nil
}

// codeHash binds a code to the browser that asked for it: six digits alone would
// be found in the stored hash at once.
func codeHash(browser Secret, code string) [32]byte {
	return Secret(string(browser) + "\n" + code).Hash()
}

// FinishByLink signs in with what the message carried, in the browser that asked
// for it. In any other browser the link is worth nothing: neither a scanner of
// mails nor somebody to whom it was forwarded can use it.
func (s Service) FinishByLink(ctx context.Context, browser, link Secret, device string) (Secret, error) {
	request, err := s.standing(ctx, browser)
	if err != nil {
		return "", err
	}
	hash := link.Hash()
	if subtle.ConstantTimeCompare(request.Link[:], hash[:]) != 1 {
		return "", otherLink()
	}
	return s.finish(ctx, browser, request, device)
}

// FinishByCode signs in with the six digits, in the browser that asked: for those
// who read their mail on another device. A request bears five tries.
func (s Service) FinishByCode(ctx context.Context, browser Secret, code, device string) (Secret, error) {
	request, err := s.standing(ctx, browser)
	if err != nil {
		return "", err
	}
	tries, err := s.Store.TrySignIn(ctx, browser.Hash())
	if err != nil {
		return "", err
	}
	if tries > codeTries {
		return "", problem.New(problem.TooMany, "error.signin.tries")
	}
	hash := codeHash(browser, strings.ReplaceAll(strings.TrimSpace(code), " ", ""))
	if subtle.ConstantTimeCompare(request.Code[:], hash[:]) != 1 || request.User == "" {
		return "", problem.New(problem.Invalid, "error.signin.code").With("left", fmt.Sprint(codeTries-tries))
	}
	return s.finish(ctx, browser, request, device)
}

// standing finds the request of a browser while it can still be fulfilled.
func (s Service) standing(ctx context.Context, browser Secret) (SignIn, error) {
	request, err := s.Store.SignInByBrowser(ctx, browser.Hash())
	if problem.Is(err, problem.NotFound) {
		return request, otherLink()
	}
	if err == nil && (request.UsedAt != nil || !s.Now().Before(request.EndsAt)) {
		err = problem.New(problem.Gone, "error.signin.ended")
	}
	return request, err
}

// finish uses the request up before the session is there: of two at once, one is
// too late.
func (s Service) finish(ctx context.Context, browser Secret, request SignIn, device string) (Secret, error) {
	if request.User == "" {
		return "", otherLink()
	}
	if err := s.Store.UseSignIn(ctx, browser.Hash(), s.Now()); err != nil {
		if problem.Is(err, problem.NotFound) {
			return "", problem.New(problem.Gone, "error.signin.ended")
		}
		return "", err
	}
	user, err := s.Store.User(ctx, request.User)
	if err != nil {
		return "", err
	}
	secret, err := s.open(ctx, user, device, request.Shared, true)
	if err != nil {
		return "", err
	}
	return secret, s.opened(ctx, user, "mail")
}

func otherLink() error { return problem.New(problem.Invalid, "error.signin.browser") }
