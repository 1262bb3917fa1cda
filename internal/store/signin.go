package store

import (
	"context"
	"time"

	"ramure/internal/auth"
)

// signInKept is how long an ended request is kept: long enough to say that it has
// ended rather than that there was none.
const signInKept = 24 * time.Hour

const selectSignIn = `SELECT COALESCE(u.public_id, ''), r.link, r.code, r.browser, r.shared, r.created_at, r.ends_at, r.tries, r.used_at
	FROM sign_in r LEFT JOIN account u ON u.id = r.account`

func scanSignIn(r row) (q auth.SignIn, err error) {
	var link, code, browser hash32
	var created, ends Time
	var used optionalTime
	err = r.Scan(&q.User, &link, &code, &browser, &q.Shared, &created, &ends, &q.Tries, &used)
	q.Link, q.Code, q.Browser = link, code, browser
	q.CreatedAt, q.EndsAt, q.UsedAt = created.Time, ends.Time, used.at
	return q, err
}

// AddSignIn stores a request, and forgets those that ended a day before.
func (s *Store) AddSignIn(ctx context.Context, r auth.SignIn) error {
	return s.write(ctx, "add the request to sign in", func(ctx context.Context, tx *transaction) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM sign_in WHERE ends_at < $1`, Time{r.CreatedAt.Add(-signInKept)}); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO sign_in (browser, account, link, code, shared, created_at, ends_at, tries)
			VALUES ($1, (SELECT id FROM account WHERE public_id = $2), $3, $4, $5, $6, $7, 0)`,
			r.Browser[:], r.User, r.Link[:], r.Code[:], r.Shared, Time{r.CreatedAt}, Time{r.EndsAt})
		return err
	})
}

// SignInByBrowser finds the request of a browser; problem.NotFound.
func (s *Store) SignInByBrowser(ctx context.Context, browser [32]byte) (auth.SignIn, error) {
	return readOne(ctx, s, "read the request to sign in", scanSignIn, selectSignIn+` WHERE r.browser = $1`, browser[:])
}

// TrySignIn counts one more try of a code and answers how many there are.
func (s *Store) TrySignIn(ctx context.Context, browser [32]byte) (tries int, err error) {
	err = s.write(ctx, "count the try", func(ctx context.Context, tx *transaction) (err error) {
		tries, err = scalar[int](tx.QueryRowContext(ctx, `UPDATE sign_in SET tries = tries + 1 WHERE browser = $1 RETURNING tries`, browser[:]))
		return err
	})
	return tries, err
}

// UseSignIn marks the request as used; problem.NotFound when it was before.
func (s *Store) UseSignIn(ctx context.Context, browser [32]byte, at time.Time) error {
	return s.write(ctx, "use the request to sign in", func(ctx context.Context, tx *transaction) error {
		return one(changed(ctx, tx, `UPDATE sign_in SET used_at = $1 WHERE browser = $2 AND used_at IS NULL`, Time{at}, browser[:]))
	})
}

// Count adds one to what was counted under a key since the window began, and
// answers how many there are; windows of a day before are forgotten.
func (s *Store) Count(ctx context.Context, key [32]byte, window time.Time) (n int, err error) {
	err = s.write(ctx, "count", func(ctx context.Context, tx *transaction) (err error) {
		n, err = scalar[int](tx.QueryRowContext(ctx, `INSERT INTO throttle (key, window_at, count) VALUES ($1, $2, 1)
			ON CONFLICT (window_at, key) DO UPDATE SET count = throttle.count + 1 RETURNING count`, key[:], Time{window}))
		if err != nil || n > 1 {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM throttle WHERE window_at < $1`, Time{window.Add(-signInKept)})
		return err
	})
	return n, err
}
