-- +goose Up

-- Work in the background. A claim ends by itself, so that another instance takes
-- over what one left undone; what is done goes, what can't be done stays as a dead
-- letter.
CREATE TABLE job (
    id           BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    public_id    TEXT NOT NULL UNIQUE CHECK (length(public_id) = 22),
    kind         TEXT NOT NULL CHECK (kind <> ''),
    payload      BLOB NOT NULL,
    created_at   TEXT NOT NULL,
    run_at       TEXT NOT NULL,
    claimed_till TEXT,
    tries        INTEGER NOT NULL CHECK (tries >= 0),
    reason       TEXT NOT NULL,
    dead_at      TEXT
) STRICT;

CREATE INDEX job_due ON job (run_at, id) WHERE dead_at IS NULL;
CREATE INDEX job_dead ON job (dead_at) WHERE dead_at IS NOT NULL;
