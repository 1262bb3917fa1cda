package auth

import (
	"context"
	"crypto/sha256"
	"time"

	"ramure/internal/problem"
)

// Limits of requests to sign in, an hour (ASVS 5.0.0 6.3.1): for one account, from
// one place, and in all. Nobody is locked out for longer than the hour, so that
// nobody can lock somebody else out for good; a passkey is never limited by what
// others ask.
const (
	throttleWindow  = time.Hour
	requestsAccount = 10
	requestsPlace   = 60
	requestsAll     = 5_000
)

// limitRequests counts one request. It counts before anything is looked up, so
// that an address that nobody has is limited like any other.
func (s Service) limitRequests(ctx context.Context, account, from string) error {
	for _, limit := range []struct {
		key  string
		most int
	}{{"account\n" + account, requestsAccount}, {"place\n" + from, requestsPlace}, {"all", requestsAll}} {
		if err := s.count(ctx, "signin\n"+limit.key, limit.most); err != nil {
			return err
		}
	}
	return nil
}

// count adds one under a key, and refuses what is over the most of an hour. Only a
// hash of the key is stored: it may hold an address.
func (s Service) count(ctx context.Context, key string, most int) error {
	now := s.Now()
	window := now.UTC().Truncate(throttleWindow)
	n, err := s.Store.Count(ctx, sha256.Sum256([]byte(key)), window)
	if err != nil {
		return err
	}
	if n > most {
		return problem.New(problem.TooMany, "error.signin.tooMany").After(window.Add(throttleWindow).Sub(now))
	}
	return nil
}
