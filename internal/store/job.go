package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"ramure/internal/job"
)

const jobColumns = `public_id, kind, payload, created_at, run_at, tries, reason`

func scanJob(r row) (j job.Job, err error) {
	var created, run Time
	err = r.Scan(&j.ID, &j.Kind, &j.Payload, &created, &run, &j.Tries, &j.Reason)
	j.CreatedAt, j.RunAt = created.Time, run.Time
	return j, err
}

// AddJob stores a job.
func (s *Store) AddJob(ctx context.Context, j job.Job) error {
	return s.write(ctx, "add the job", func(ctx context.Context, tx *transaction) error {
		return s.insertJob(ctx, tx, j)
	})
}

// insertJob stores a job in the transaction of what asks for it.
func (s *Store) insertJob(ctx context.Context, tx *transaction, j job.Job) error {
	id, err := s.newID(j.CreatedAt)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO job (id, public_id, kind, payload, created_at, run_at, tries, reason)
		VALUES ($1, $2, $3, $4, $5, $6, 0, '')`, id, j.ID, string(j.Kind), nonNil(j.Payload), Time{j.CreatedAt}, Time{j.RunAt})
	return err
}

func nonNil(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// ClaimJob takes the job that is due for longest, for as long as the lease. What is
// free is asked again of the row itself: who waited for another claim finds it taken
// (PostgreSQL looks at the row anew, but not at the subquery), and asks again.
func (s *Store) ClaimJob(ctx context.Context, now time.Time, lease time.Duration) (j job.Job, err error) {
	for range attempts {
		err = s.write(ctx, "claim a job", func(ctx context.Context, tx *transaction) error {
			due, err := scalar[rowID](tx.QueryRowContext(ctx, `SELECT id FROM job WHERE dead_at IS NULL AND run_at <= $1
				AND (claimed_till IS NULL OR claimed_till <= $1) ORDER BY run_at, id LIMIT 1`, Time{now}))
			if err != nil {
				return err
			}
			j, err = scanJob(tx.QueryRowContext(ctx, `UPDATE job SET claimed_till = $1, tries = tries + 1
				WHERE id = $2 AND dead_at IS NULL AND (claimed_till IS NULL OR claimed_till <= $3) RETURNING `+jobColumns,
				Time{now.Add(lease)}, due, Time{now}))
			if errors.Is(err, sql.ErrNoRows) {
				return errTaken
			}
			return err
		})
		if !errors.Is(err, errTaken) {
			return j, err
		}
	}
	return job.Job{}, notFound()
}

// FinishJob forgets a job that is done.
func (s *Store) FinishJob(ctx context.Context, id string) error {
	return s.write(ctx, "finish the job", func(ctx context.Context, tx *transaction) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM job WHERE public_id = $1`, id)
		return err
	})
}

// RetryJob gives a claimed job back, to be tried again at a moment.
func (s *Store) RetryJob(ctx context.Context, id string, at time.Time, reason string) error {
	return s.write(ctx, "put the job back", func(ctx context.Context, tx *transaction) error {
		return one(changed(ctx, tx, `UPDATE job SET claimed_till = NULL, run_at = $1, reason = $2 WHERE public_id = $3`, Time{at}, reason, id))
	})
}

// BuryJob keeps a job that is tried no more among the dead letters.
func (s *Store) BuryJob(ctx context.Context, id string, at time.Time, reason string) error {
	return s.write(ctx, "give the job up", func(ctx context.Context, tx *transaction) error {
		return one(changed(ctx, tx, `UPDATE job SET claimed_till = NULL, dead_at = $1, reason = $2 WHERE public_id = $3`, Time{at}, reason, id))
	})
}

// ReviveJob gives a dead letter another round of tries; problem.NotFound.
func (s *Store) ReviveJob(ctx context.Context, id string, at time.Time) error {
	return s.write(ctx, "try the job again", func(ctx context.Context, tx *transaction) error {
		return one(changed(ctx, tx, `UPDATE job SET dead_at = NULL, tries = 0, run_at = $1 WHERE public_id = $2 AND dead_at IS NOT NULL`, Time{at}, id))
	})
}

// DeadJobs lists the dead letters, newest first, at most 200.
func (s *Store) DeadJobs(ctx context.Context) ([]job.Job, error) {
	return readAll(ctx, s, "list the dead letters", scanJob,
		`SELECT `+jobColumns+` FROM job WHERE dead_at IS NOT NULL ORDER BY dead_at DESC, id DESC LIMIT 200`)
}

// JobState sums the queue up.
func (s *Store) JobState(ctx context.Context, now time.Time) (job.State, error) {
	return readOne(ctx, s, "read the state of the queue", func(r row) (state job.State, err error) {
		var oldest optionalTime
		err = r.Scan(&state.Waiting, &state.Dead, &oldest)
		state.Oldest = oldest.at
		return state, err
	}, `SELECT count(*) FILTER (WHERE dead_at IS NULL), count(*) FILTER (WHERE dead_at IS NOT NULL),
		min(run_at) FILTER (WHERE dead_at IS NULL AND run_at <= $1) FROM job`, Time{now})
}

// errTaken is a claim that came too late.
var errTaken = errors.New("the job was taken meanwhile")
