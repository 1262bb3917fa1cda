package auth_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"ramure/internal/auth"
	"ramure/internal/problem"
)

// The link works in the browser that asked, once, for ten minutes; a mail scanner
// that opens it a hundred times elsewhere changes nothing.
func TestLinkWorksOnceInItsBrowser(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	u := s.someone()
	browser, err := s.RequestSignIn(t.Context(), " "+u.Email+" ", "192.0.2.0/24", false)
	s.must(err)
	if len(s.post) != 1 || s.post[0].to.Email != u.Email || len(s.post[0].code) != 6 {
		t.Fatalf("%+v", s.post)
	}
	other, err := s.RequestSignIn(t.Context(), "nobody@example.org", "192.0.2.0/24", false)
	s.must(err)
	for range 100 {
		for _, b := range []auth.Secret{"", other, "x", s.link()} {
			_, err := s.FinishByLink(t.Context(), b, s.link(), "scanner")
			s.fails("another browser", err, problem.Invalid)
		}
	}
	_, err = s.FinishByLink(t.Context(), browser, other, "Firefox")
	s.fails("another link", err, problem.Invalid)
	secret, err := s.FinishByLink(t.Context(), browser, s.link(), "Firefox")
	s.must(err)
	n, err := s.Resume(t.Context(), secret)
	s.must(err)
	if n.User.ID != u.ID || !n.Proved(s.clock) || n.Shared {
		t.Errorf("%+v", n)
	}
	for range 1000 {
		if _, err := s.FinishByLink(t.Context(), browser, s.link(), "Firefox"); !problem.Is(err, problem.Gone) {
			t.Fatal(err)
		}
	}
}

// A link ends after ten minutes, and with it its code.
func TestLinkEnds(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	u := s.someone()
	for after, kind := range map[time.Duration]problem.Kind{10*time.Minute - time.Second: "", 10 * time.Minute: problem.Gone} {
		s.clock = dawn
		browser, err := s.RequestSignIn(t.Context(), u.Email, "192.0.2.0/24", false)
		s.must(err)
		s.clock = dawn.Add(after)
		_, byLink := s.FinishByLink(t.Context(), browser, s.link(), "")
		_, byCode := s.FinishByCode(t.Context(), browser, s.post[len(s.post)-1].code, "")
		if kind == "" {
			s.must(byLink)
			continue
		}
		s.fails("the link", byLink, kind)
		s.fails("the code", byCode, kind)
	}
}

// The code works in the browser that asked, and bears five tries.
func TestCodeBearsFiveTries(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	u := s.someone()
	browser, err := s.RequestSignIn(t.Context(), u.Email, "192.0.2.0/24", true)
	s.must(err)
	code := s.post[0].code
	for range 4 {
		_, err := s.FinishByCode(t.Context(), browser, wrong(code), "")
		s.fails("a wrong code", err, problem.Invalid)
	}
	secret, err := s.FinishByCode(t.Context(), browser, code[:3]+" "+code[3:], "")
	s.must(err)
	n, err := s.Resume(t.Context(), secret)
	s.must(err)
	if !n.Shared {
		t.Error("the shared computer was forgotten")
	}
	s.clock = dawn.Add(10 * time.Minute)
	_, err = s.Resume(t.Context(), secret)
	s.fails("ten minutes on a shared computer", err, problem.Unauthenticated)

	browser, err = s.RequestSignIn(t.Context(), u.Email, "192.0.2.0/24", false)
	s.must(err)
	code = s.post[1].code
	for range 5 {
		_, _ = s.FinishByCode(t.Context(), browser, wrong(code), "")
	}
	_, err = s.FinishByCode(t.Context(), browser, code, "")
	s.fails("the right code as the sixth", err, problem.TooMany)
}

func wrong(code string) string {
	if code == "000000" {
		return "000001"
	}
	return "000000"
}

// An address that nobody has gets the same answer and no message; no code of it
// signs anybody in.
func TestUnknownAddressLooksAlike(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	browser, err := s.RequestSignIn(t.Context(), "nobody@example.org", "192.0.2.0/24", false)
	s.must(err)
	if len(browser) != 43 || len(s.post) != 0 {
		t.Errorf("%q, %d messages", browser, len(s.post))
	}
	_, err = s.FinishByCode(t.Context(), browser, "000000", "")
	s.fails("a code", err, problem.Invalid)
	for _, address := range []string{"", "x", "a@b, c@d", "Camille <a@example.org>", "a@example.org\r\nBcc: x@y", "é@example.org"} {
		_, err := s.RequestSignIn(t.Context(), address, "192.0.2.0/24", false)
		s.fails(fmt.Sprintf("%q", address), err, problem.Invalid)
	}
}

// Spraying: of 10^5 tries for one account from a thousand places, ten an hour are
// looked at; a moment of patience and it goes on.
func TestSprayingIsLimited(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	u := s.someone()
	tries := 2_000
	let := 0
	for i := range tries {
		if _, err := s.RequestSignIn(t.Context(), u.Email, fmt.Sprintf("10.%d.%d.0/24", i/250%4, i%250), false); err == nil {
			let++
		} else {
			s.fails("over the limit", err, problem.TooMany)
		}
	}
	if let != 10 || len(s.post) != 10 {
		t.Errorf("%d requests, %d messages of %d", let, len(s.post), tries)
	}
	var limit *problem.Error
	if _, err := s.RequestSignIn(t.Context(), u.Email, "x", false); !errors.As(err, &limit) || limit.RetryAfter <= 0 || limit.RetryAfter > time.Hour {
		t.Errorf("%v does not say when", err)
	}
	s.clock = s.clock.Add(time.Hour)
	_, err := s.RequestSignIn(t.Context(), u.Email, "x", false)
	s.must(err)
}

// A session ends when unused, when old, when ended, when its account is closed, and
// when the clock goes back.
func TestSessionEnds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*stage, auth.Session)
		stands bool
	}{
		"at once":                {func(*stage, auth.Session) {}, true},
		"used in time":           {func(s *stage, _ auth.Session) { s.clock = dawn.Add(12*time.Hour - time.Second) }, true},
		"half a day unused":      {func(s *stage, _ auth.Session) { s.clock = dawn.Add(12 * time.Hour) }, false},
		"signed out":             {func(s *stage, n auth.Session) { s.must(s.SignOut(s.Context(), n)) }, false},
		"a closed account":       {func(s *stage, n auth.Session) { s.must(s.store.EndUser(s.Context(), n.User.ID, "operator", dawn)) }, false},
		"the clock an hour back": {func(s *stage, _ auth.Session) { s.clock = dawn.Add(-time.Hour) }, false},
	} {
		s := newStage(t)
		secret := s.signIn(s.someone())
		n, err := s.Resume(t.Context(), secret)
		s.must(err)
		c.change(s, n)
		_, err = s.Resume(t.Context(), secret)
		if c.stands {
			s.must(err)
			continue
		}
		s.fails(name, err, problem.Unauthenticated)
	}
	s := newStage(t)
	secret := s.signIn(s.someone())
	for range 14 * 25 { // used every hour or so, for two weeks
		s.clock = s.clock.Add(time.Hour + 2*time.Minute)
		if _, err := s.Resume(t.Context(), secret); err != nil {
			break
		}
	}
	if age := s.clock.Sub(dawn); age < 14*24*time.Hour || age > 14*24*time.Hour+2*time.Hour {
		t.Errorf("a session in use lasted %s", age)
	}
}

// A proof gives a new secret, and is fresh for ten minutes.
func TestProofIsFresh(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	secret := s.signIn(s.someone())
	n, err := s.Resume(t.Context(), secret)
	s.must(err)
	s.clock = dawn.Add(10 * time.Minute)
	if n.Proved(s.clock) {
		t.Error("an old proof")
	}
	fresh, err := s.Prove(t.Context(), n)
	s.must(err)
	_, err = s.Resume(t.Context(), secret)
	s.fails("the old secret", err, problem.Unauthenticated)
	n, err = s.Resume(t.Context(), fresh)
	s.must(err)
	if !n.Proved(s.clock) || n.Proved(s.clock.Add(-time.Second)) {
		t.Error("the proof is not of now")
	}
}
