package store

import (
	"context"
	"time"

	"ramure/internal/problem"
)

// Deployment is what this installation is, for good.
type Deployment struct {
	BaseURL   string // public origin; it is inside every credential
	KeyCheck  []byte // a known text sealed with the master key
	CreatedAt time.Time
}

// Deployment gives the deployment; problem.NotFound before it was founded.
func (s *Store) Deployment(ctx context.Context) (Deployment, error) {
	return readOne(ctx, s, "read the deployment", scanDeployment,
		`SELECT base_url, key_check, created_at FROM deployment WHERE id = 1`)
}

func scanDeployment(r row) (d Deployment, err error) {
	var created Time
	err = r.Scan(&d.BaseURL, &d.KeyCheck, &created)
	d.CreatedAt = created.Time
	return d, err
}

// Found records the deployment at its first start; problem.Conflict when there
// is one, another instance having been first.
func (s *Store) Found(ctx context.Context, d Deployment) error {
	return s.write(ctx, "found the deployment", func(ctx context.Context, tx *transaction) error {
		added, err := changed(ctx, tx, `INSERT INTO deployment (id, base_url, key_check, created_at)
			VALUES (1, $1, $2, $3) ON CONFLICT (id) DO NOTHING`, d.BaseURL, d.KeyCheck, Time{d.CreatedAt})
		if err == nil && added == 0 {
			return problem.New(problem.Conflict, "error.deployment.founded")
		}
		return err
	})
}

// Rebase gives the deployment another base URL. What was issued under the old
// one keeps naming it: this is for demonstrations.
func (s *Store) Rebase(ctx context.Context, baseURL string) error {
	return s.write(ctx, "give the deployment another base URL", func(ctx context.Context, tx *transaction) error {
		moved, err := changed(ctx, tx, `UPDATE deployment SET base_url = $1 WHERE id = 1`, baseURL)
		if err != nil {
			return err
		}
		if moved == 0 {
			return notFound()
		}
		return touch(ctx, tx)
	})
}
